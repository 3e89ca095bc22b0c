import Documents
import Notation
import People
import Policies
import Storage

/// The policies a cycle can be opened under, and why others can't.
struct PolicyChoicePage {
  struct Row {
    let name: String
    let title: String
    let about: String
    let link: String?
    let obstacles: [String]
    let isUsable: Bool

    init(name: String, title: String, about: String, link: String?, obstacles: [String]) {
      (self.name, self.title, self.about, self.link, self.obstacles) = (name, title, about, link, obstacles)
      isUsable = link != nil
    }
  }

  let listLink: String
  let editions: [Row]
  let policies: [Row]

  /// How many of a policy's obstacles are told here; `junheng policy check` tells all.
  private static let mostObstacles = 8

  init(_ visit: Visit, _ used: [PolicyEditions.Used]) {
    listLink = Endpoint.cycleList.link()
    editions = used.map { edition in
      Row(
        name: visit.text("cycle.new.frozen", ["year": .text(visit.words.schoolYear(edition.year))]),
        title: edition.title,
        about: visit.text("cycle.new.usedBy", ["cycle": .text(edition.cycleTitle)]),
        link: PolicySource.edition(edition.hash).link(.newCycle), obstacles: [])
    }
    let files = PolicyFiles(folder: visit.site.settings.policyFolder)
    policies = files.ids.map { PolicyChoicePage.row(visit, $0, files.read($0)) }
      .sorted { $0.isUsable && !$1.isUsable }
  }

  private static func row(_ visit: Visit, _ id: String, _ result: PolicyReader.Result?) -> Row {
    let policy = result?.policy
    var obstacles = (policy?.obstacles ?? []).map { visit.words.text($0) }
    let problems = (result?.problems ?? []).filter { $0.severity == .error }
    if result?.isSound != true { obstacles = problems.map { $0.line(in: visit.words) } + obstacles }
    let isUsable = result?.isSound == true && obstacles.isEmpty
    let shown = obstacles.prefix(mostObstacles)
    let rest = obstacles.count - shown.count
    let more = rest > 0 ? [visit.text("cycle.new.more", ["count": .count(rest)])] : []
    return Row(
      name: id, title: policy?.title ?? id,
      about: [policy?.issuer, policy.map { visit.text("status.\($0.status)") }].compactMap(\.self)
        .joined(separator: " · "),
      link: isUsable ? PolicySource.folder(id).link(.newCycle) : nil, obstacles: Array(shown) + more)
  }
}
