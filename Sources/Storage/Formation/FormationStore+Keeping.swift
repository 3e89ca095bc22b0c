import Formations
import Notation
import Registry

extension FormationStore {
  /// Writes what an act has changed.
  ///
  /// Throws `CycleFault` where the case has moved on since it was read.
  static func keep(
    _ value: FormationCase, was before: FormationCase, _ act: CaseAct, _ signed: Signed,
    _ transaction: any Transaction
  ) throws {
    try keepCase(value, was: before, transaction)
    let key: [Value] = [.id(value.authority), .id(value.id)]
    switch act {
    case .write:
      try keepContent(value, was: before, key, transaction)
      try keepBeside(value, was: before, key, transaction)
    case .consent(let consent):
      try keepConsent(consent, key, transaction)
      try keepBeside(value, was: before, key, transaction)
    case .takeBackConsent(let school, let kind):
      try transaction.run(
        "DELETE FROM formation_consent WHERE authority = $1 AND formation = $2 AND school = $3 AND kind = $4",
        key + [.id(school), .text(kind)])
      try keepBeside(value, was: before, key, transaction)
    case .attach(let papers): try keepPapers(papers, key, transaction)
    case .detach(let paper):
      try transaction.run(
        """
        UPDATE formation_paper SET removed_at = $4, removed_by = $5
        WHERE authority = $1 AND formation = $2 AND id = $3
        """, key + [.id(paper), .instant(signed.at), .id(signed.by)])
    case .answer(let id, _), .withhold(let id, _):
      guard let comment = value.comments.first(where: { $0.id == id }) else { break }
      try transaction.run(
        """
        UPDATE formation_comment SET answer = $4, answered_at = $5, answered_by = $6, withhold_reason = $7,
          withheld_at = $8, withheld_by = $9
        WHERE authority = $1 AND formation = $2 AND id = $3
        """,
        key + [
          .id(id), .optional(comment.answer?.text), .instant(comment.answer?.signed.at),
          .id(comment.answer?.signed.by), .optional(comment.withheld?.reason), .instant(comment.withheld?.signed.at),
          .id(comment.withheld?.signed.by),
        ])
    case .passCharter(let school, let day):
      try transaction.run(
        "UPDATE formation_school SET charter_on = $4 WHERE authority = $1 AND formation = $2 AND school = $3",
        key + [.id(school), .day(day)])
    case .decide:
      for (limit, reason) in value.decision?.passed ?? [:] {
        try transaction.run(entryInsert, key + [.text("passed/\(limit)"), .text(reason)])
      }
    case .submit, .accept, .publish, .comment, .giveBack, .withdraw, .file, .fileCharter: break
    }
  }

  static let entryInsert = """
    INSERT INTO formation_entry (authority, formation, entry, value) VALUES ($1, $2, $3, $4)
    ON CONFLICT (authority, formation, entry) DO UPDATE SET value = excluded.value
    """

