import Formations
public import Notation
import Policies
import Rules

extension FormationStore {
  /// A case the appointment may see; nil otherwise. Six statements.
  ///
  /// - Parameter comments: which of them come along; how many there are is known in any case.
  public static func find(
    authority: ID, _ id: ID, for appointment: ID, comments: CommentCut = .page(1), at now: Instant,
    _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> StoredFormation? {
    try find(
      """
      EXISTS (SELECT 1 FROM formation_reach r
        WHERE r.appointment = $3 AND r.authority = c.authority AND r.formation = c.id)
      """, [.id(authority), .id(id), .id(appointment)], comments, at: now, editions, transaction)
  }

  /// A case that is or was made public, for everybody: what was said and answered stays to be read. Nil otherwise, also
  /// where it was given back.
  public static func findPublic(
    authority: ID, _ id: ID, comments: CommentCut = .shown(1), at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> StoredFormation? {
    try find(
      "c.public_from <= $3 AND c.submitted_at IS NOT NULL", [.id(authority), .id(id), .day(now.day)], comments, at: now,
      editions, transaction)
  }

  /// Days for which publicities that are over stay on the list.
  static let listedFor = 90

  /// Whether the publicity of the case `c` runs on the day bound to a parameter.
  static func running(_ day: String) -> String {
    """
    c.public_from <= \(day) AND c.public_through >= \(day) AND c.submitted_at IS NOT NULL AND c.decision IS NULL
      AND c.withdrawn_at IS NULL
    """
  }

  private static func find(
    _ scope: String, _ values: [Value], _ cut: CommentCut, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> StoredFormation? {
    guard
      let row = try transaction.row(
        """
        SELECT c.*, COALESCE(x.name, y.name) AS applicant, g.name AS group_name
        FROM formation_case c
        LEFT JOIN authority x ON x.id = c.applicant_authority
        LEFT JOIN school y ON y.id = c.applicant_school
        LEFT JOIN school_group g ON g.id = c.grp
        WHERE c.authority = $1 AND c.id = $2 AND \(scope)
        """, values)
    else { return nil }
    let key = Array(values.prefix(2))
    let edition = try row.text("edition")
    let policy = try editions.policy(edition, transaction)
    let terms = FormationTerms(policy)
    let year = try (row.optionalDay("decided_on") ?? now.day).year
    let around = try Self.around(key, year: year, at: now, transaction)
    var content = try Self.content(row)
    let (schools, charter) = try Self.schools(key, around, transaction)
    content.schools = schools
    var beside = FormationBeside()
    let (entries, papers, removed) = try Self.said(key, transaction)
    for (entry, value) in entries { add(entry, value, to: &content, &beside) }
    var value = try Self.value(row, content, passed: beside.passed)
    value.papers = papers
    value.removedPapers = removed
    let (consents, group, registered, others) = try Self.registry(key, at: now, transaction)
    value.consents = consents.filter { !beside.past.contains($0.key) }
    value.pastConsents = consents.filter { beside.past.contains($0.key) }
    value.spoken = beside.spoken
    value.found = beside.found
    (value.comments, value.commentTally) = try Self.comments(cut, key, transaction)
    value.charterPassed = charter
    return StoredFormation(
      value: value, edition: edition, policy: policy,
      setting: CaseSetting(
        terms: terms, offices: offices(content.lead, around),
        standing: standing(around, terms, year: year), group: value.kind.isOfGroup ? group : nil,
        registered: registered),
      names: StoredFormation.Names(authorities: around.names), createdAt: try row.instant("created_at"),
      applicantName: try row.optionalText("applicant") ?? "", groupName: try row.optionalText("group_name"),
      others: others)
  }

  private static func content(_ row: Row) throws -> CaseContent {
    CaseContent(
      name: try row.optionalText("name"), form: try row.optionalText("form"), area: try row.optionalText("area"),
      reason: try row.optionalText("reason"))
  }

  private static func add(
    _ entry: String, _ value: String, to content: inout CaseContent, _ beside: inout FormationBeside
  ) {
    let cut = entry.firstIndex(of: "/") ?? entry.endIndex
    let (kind, id) = (entry[..<cut], String(entry[cut...].dropFirst()))
    switch kind {
    case "content": content.texts[id] = value
    case "figure": content.figures[id] = Exact(decimal: value).map { .number($0) }
    case "part", "whole":
      var (part, whole): (Exact?, Exact?) = (nil, nil)
      if case .share(let a, let b)? = content.figures[id] { (part, whole) = (a, b) }
      if kind == "part" { part = Exact(decimal: value) } else { whole = Exact(decimal: value) }
      content.figures[id] = .share(part: part, whole: whole)
    default: beside.add(kind, id, value)
    }
  }

  private static func value(_ row: Row, _ content: CaseContent, passed: [String: String]) throws -> FormationCase {
    let applicant: FormationCase.Party =
      if let school = try row.optionalID("applicant_school") { .school(school) } else {
        .authority(try row.id("applicant_authority"))
      }
    guard let kind = FormationCase.Kind(rawValue: try row.text("kind")) else {
      throw DatabaseError.statement("formation_case.kind")
    }
    var value = FormationCase(
      id: try row.id("id"), authority: try row.id("authority"), kind: kind, group: try row.optionalID("grp"),
      applicant: applicant, content: content)
    value.version = try row.int("version")
    value.submission = try Self.submission(row)
    value.acceptance = try signed(row, "accepted")
    value.giveBack = try reasoned(row, "returned", "return_reason")
    value.withdrawal = try reasoned(row, "withdrawn", "withdrawal_reason")
    if let from = try row.optionalDay("public_from"), let through = try row.optionalDay("public_through"),
      let signed = try Self.signed(row, "published")
    {
      value.publicity = Publicity(from: from, through: through, signed: signed)
    }
    if let decision = try row.optionalText("decision"), let day = try row.optionalDay("decided_on"),
      let signed = try Self.signed(row, "decided")
    {
      value.decision = CaseDecision(
        isApproval: decision == "approved", number: try row.optionalText("document"), day: day,
        reason: try row.optionalText("decision_reason"), passed: passed, signed: signed)
    }
    value.filing = try numbered(row, "filing", "filed_on", "filed")
    value.charterFiling = try numbered(row, "charter", "charter_on", "charter")
    return value
  }

  private static func submission(_ row: Row) throws -> Submission? {
    guard let signed = try Self.signed(row, "submitted"), let organ = try Self.organ(row, "organ"),
      let approver = try row.optionalID("approver")
    else { return nil }
    var filer: Routing.Office?
    if let organ = try Self.organ(row, "file_organ"), let authority = try row.optionalID("filer") {
      filer = Routing.Office(organ: organ, authority: authority)
    }
    return Submission(
      routing: Routing(
        approver: Routing.Office(organ: organ, authority: approver), filer: filer,
        source: try row.optionalText("clause")), signed: signed)
  }

  private static func organ(_ row: Row, _ column: String) throws -> FormationOrgan? {
    try row.optionalText(column).flatMap(FormationOrgan.init)
  }

  static func signed(_ row: Row, _ what: String) throws -> Signed? {
    try row.optionalInstant("\(what)_at").map { Signed(at: $0, by: try row.optionalID("\(what)_by")) }
  }

  static func reasoned(_ row: Row, _ what: String, _ reason: String) throws -> Reasoned? {
    guard let signed = try Self.signed(row, what), let text = try row.optionalText(reason) else { return nil }
    return Reasoned(reason: text, signed: signed)
  }

  private static func numbered(_ row: Row, _ number: String, _ day: String, _ what: String) throws -> Numbered? {
    guard let signed = try Self.signed(row, what), let text = try row.optionalText(number),
      let day = try row.optionalDay(day)
    else { return nil }
    return Numbered(number: text, day: day, signed: signed)
  }
}
