import GRDBSQLite
import Storage

/// Values to and from a statement.
enum SQLiteValue {
  /// SQLite makes a copy before the call returns.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  static func bind(_ value: Value, to statement: OpaquePointer, at place: Int32) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, place)
    case .integer(let integer): return sqlite3_bind_int64(statement, place, integer)
    case .text(var text):
      return text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          // Without an address SQLite would bind null.
          sqlite3_bind_text64(
            statement, place, characters.baseAddress ?? UnsafePointer(bitPattern: 1), UInt64(characters.count), copied,
            UInt8(SQLITE_UTF8))
        }
      }
    case .bytes(let bytes):
      if bytes.isEmpty { return sqlite3_bind_zeroblob(statement, place, 0) }
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob64(statement, place, $0.baseAddress, UInt64($0.count), copied)
      }
    }
  }

  static func read(_ statement: OpaquePointer, _ column: Int32) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_NULL: return .null
    case SQLITE_BLOB:
      guard let start = sqlite3_column_blob(statement, column) else { return .bytes([]) }
      return .bytes(
        Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))))
    default:
      guard let start = sqlite3_column_text(statement, column) else { return .text("") }
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
      return .text(String(decoding: bytes, as: UTF8.self))
    }
  }
}