  private static func keepCase(
    _ value: FormationCase, was before: FormationCase, _ transaction: any Transaction
  ) throws {
    let (submission, routing, decision) = (value.submission, value.submission?.routing, value.decision)
    let columns: [(String, Value)] = [
      ("version", .integer(value.version)), ("grp", .id(value.group)), ("name", .optional(value.content.name)),
      ("form", .optional(value.content.form)), ("area", .optional(value.content.area)),
      ("reason", .optional(value.content.reason)), ("submitted_at", .instant(submission?.signed.at)),
      ("submitted_by", .id(submission?.signed.by)), ("organ", .optional(routing?.approver.organ.rawValue)),
      ("approver", .id(routing?.approver.authority)), ("file_organ", .optional(routing?.filer?.organ.rawValue)),
      ("filer", .id(routing?.filer?.authority)), ("clause", .optional(routing?.source)),
      ("accepted_at", .instant(value.acceptance?.at)), ("accepted_by", .id(value.acceptance?.by)),
      ("returned_at", .instant(value.giveBack?.signed.at)), ("returned_by", .id(value.giveBack?.signed.by)),
      ("return_reason", .optional(value.giveBack?.reason)), ("withdrawn_at", .instant(value.withdrawal?.signed.at)),
      ("withdrawn_by", .id(value.withdrawal?.signed.by)), ("withdrawal_reason", .optional(value.withdrawal?.reason)),
      ("public_from", .day(value.publicity?.from)), ("public_through", .day(value.publicity?.through)),
      ("published_at", .instant(value.publicity?.signed.at)), ("published_by", .id(value.publicity?.signed.by)),
      ("decision", decision.map { .text($0.isApproval ? "approved" : "refused") } ?? .null),
      ("document", .optional(decision?.number)), ("decided_on", .day(decision?.day)),
      ("decision_reason", .optional(decision?.reason)), ("decided_at", .instant(decision?.signed.at)),
      ("decided_by", .id(decision?.signed.by)), ("filing", .optional(value.filing?.number)),
      ("filed_on", .day(value.filing?.day)), ("filed_at", .instant(value.filing?.signed.at)),
      ("filed_by", .id(value.filing?.signed.by)), ("charter", .optional(value.charterFiling?.number)),
      ("charter_on", .day(value.charterFiling?.day)), ("charter_at", .instant(value.charterFiling?.signed.at)),
      ("charter_by", .id(value.charterFiling?.signed.by)),
    ]
    let sets = columns.enumerated().map { "\($1.0) = $\($0 + 4)" }.joined(separator: ", ")
    let shown = value.submission == nil ? "shown" : "1"
    let count = try transaction.run(
      """
      UPDATE formation_case SET \(sets), shown = \(shown)
      WHERE authority = $1 AND id = $2 AND version = $3
      """, [.id(value.authority), .id(value.id), .integer(before.version)] + columns.map(\.1))
    guard count == 1 else { throw CycleFault.conflict("formation.fault.version") }
  }

  private static func keepContent(
    _ value: FormationCase, was before: FormationCase, _ key: [Value], _ transaction: any Transaction
  ) throws {
    let content = value.content
    for school in before.content.schools where content.school(school.school) == nil {
      let one = key + [.id(school.school)]
      try transaction.run(
        "DELETE FROM formation_consent WHERE authority = $1 AND formation = $2 AND school = $3", one)
      try transaction.run("DELETE FROM formation_school WHERE authority = $1 AND formation = $2 AND school = $3", one)
    }
    for (place, school) in content.schools.enumerated() where school != before.content.school(school.school) {
      func flag(_ flag: Bool?) -> Value { flag.map { .integer($0 ? 1 : 0) } ?? .null }
      try transaction.run(
        """
        INSERT INTO formation_school (authority, formation, school, part, district, is_private, is_new, is_weak, position)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (authority, formation, school) DO UPDATE
        SET part = excluded.part, district = excluded.district, is_private = excluded.is_private,
          is_new = excluded.is_new, is_weak = excluded.is_weak
        """,
        key + [
          .id(school.school), .text(school.part.rawValue), .id(school.district), flag(school.isPrivate),
          flag(school.isNew), flag(school.isWeak), .integer(place),
        ])
    }
    let (new, old) = (content.entries, before.content.entries)
    for (entry, _) in old where new[entry] == nil {
      try transaction.run(
        "DELETE FROM formation_entry WHERE authority = $1 AND formation = $2 AND entry = $3", key + [.text(entry)])
    }
    for (entry, text) in new.sorted(by: { $0.key < $1.key }) where old[entry] != text {
      try transaction.run(entryInsert, key + [.text(entry), .text(text)])
    }
  }

