import Cycles
public import Notation
public import Policies
import Registry
import Rules
import Scoring

/// What opening a cycle would do: which groups take part, which of them aren't graded and why, what stands against it.
public struct OpeningPreview: Sendable {
  public struct Line: Sendable {
    public let group: RegisteredGroup
    /// What the registry lacks or has wrong; nil: it can take part.
    public let fault: Message?
    /// Whether the policy grades and ranks it this year; nil where that can't be told.
    public let isEligible: Bool?
    /// Full months since it was formed, through the school year; nil where the day isn't known.
    public let months: Int?
  }

  /// In the order of the registry.
  public let groups: [Line]
  /// Everything that stands against it, at once.
  public let faults: [Message]

  public var taking: [Line] { groups.filter { $0.fault == nil } }
  public var notEligible: [Line] { taking.filter { $0.isEligible == false } }

  /// Two statements.
  public init(
    of policy: Policy, authority: ID, year: Int, at now: Instant, _ transaction: any Transaction
  ) throws {
    let registered = try RegistryStore.groups(within: authority, on: now.day, transaction)
    groups = registered.map { OpeningPreview.line($0, policy, year) }
    let isTwice =
      try transaction.row(
        "SELECT 1 AS one FROM cycle WHERE authority = $1 AND year = $2", [.id(authority), .integer(year)]) != nil
    var faults = policy.obstacles
    if isTwice { faults.append(Message("opening.twice", ["year": .text(String(year))])) }
    if registered.isEmpty { faults.append(Message("opening.noGroups")) }
    let ofForms = groups.filter { $0.fault?.key == "opening.form" }
    if !ofForms.isEmpty {
      faults.append(
        Message(
          ofForms.count > Self.mostNamed ? "opening.form.many" : "opening.form",
          [
            "count": .count(ofForms.count),
            "groups": .names(ofForms.prefix(Self.mostNamed).map(\.group.group.name)),
          ]))
    }
    self.faults = faults + groups.compactMap(\.fault).filter { $0.key != "opening.form" }
  }

  /// How many groups with the same fault are named.
  private static let mostNamed = 5

  private static func line(_ registered: RegisteredGroup, _ policy: Policy, _ year: Int) -> Line {
    let fault = fault(registered, policy)
    let group = registered.group
    let participant = Participant(
      group: group.id, name: group.name, form: group.form, formed: group.formed, district: group.authority,
      districtName: registered.districtName,
      schools: (registered.lead.map { [school($0, isLead: true)] } ?? [])
        + registered.members.map { school($0, isLead: false) })
    let facts = participant.facts(year: year, policy: policy)
    let isKnown = fault == nil && policy.obstacles.isEmpty
    let card = isKnown ? Scorer(policy: policy).card(facts, year: year) { _ in false }.card : nil
    return Line(
      group: registered, fault: fault, isEligible: card?.isEligible,
      months: facts.context.monthsSinceFormed)
  }

  private static func school(_ school: School, isLead: Bool) -> Participant.School {
    Participant.School(
      id: school.id, name: school.name, isLead: isLead, pupils: school.pupils, authority: school.authority)
  }

  private static func fault(_ group: RegisteredGroup, _ policy: Policy) -> Message? {
    let name = Message.Part.text(group.group.name)
    if group.lead == nil { return Message("opening.noLead", ["group": name]) }
    guard !policy.forms.isEmpty else { return nil }
    guard let form = group.group.form else { return Message("opening.noForm", ["group": name]) }
    return policy.form(form) == nil ? Message("opening.form", ["count": .count(1), "groups": name]) : nil
  }
}
