import CLibPQ
import Storage

/// One connection to the server, in pipeline mode: several commands travel together and are answered together.
final class PostgresConnection {
  private let handle: OpaquePointer
  private var prepared: [String: Prepared] = [:]
  private var names = 0
  static let mostPrepared = 500

  private struct Prepared {
    let name: String
    var shape: Answer.Shape?
  }

  struct Command: Hashable {
    let sql: String
    let values: [Value]
  }

  /// Connects, or throws `down`. What the address says goes before what is said here.
  init(_ address: String) throws(SessionError) {
    let settings = [
      ("client_encoding", "UTF8"), ("fallback_application_name", "junheng"), ("connect_timeout", "5"),
      ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
      ("tcp_user_timeout", "30000"), ("dbname", address),
    ]
    let keys = Parameters(settings.map { .text($0.0) })
    let values = Parameters(settings.map { .text($0.1) })
    let connected = keys.withPointers { _, keys, _, _ in
      values.withPointers { _, values, _, _ in PQconnectdbParams(keys, values, 1) }
    }
    guard let handle = connected else { throw .down(.unavailable("no memory for a connection")) }
    self.handle = handle
    guard PQstatus(handle) == CONNECTION_OK else {
      throw .down(.unavailable(lastWords))
    }
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
    try script(Self.planning)
  }

  /// Statements are prepared once a connection and carried out many times: one plan each, of a search that doesn't grow
  /// with every table joined. Left to itself the server plans a page's statement anew five times on every connection,
  /// a hundred times longer than it takes to carry it out. Citus alone must see the values: they tell it which server;
  /// and it changes what lies whole on every server only after reading shard by shard.
  /// Compiling a plan (JIT) took thirty times as long as carrying it out.
  private static let planning = """
    SELECT set_config('plan_cache_mode', mode, false) FROM (
      SELECT CASE WHEN count(*) = 0 THEN 'force_generic_plan' ELSE 'auto' END AS mode
      FROM pg_extension WHERE extname = 'citus'
    ) AS installed;
    SELECT set_config('citus.multi_shard_modify_mode', 'sequential', false) FROM pg_extension WHERE extname = 'citus';
    SET join_collapse_limit = 4; SET from_collapse_limit = 4; SET jit = off
    """

  deinit { PQfinish(handle) }

  /// Also where the server has said good-bye, or nobody knows the state of the connection any more.
  var isLost: Bool { spoilt || PQstatus(handle) != CONNECTION_OK }
  private var spoilt = false

  private var lastWords: String {
    let words = String(cString: PQerrorMessage(handle))
    return String(words.reversed().drop { $0.isWhitespace }.reversed())
  }

  /// Several statements without values, one after the other.
  func script(_ sql: String) throws(SessionError) {
    let result = PQexec(handle, sql)
    defer { PQclear(result) }
    guard Self.isGood(result) else { throw problem(result) }
  }

  /// Carries the commands out in one journey; answers so many of the last. The first that fails keeps the later ones from
  /// being carried out.
  func perform(_ commands: [Command], telling count: Int) throws(SessionError) -> [Answer] {
    if prepared.count + commands.count > Self.mostPrepared { try forgetPrepared() }
    guard PQenterPipelineMode(handle) == 1 else { throw lost }
    var expected: [(sql: String, preparing: Bool)] = []
    for command in commands {
      if prepared[command.sql] == nil {
        names += 1
        let name = "s\(names)"
        prepared[command.sql] = Prepared(name: name)
        guard PQsendPrepare(handle, name, command.sql, 0, nil) == 1 else { throw lost }
        expected.append((command.sql, true))
      }
      let name = prepared[command.sql]?.name ?? ""
      let sent = Parameters(command.values).withPointers { count, values, lengths, formats in
        PQsendQueryPrepared(handle, name, count, values, lengths, formats, 0)
      }
      guard sent == 1 else { throw sendingProblem }
      expected.append((command.sql, false))
    }
    guard PQpipelineSync(handle) == 1 else { throw lost }
    return try collect(expected, silent: commands.count - count)
  }

  private func collect(
    _ expected: [(sql: String, preparing: Bool)], silent: Int
  ) throws(SessionError) -> [Answer] {
    var problem: SessionError?
    var answers: [Answer] = []
    var silent = silent
    for (sql, preparing) in expected {
      let result = PQgetResult(handle)
      defer { PQclear(result) }
      if let result, Self.isGood(result) {
        if !preparing {
          if silent > 0 {
            silent -= 1
          } else {
            if prepared[sql]?.shape == nil { prepared[sql]?.shape = Answer.Shape(result) }
            answers.append(Answer(result, shape: prepared[sql]?.shape))
          }
        }
      } else {
        if preparing { prepared[sql] = nil }
        problem = problem ?? self.problem(result)
      }
      // A null ends each command's answers.
      while let rest = PQgetResult(handle) { PQclear(rest) }
      if isLost { throw problem ?? lost }
    }
    let end = PQgetResult(handle)
    defer { PQclear(end) }
    guard PQresultStatus(end) == PGRES_PIPELINE_SYNC, PQexitPipelineMode(handle) == 1 else { throw problem ?? lost }
    if let problem {
      throw problem
    }
    return answers
  }

  /// After a change of the schema, or where there are too many.
  func forgetPrepared() throws(SessionError) {
    prepared = [:]
    try script("DEALLOCATE ALL")
  }

  private static func isGood(_ result: OpaquePointer?) -> Bool {
    let status = PQresultStatus(result)
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK
  }

  private func problem(_ result: OpaquePointer?) -> SessionError {
    if PQstatus(handle) != CONNECTION_OK || result == nil { return lost }
    let (error, ends) = PostgresProblem.of(result)
    spoilt = spoilt || ends
    return error
  }

  private var lost: SessionError { .again(.unavailable("the connection to the server is lost: \(lastWords)")) }

  /// Of values that libpq doesn't take, such as more than 65 535; the connection is given up with its pipeline.
  private var sendingProblem: SessionError {
    if isLost { return lost }
    spoilt = true
    return .down(.statement(lastWords))
  }
}

extension PostgresConnection {
  /// Sends rows in the form of `COPY … FROM STDIN`.
  func copy(_ sql: String, _ text: (_ write: ([UInt8]) throws(SessionError) -> Void) throws(SessionError) -> Void)
    throws(SessionError)
  {
    let start = PQexec(handle, sql)
    defer { PQclear(start) }
    guard PQresultStatus(start) == PGRES_COPY_IN else { throw problem(start) }
    try text { bytes throws(SessionError) in
      let sent = bytes.withUnsafeBytes {
        PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: $0.count))
      }
      guard sent == 1 else { throw lost }
    }
    guard PQputCopyEnd(handle, nil) == 1 else { throw lost }
    var failure: SessionError?
    while let result = PQgetResult(handle) {
      if !Self.isGood(result) { failure = failure ?? problem(result) }
      PQclear(result)
    }
    if let failure { throw failure }
  }
}
