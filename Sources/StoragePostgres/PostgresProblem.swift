import CLibPQ
import Storage

/// PostgreSQL's errors in the kinds a caller treats differently.
enum PostgresProblem {
  /// `ends`: the connection is of no more use.
  static func of(_ result: OpaquePointer?) -> (error: SessionError, ends: Bool) {
    let state = result.flatMap { PQresultErrorField($0, 67) }.map { String(cString: $0) } ?? ""
    let reason = result.flatMap { PQresultErrorField($0, 77) }.map { String(cString: $0) }
    return of(state, reason ?? "PostgreSQL error \(state)")
  }

  /// Of a five-letter SQLSTATE.
  static func of(_ state: String, _ reason: String) -> (error: SessionError, ends: Bool) {
    switch state {
    // The server is going down; it may be back at once.
    case "57P01", "57P02": (.again(.unavailable(reason)), true)
    // A prepared statement from before a change of the schema, or one that a pooler gave away.
    case "0A000" where reason.contains("cached plan"): (.again(.unavailable(reason)), true)
    case "26000": (.again(.unavailable(reason)), true)
    // Two programs crossed each other's way, or one kept the other waiting.
    case "40001", "40P01", "55P03": (.again(.unavailable(reason)), false)
    default: (ofStatement(state, reason), false)
    }
  }

  private static func ofStatement(_ state: String, _ reason: String) -> SessionError {
    switch state {
    case "23505": return .refused(.constraint("unique"))
    case "23503": return .refused(.constraint("foreign key"))
    case "23514": return .refused(.constraint("check"))
    case "23502": return .refused(.constraint("not null"))
    default: break
    }
    switch state.prefix(2) {
    case "23": return .refused(.constraint(reason))
    // No connection, no room, cancelled, out of order.
    case "08", "53", "57", "58", "XX", "55": return .down(.unavailable(reason))
    default: return .refused(.statement(reason))
    }
  }
}
