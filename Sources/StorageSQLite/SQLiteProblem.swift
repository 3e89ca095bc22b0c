import GRDB
import Storage

/// SQLite's errors in the kinds a caller treats differently.
enum SQLiteProblem {
  /// The last error of a connection.
  static func of(_ connection: GRDB.Database) -> SessionError {
    let code = ResultCode(rawValue: connection.lastErrorCode.rawValue)
    return of(code, connection.lastErrorMessage ?? "SQLite error \(code.rawValue)")
  }

  static func of(_ error: any Error) -> SessionError {
    guard let error = error as? GRDB.DatabaseError else { return .refused(.statement("\(error)")) }
    return of(error.extendedResultCode, error.message ?? error.description)
  }

  /// Of what keeps a connection from being had, such as a file that was closed.
  static func opening(_ error: any Error) -> Storage.DatabaseError {
    let reason = of(error).error.reason
    return (error as? GRDB.DatabaseError)?.resultCode == .SQLITE_NOTADB ? .statement(reason) : .unavailable(reason)
  }

  private static func of(_ code: ResultCode, _ reason: String) -> SessionError {
    switch code {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
      return .refused(.constraint("unique"))
    case .SQLITE_CONSTRAINT_FOREIGNKEY: return .refused(.constraint("foreign key"))
    case .SQLITE_CONSTRAINT_CHECK: return .refused(.constraint("check"))
    case .SQLITE_CONSTRAINT_NOTNULL: return .refused(.constraint("not null"))
    default: break
    }
    switch code.primaryResultCode {
    case .SQLITE_CONSTRAINT: return .refused(.constraint(reason))
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM, .SQLITE_PROTOCOL,
      .SQLITE_INTERRUPT:
      return .down(.unavailable(reason))
    default: return .refused(.statement(reason))
    }
  }
}

extension Storage.DatabaseError {
  var reason: String {
    switch self {
    case .unavailable(let reason), .constraint(let reason), .statement(let reason): reason
    }
  }
}
