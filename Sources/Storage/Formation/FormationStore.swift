public import Formations
public import Notation
import Policies

/// Formation cases as they are kept. Every reading for a page is bound to the viewer by `formation_reach`.
public enum FormationStore {
  /// Begins a case: nothing is said in it yet but its kind and, of a change or dissolution, the group with its schools.
  ///
  /// Throws `CycleFault` where the group isn't the applicant's to change.
  public static func create(
    _ id: ID, _ kind: FormationCase.Kind, group: ID?, by applicant: FormationCase.Party,
    under policy: FormationPolicyStore.InForce, at now: Instant, actor: Actor, _ transaction: any Transaction
  ) throws {
    let (authority, school) = applicant.seat
    guard authority != nil || school != nil, kind != .plan || authority == policy.authority else {
      throw CycleFault.forbidden
    }
    try requireRoomForDrafts(applicant, transaction)
    var name: String?
    var form: String?
    if kind.isOfGroup {
      guard let group, let row = try ownGroup(group, authority: authority, school: school, transaction) else {
        throw CycleFault.invalid("formation.fault.group")
      }
      name = try row.text("name")
      form = try row.optionalText("form")
    }
    try transaction.run(
      """
      INSERT INTO formation_case (authority, id, edition, kind, grp, applicant_authority, applicant_school, name, form,
        created_at, created_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .id(policy.authority), .id(id), .text(policy.edition), .text(kind.rawValue), .id(kind.isOfGroup ? group : nil),
        .id(authority), .id(school), .optional(name), .optional(form), .instant(now), .id(actor.account),
      ])
    if kind.isOfGroup, let group {
      try transaction.run(
        """
        INSERT INTO formation_school (authority, formation, school, part, position, is_private, is_new, is_weak)
        SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), m.school, m.role, CASE m.role WHEN 'lead' THEN 0 ELSE 1 END,
          \(known("$4"))
        FROM membership m JOIN school k ON k.id = m.school WHERE m.grp = $3 AND m.since <= $4 AND (m.until IS NULL OR m.until > $4)
        """, [.id(policy.authority), .id(id), .id(group), .day(now.day)])
      try keepFound(
        group, name: name, form: form, on: now.day, [.id(policy.authority), .id(id)], transaction)
    } else if kind == .new, let school {
      try transaction.run(
        """
        INSERT INTO formation_school (authority, formation, school, part, position, is_private, is_new, is_weak)
        SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), k.id, 'lead', 0, \(known("$4")) FROM school k WHERE k.id = $3
        """, [.id(policy.authority), .id(id), .id(school), .day(now.day)])
    }
    try keepArea(FormationTerms(policy.policy).areas, on: now.day, [.id(policy.authority), .id(id)], transaction)
    transaction.record(
      AuditEntry(
        authority: policy.authority, at: now, actor: actor, action: "formation.begun", object: "formation/\(id)",
        after: kind.rawValue))
    try KeptDigest.formation.record(authority: policy.authority, id, at: now, by: actor, transaction)
  }

  /// A standing group that the applicant leads or, as an authority, has within its reach.
  private static func ownGroup(
    _ group: ID, authority: ID?, school: ID?, _ transaction: any Transaction
  ) throws -> Row? {
    try transaction.row(
      """
      SELECT g.name, g.form FROM school_group g
      WHERE g.id = $1 AND g.dissolved IS NULL AND (
        EXISTS (SELECT 1 FROM authority_within w WHERE w.upper_id = $2 AND w.lower_id = g.authority)
        OR EXISTS (SELECT 1 FROM membership m
          WHERE m.grp = g.id AND m.school = $3 AND m.role = 'lead' AND m.until IS NULL))
      """, [.id(group), .id(authority), .id(school)])
  }

  /// Carries out an act and keeps what came of it.
  ///
  /// Throws `CaseFault` with everything that stands against it; `CycleFault` where somebody was quicker.
  @discardableResult
  public static func act(
    _ act: CaseAct, on stored: StoredFormation, by party: FormationCase.Party, at now: Instant, actor: Actor,
    ids: IDMaker, _ transaction: any Transaction
  ) throws -> FormationCase {
    var after = try stored.value.after(
      act, by: CaseActor(party, account: actor.account), at: now, in: stored.setting)
    if case .decide(let ruling) = act, ruling.isApproval, let group = after.group ?? newGroup(after, at: now, ids) {
      after.group = group
      try apply(after, group: group, as: stored.setting.group, at: now, actor: actor, transaction)
    }
    try keep(after, was: stored.value, act, Signed(at: now, by: actor.account), transaction)
    transaction.record(
      AuditEntry(
        authority: after.authority, at: now, actor: actor, action: "formation.\(act.name)",
        object: "formation/\(after.id)", after: after.trace(of: act)))
    try KeptDigest.formation.record(authority: after.authority, after.id, at: now, by: actor, transaction)
    return after
  }

  private static func newGroup(_ value: FormationCase, at now: Instant, _ ids: IDMaker) -> ID? {
    value.kind == .new ? ids.next(at: now) : nil
  }
}

extension FormationCase {
  /// What the audit row keeps of an act.
  func trace(of act: CaseAct) -> String? {
    switch act {
    case .write: content.name
    case .consent(let consent):
      JSONText.object([
        ("school", .id(consent.school)), ("kind", .text(consent.kind)), ("agrees", .boolean(consent.agrees)),
        ("day", .text(consent.day.text)),
      ]).text
    case .takeBackConsent(let school, let kind):
      JSONText.object([("school", .id(school)), ("kind", .text(kind))]).text
    case .attach(let papers):
      papers.map { "\($0.title) \($0.file)" }.joined(separator: "\n")
    case .detach(let paper): papers.first { $0.id == paper }?.title ?? "\(paper)"
    case .submit: submission?.routing.source
    case .accept: nil
    case .publish: publicity.map { "\($0.from.text)—\($0.through.text)" }
    case .comment(let comment): comment.text
    case .answer(_, let text): text
    case .withhold(_, let reason), .giveBack(let reason), .withdraw(let reason): reason
    case .decide(let ruling):
      JSONText.object(
        [("number", .text(ruling.number)), ("day", .text(ruling.day.text)), ("reason", .text(ruling.reason))]
          + (decidesOwn ? [("own", .boolean(true))] : [])
          + ruling.passed.sorted { $0.key < $1.key }.map { ("limit.\($0.key)", .text($0.value)) }
      ).text
    case .file(let number, let day), .fileCharter(let number, let day): "\(number) \(day.text)"
    case .passCharter(let school, let day):
      JSONText.object([("school", .id(school)), ("day", .text(day.text))]).text
    }
  }
}
