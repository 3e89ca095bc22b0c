import Cycles
import Notation
import People
import Policies
import Storage

/// A cycle as somebody is about to open it: what stands in the form.
struct OpeningDraft {
  static let longestTitle = 100

  let chosen: OpeningPolicy
  /// As typed.
  var year: String
  var title: String
  /// Days as typed, by stage.
  var dues: [String: String]
  var open: Set<String>
  var avoidsDistrict: Bool

  /// What the policy says for a year.
  init(_ chosen: OpeningPolicy, year: Int, title: String, avoidsDistrict: Bool = false) {
    self.chosen = chosen
    self.year = String(year)
    self.title = title
    self.avoidsDistrict = avoidsDistrict
    dues = OpeningDraft.policyDays(chosen.policy, year).mapValues(\.text)
    open = []
  }

  init(_ chosen: OpeningPolicy, _ form: Form) {
    self.chosen = chosen
    year = form.text("year") ?? ""
    title = form.text("title") ?? ""
    avoidsDistrict = form.has("avoidsDistrict")
    dues = [:]
    open = []
    for stage in CycleStage.all(of: chosen.policy, year: yearNumber ?? 2000) {
      dues[stage.id] = form.text("due.\(stage.id)")
      if form.has("open.\(stage.id)") { open.insert(stage.id) }
    }
  }

  static func policyDays(_ policy: Policy, _ year: Int) -> [String: Day] {
    OpeningDays(CycleStage.all(of: policy, year: year)).dues
  }

  /// Nil where what was typed is no year a cycle can be of.
  var yearNumber: Int? { year.number(in: 2000...2190) }

  var stages: [CycleStage] { CycleStage.all(of: chosen.policy, year: yearNumber ?? 2000) }

  private var readDues: [String: Day] { dues.compactMapValues { Day($0) } }

  /// What is wrong with what was entered, all at once; what the registry lacks is told by the preview.
  var faults: [Message] {
    var faults: [Message] = []
    if yearNumber == nil { faults.append(Message("opening.year")) }
    if title.isEmpty { faults.append(Message("opening.title")) }
    if title.count > Self.longestTitle {
      faults.append(Message("opening.titleLong", ["most": .count(Self.longestTitle)]))
    }
    let stages = stages
    for stage in stages {
      guard let typed = dues[stage.id] else { continue }
      let name = Message.Part.text(stage.title)
      if let day = Day(typed) {
        if let year = yearNumber, !(year - 1...year + 1).contains(day.year) {
          faults.append(
            Message("opening.dayFar", ["stage": name, "day": .text(day.text), "year": .text(String(year))]))
        }
      } else {
        faults.append(Message("opening.day", ["stage": name, "text": .text(String(typed.prefix(40)))]))
      }
    }
    let unread = Set(dues.filter { Day($0.value) == nil }.keys)
    return faults + OpeningDays(stages: stages, dues: readDues, open: open.union(unread)).faults
  }

  /// Nil while anything is wrong with it.
  func opening(authority: ID, id: ID) -> CycleOpening? {
    guard faults.isEmpty, let year = yearNumber else { return nil }
    return CycleOpening(
      authority: authority, id: id, year: year, title: title, files: chosen.files, policy: chosen.policy,
      dues: readDues, open: open, avoidsDistrict: avoidsDistrict)
  }
}
