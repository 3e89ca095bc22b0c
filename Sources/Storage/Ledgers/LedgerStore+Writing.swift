public import Ledgers
public import Notation

/// Why a record wasn't kept.
public enum LedgerConflict: Error, Sendable {
  /// Somebody changed or removed it meanwhile.
  case changed
  /// What is wrong with it, field by field.
  case refused([RecordReading.Fault])
  /// The post may not.
  case forbidden
}

extension LedgerStore {
  /// A record to be kept: new, or another version of one.
  public struct Draft: Sendable {
    public let reading: RecordReading
    public let kind: LedgerKind
    public let before: LedgerRecord?
    public let evidence: ID?

    public init(_ reading: RecordReading, kind: LedgerKind, before: LedgerRecord?, evidence: ID?) {
      self.reading = reading
      self.kind = kind
      self.before = before
      self.evidence = evidence
    }
  }

  /// Keeps a record. `ids` gives one for it, and one for somebody named for the first time.
  ///
  /// Throws `LedgerConflict`.
  @discardableResult
  public static func save(
    _ draft: Draft, on ground: LedgerGround, _ year: GroupYear, rights: LedgerRights, at now: Instant, by actor: Actor,
    ids: IDMaker, _ transaction: any Transaction
  ) throws -> ID {
    let (kind, reading) = (draft.kind, draft.reading)
    guard rights.mayKeep(kind, reading.school), draft.before.map({ rights.mayKeep(kind, $0.school) }) ?? true else {
      throw LedgerConflict.forbidden
    }
    var faults = reading.faults
    if let closed = LedgerPlan.closed(kind, reading, draft.before, year) {
      faults.append(RecordReading.Fault(field: kind.fields.first?.id ?? "", message: closed))
    }
    if let unique = kind.unique {
      let isTaken = year.records(kind.id).contains { other in
        other.id != draft.before?.id && other.school == reading.school
          && unique.allSatisfy { other.values[$0] == reading.values[$0] }
      }
      if isTaken {
        faults.append(
          RecordReading.Fault(
            field: RecordReading.schoolField, message: Message("ledger.fault.twice", ["kind": .message(kind.title)])))
      }
    }
    if kind.id == "bookings", let taken = try taken(reading, but: draft.before?.id, transaction) {
      faults.append(RecordReading.Fault(field: Booking.timeField, message: taken))
    }
    guard faults.isEmpty, let first = reading.first else { throw LedgerConflict.refused(faults) }
    // What stands from one year on stays there when a later year's page mends it.
    let firstDay = kind.dating == .standing ? draft.before?.first ?? first : first
    var values = reading.values
    if let name = reading.newTeacher, let school = reading.school {
      values["teacher"] = .teacher(
        try person(named: name, at: school, now, by: actor, ground, ids: ids, transaction))
    }
    let content = RecordJSON.text(values, kind: kind)
    let id = draft.before?.id ?? ids.next(at: now)
    let keeper = Value.integer(reading.school?.number ?? 0)
    let touched: Int
    if let before = draft.before {
      touched = try transaction.run(
        """
        UPDATE ledger_record SET school = $3, first_day = $4, last_day = $5, content = $6, evidence = $7,
          version = $8, at = $9, by_account = $10
        WHERE grp = $1 AND id = $2 AND version = $11 AND removed_at IS NULL
        """,
        [
          .id(ground.group), .id(id), keeper, .day(firstDay), .day(reading.last), .text(content), .id(draft.evidence),
          .integer(before.version + 1), .instant(now), .id(actor.account), .integer(before.version),
        ])
    } else {
      touched = try transaction.run(
        """
        INSERT INTO ledger_record
          (authority, id, grp, school, kind, first_day, last_day, content, evidence, version, at, by_account)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)
        """,
        [
          .id(ground.authority), .id(id), .id(ground.group), keeper, .text(kind.id), .day(first), .day(reading.last),
          .text(content), .id(draft.evidence), .instant(now), .id(actor.account),
        ])
      try note(ground.group, transaction)
    }
    guard touched == 1 else { throw LedgerConflict.changed }
    transaction.record(
      AuditEntry(
        authority: ground.authority, at: now, actor: actor,
        action: draft.before == nil ? "ledger.added" : "ledger.changed", object: "group/\(ground.group)",
        item: "\(kind.id)/\(id)", before: draft.before.map { told(RecordJSON.text($0.values, kind: kind), kind: kind) },
        after: Said(told(content, kind: kind), keeper: reading.school, first: firstDay, last: reading.last).text))
    return id
  }

