public import Notation

/// A thing that is looked for in the records, as data: what it is called, how grave it is, why it matters, what to do.
public struct LedgerCheck: Sendable {
  public enum Severity: String, Sendable, CaseIterable {
    /// The records contradict themselves.
    case error
    /// Something may be wrong or is still due.
    case warning
  }

  public let id: String
  public let severity: Severity
  let look: @Sendable (CheckScope) -> [Finding]

  init(_ id: String, _ severity: Severity, _ look: @escaping @Sendable (CheckScope) -> [Finding]) {
    self.id = id
    self.severity = severity
    self.look = look
  }

  public var title: Message { Message("ledger.check.\(id)") }
  public var why: Message { Message("ledger.check.\(id).why") }
  public var remedy: Message { Message("ledger.check.\(id).do") }

  /// Something found, with the records it is about.
  public struct Finding: Sendable, Hashable {
    public let check: String
    public let severity: Severity
    public let what: Message
    public let rows: [ID]
  }

  /// Everything that is wrong with a group's year, the gravest first.
  public static func findings(in scope: CheckScope) -> [Finding] {
    let all = LedgerChecks.all.flatMap { $0.look(scope) }
    return all.filter { $0.severity == .error } + all.filter { $0.severity == .warning }
  }

  func finding(_ rows: [LedgerRecord], _ parts: [String: Message.Part]) -> Finding {
    LedgerCheck.found(id, severity, rows, parts)
  }

  static func found(
    _ id: String, _ severity: Severity, _ rows: [LedgerRecord], _ parts: [String: Message.Part]
  ) -> Finding {
    Finding(check: id, severity: severity, what: Message("ledger.check.\(id).found", parts), rows: rows.map(\.id))
  }
}

/// What the checks look at.
public struct CheckScope: Sendable {
  public let year: GroupYear
  public let teachers: [ID: Teacher]
  /// The school year each piece of evidence speaks for.
  public let evidenceYears: [ID: Int]
  public let today: Day

  public init(year: GroupYear, teachers: [Teacher], evidenceYears: [ID: Int], today: Day) {
    self.year = year
    self.teachers = Dictionary(teachers.map { ($0.id, $0) }) { first, _ in first }
    self.evidenceYears = evidenceYears
    self.today = today
  }

  /// Findings may be read by people who needn't know who it is.
  func name(_ teacher: ID?) -> Message.Part {
    .text(teacher.flatMap { teachers[$0] }.map { "\($0.code) \($0.masked)" } ?? "?")
  }

  func schoolName(_ school: ID?) -> Message.Part {
    school.flatMap { year.school($0) }.map { .text($0.name) } ?? .message(Message("ledger.keeper.group"))
  }

  /// What a record calls itself; of a document, what the policy calls it.
  func called(_ row: LedgerRecord) -> String {
    row.text("title") ?? year.asked.first { $0.id == row.text("document") }?.title ?? ""
  }

  func title(_ kind: String) -> Message.Part { .message(Message("ledger.kind.\(kind)")) }
}