  private static func keepConsent(
    _ consent: CaseConsent, _ key: [Value], _ transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO formation_consent (authority, formation, school, kind, day, agrees, present, in_favour, paper, at,
        by_account)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      ON CONFLICT (authority, formation, school, kind) DO UPDATE
      SET day = excluded.day, agrees = excluded.agrees, present = excluded.present, in_favour = excluded.in_favour,
        paper = excluded.paper, at = excluded.at, by_account = excluded.by_account
      """,
      key + [
        .id(consent.school), .text(consent.kind), .day(consent.day), .integer(consent.agrees ? 1 : 0),
        consent.present.map { .integer($0) } ?? .null, consent.inFavour.map { .integer($0) } ?? .null,
        .optional(consent.paper), .instant(consent.signed.at), .id(consent.signed.by),
      ])
  }

  /// Makes the registry what an approval says, from the day of the decision.
  static func apply(
    _ value: FormationCase, group: ID, as standing: CaseGroup?, at now: Instant, actor: Actor,
    _ transaction: any Transaction
  ) throws {
    guard let day = value.decision?.day else { return }
    let present = try transaction.rows(
      "SELECT school, role, since FROM membership WHERE grp = $1 AND since <= $2 AND (until IS NULL OR until > $2)",
      [.id(group), .day(day)]
    ).compactMap { row -> Membership? in
      guard let since = try row.optionalDay("since") else { return nil }
      return Membership(
        group: group, school: try row.id("school"), role: try row.text("role") == "lead" ? .lead : .member,
        since: since, until: nil)
    }
    guard
      let change = value.registryChange(group: group, code: "G\(group)", present: present, now: standing)
    else { return }
    let before = try RegistryTrace(of: group, transaction)
    if let founded = change.founded {
      try RegistryStore.add(founded, at: now, by: actor, transaction)
    }
    for school in change.ends {
      // One that would end on the day it begins never was.
      try transaction.run(
        "DELETE FROM membership WHERE grp = $1 AND school = $2 AND since = $3",
        [.id(group), .id(school), .day(day)])
      try transaction.run(
        """
        UPDATE membership SET until = $3
        WHERE grp = $1 AND school = $2 AND since < $3 AND (until IS NULL OR until > $3)
        """, [.id(group), .id(school), .day(day)])
      try CoverageStepStore.outdate(school: school, transaction)
    }
    for membership in change.begins { try RegistryStore.add(membership, transaction) }
    if let naming = change.naming {
      // What it was until now stays on record.
      try transaction.run(
        """
        INSERT INTO group_past (grp, until, since, name, authority, form, governance, structure)
        SELECT g.id, CAST($2 AS TEXT), (SELECT max(p.until) FROM group_past p WHERE p.grp = g.id AND p.until < $2),
          g.name, g.authority, g.form, g.governance, g.structure
        FROM school_group g
        WHERE g.id = $1 AND (g.name <> $3 OR COALESCE(g.form, '') <> $4) AND (g.formed IS NULL OR g.formed < $2)
        ON CONFLICT (grp, until) DO NOTHING
        """, [.id(group), .day(day), .text(naming.name), .text(naming.form ?? "")])
      try transaction.run(
        "UPDATE school_group SET name = $2, form = $3 WHERE id = $1",
        [.id(group), .text(naming.name), .optional(naming.form)])
    }
    if let dissolved = change.dissolved {
      let count = try transaction.run(
        "UPDATE school_group SET dissolved = $2 WHERE id = $1 AND (formed IS NULL OR formed < $2)",
        [.id(group), .day(dissolved)])
      guard count == 1 else { throw CycleFault.invalid("formation.fault.sameDay", ["day": .text(dissolved.text)]) }
    }
    try before.record(value.decision?.number, at: now, by: actor, transaction)
    guard change.founded == nil else { return }
    transaction.record(
      AuditEntry(
        authority: value.approver ?? value.authority, at: now, actor: actor,
        action: change.dissolved == nil ? "group.changed" : "group.dissolved", object: "group/\(group)",
        after: value.decision?.number))
  }
}

extension CaseContent {
  /// Texts and figures as they are kept, entry by entry.
  var entries: [String: String] {
    var entries: [String: String] = [:]
    for (id, text) in texts where !text.isEmpty { entries["content/\(id)"] = text }
    for (id, figure) in figures {
      switch figure {
      case .number(let number): entries["figure/\(id)"] = number.decimalText
      case .share(let part, let whole):
        entries["part/\(id)"] = part?.decimalText
        entries["whole/\(id)"] = whole?.decimalText
      }
    }
    return entries
  }
}
