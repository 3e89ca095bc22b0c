import Cycles
public import Notation
import Registry
public import Policies

/// What opening a cycle needs to be told.
public struct CycleOpening: Sendable {
  public let authority: ID
  public let id: ID
  /// The calendar year in which the school year ends.
  public let year: Int
  public let title: String
  public let files: PolicyEditions.Files
  public let policy: Policy
  /// Days that differ from the policy's, or that it leaves to the authority; by stage.
  public let dues: [String: Day]
  /// Stages without a last day, whatever the policy says.
  public let open: Set<String>
  /// Whether experts may not evaluate groups of their own district.
  public let avoidsDistrict: Bool

  public init(
    authority: ID, id: ID, year: Int, title: String, files: PolicyEditions.Files, policy: Policy,
    dues: [String: Day] = [:], open: Set<String> = [], avoidsDistrict: Bool = false
  ) {
    self.authority = authority
    self.id = id
    self.year = year
    self.title = title
    self.files = files
    self.policy = policy
    self.dues = dues
    self.open = open
    self.avoidsDistrict = avoidsDistrict
  }
}

extension CycleStore {
  /// Freezes the policy, writes down the stages, takes in every group there is on the day, and opens the sheets of the
  /// first stage that has any.
  ///
  /// Throws `CycleFault` with all that stands against it: every group that can't take part as the registry has it, what
  /// keeps the policy from being run, that the year is open already.
  /// - Parameter ids: makes the sheets' numbers.
  public static func open(
    _ opening: CycleOpening, at now: Instant, by actor: Actor, ids: IDMaker, _ transaction: any Transaction
  ) throws {
    let preview = try OpeningPreview(
      of: opening.policy, authority: opening.authority, year: opening.year, at: now, transaction)
    guard preview.faults.isEmpty else { throw CycleFault(preview.faults) }
    let groups = preview.groups.map(\.group)
    let edition = try PolicyEditions.keep(opening.files, title: opening.policy.title, at: now, transaction)
    try transaction.run(
      """
      INSERT INTO cycle (authority, id, year, title, edition, avoid_district, opened_at, opened_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(opening.authority), .id(opening.id), .integer(opening.year), .text(opening.title), .text(edition),
        .integer(opening.avoidsDistrict ? 1 : 0), .instant(now), .id(actor.account),
      ])
    let stages = CycleStage.all(of: opening.policy, year: opening.year)
    for stage in stages {
      let due = opening.open.contains(stage.id) ? nil : opening.dues[stage.id] ?? stage.due
      try transaction.run(
        """
        INSERT INTO stage (authority, cycle, stage, position, title, acts, kind, due)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
          .id(opening.authority), .id(opening.id), .text(stage.id), .integer(stage.position), .text(stage.title),
          .optional(stage.acts?.rawValue), .text(stage.kind.rawValue), .day(due),
        ])
    }
    let first = stages.first(where: \.hasSheets)
    for (position, group) in groups.enumerated() {
      try add(group, position: position, opening, transaction)
      if let first {
        try SheetStore.make(
          authority: opening.authority, cycle: opening.id, stage: first, group: group.group.id,
          members: group.members.map(\.id), at: now, ids: ids, transaction)
      }
    }
    transaction.record(
      AuditEntry(
        authority: opening.authority, at: now, actor: actor, action: "cycle.opened", object: "cycle/\(opening.id)",
        after: JSONText.object([
          ("year", .number(opening.year)), ("policy", .text(opening.policy.id)), ("edition", .text(edition)),
          ("title", .text(opening.title)), ("groups", .number(groups.count)),
          (
            "participants",
            .text(try ParticipantRecord.hash(of: opening.id, authority: opening.authority, transaction))
          ), ("avoidsDistrict", .boolean(opening.avoidsDistrict)),
          (
            "dues",
            .object(
              stages.map { stage in
                let due = opening.open.contains(stage.id) ? nil : opening.dues[stage.id] ?? stage.due
                return (stage.id, .optional(due?.text))
              })
          ),
        ]).text))
  }

  private static func add(
    _ group: RegisteredGroup, position: Int, _ opening: CycleOpening, _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO participant (authority, cycle, grp, district, name, form, formed, position)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """,
      [
        .id(opening.authority), .id(opening.id), .id(group.group.id), .id(group.group.authority),
        .text(group.group.name), .optional(group.group.form), .day(group.group.formed), .integer(position),
      ])
    let schools = (group.lead.map { [($0, "lead")] } ?? []) + group.members.map { ($0, "member") }
    for (place, (school, role)) in schools.enumerated() {
      try transaction.run(
        """
        INSERT INTO participant_school (authority, cycle, grp, school, name, role, pupils, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        [
          .id(opening.authority), .id(opening.id), .id(group.group.id), .id(school.id), .text(school.name),
          .text(role), school.pupils.map { .integer($0) } ?? .null, .integer(place),
        ])
    }
  }
}