  /// Takes a record out; what it said stays in the audit chain.
  public static func remove(
    _ record: LedgerRecord, kind: LedgerKind, on ground: LedgerGround, _ year: GroupYear, rights: LedgerRights,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard rights.mayKeep(kind, record.school) else { throw LedgerConflict.forbidden }
    if let kept = LedgerPlan.kept(kind, record, year) {
      throw LedgerConflict.refused([RecordReading.Fault(field: "", message: kept)])
    }
    let touched = try transaction.run(
      """
      UPDATE ledger_record SET removed_at = $4, removed_by = $5, version = version + 1
      WHERE grp = $1 AND id = $2 AND version = $3 AND removed_at IS NULL
      """,
      [.id(ground.group), .id(record.id), .integer(record.version), .instant(now), .id(actor.account)])
    guard touched == 1 else { throw LedgerConflict.changed }
    transaction.record(
      AuditEntry(
        authority: ground.authority, at: now, actor: actor, action: "ledger.removed", object: "group/\(ground.group)",
        item: "\(kind.id)/\(record.id)", before: told(RecordJSON.text(record.values, kind: kind), kind: kind)))
  }

  /// Says that nothing is missing from a kind, or takes that back.
  public static func declare(
    _ statement: Statement, isComplete: Bool, kind: LedgerKind, on ground: LedgerGround, rights: LedgerRights,
    at now: Instant, by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard rights.mayKeep(kind, statement.school), kind.declarable.contains(statement.term) else {
      throw LedgerConflict.forbidden
    }
    if ground.isConfirmed {
      let year = ground.year(Found())
      throw LedgerConflict.refused([RecordReading.Fault(field: "", message: LedgerPlan.confirmed(year))])
    }
    if isComplete, let term = statement.term, now.day < ground.days.declarable(term) {
      let early = Message(
        "ledger.fault.early",
        ["term": .message(term.title), "day": .text(ground.days.declarable(term).text)])
      throw LedgerConflict.refused([RecordReading.Fault(field: "", message: early)])
    }
    let place: [Value] = [
      .id(ground.authority), .id(ground.group), .integer(ground.days.year), .text(kind.id),
      .integer(statement.school?.number ?? 0), .text(statement.term?.rawValue ?? ""),
    ]
    let touched =
      isComplete
      ? try transaction.run(
        """
        INSERT INTO ledger_statement (authority, grp, year, kind, school, term, at, by_account)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (authority, grp, year, kind, school, term) DO NOTHING
        """, place + [.instant(now), .id(actor.account)])
      : try transaction.run(
        """
        DELETE FROM ledger_statement
        WHERE grp = $1 AND year = $2 AND kind = $3 AND school = $4 AND term = $5
        """, Array(place.dropFirst()))
    guard touched == 1 else { return }
    if isComplete { try note(ground.group, transaction) }
    let said = "\(ground.days.year)/\(statement.term?.rawValue ?? "year")/\(statement.school?.description ?? "group")"
    transaction.record(
      AuditEntry(
        authority: ground.authority, at: now, actor: actor,
        action: isComplete ? "ledger.declared" : "ledger.reopened", object: "group/\(ground.group)", item: kind.id,
        before: isComplete ? nil : said, after: isComplete ? said : nil))
  }

  /// That something was recorded of a group: its sheets look for proposals from now on.
  private static func note(_ group: ID, _ transaction: any Transaction) throws {
    try transaction.run("UPDATE school_group SET recorded = 1 WHERE id = $1 AND recorded = 0", [.id(group)])
  }

  /// Records taken away by somebody with whole names, and why.
  public static func noteExport(
    kind: LedgerKind, on ground: LedgerGround, reason: String, at now: Instant, by actor: Actor,
    _ transaction: any Transaction
  ) {
    transaction.record(
      AuditEntry(
        authority: ground.authority, at: now, actor: actor, action: "ledger.exported", object: "group/\(ground.group)",
        item: kind.id, after: reason))
  }

  /// Somebody of a school by name, added where nobody is called so: rows of one workbook may name them several times. Names
  /// are kept in one spelling.
  private static func person(
    named name: String, at school: ID, _ now: Instant, by actor: Actor, _ ground: LedgerGround, ids: IDMaker,
    _ transaction: any Transaction
  ) throws -> ID {
    let known = try transaction.row(
      """
      SELECT (SELECT min(t.id) FROM teacher t WHERE t.school = $1 AND t.name = $2) AS same,
        (SELECT max(CAST(substr(t.code, 2) AS BIGINT)) FROM teacher t WHERE t.school = $1) AS latest
      """, [.id(school), .text(name)])
    if let same = try known?.optionalID("same") { return same }
    let id = ids.next(at: now)
    let code = "T" + String((try known?.optionalInteger("latest") ?? 0) + 1)
    try transaction.run(
      "INSERT INTO teacher (id, school, code, name, created_at) VALUES ($1, $2, $3, $4, $5)",
      [.id(id), .id(school), .text(code), .text(name), .instant(now)])
    transaction.record(
      AuditEntry(
        authority: ground.authority, at: now, actor: actor, action: "teacher.added", object: "school/\(school)",
        after: code))
    return id
  }
}
