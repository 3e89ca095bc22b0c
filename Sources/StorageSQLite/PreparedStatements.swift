import GRDB
import GRDBSQLite
import Storage

/// The statements of one connection with what they ask for and answer, found once: SQLite looks a parameter's name up
/// among all of them every time.
final class PreparedStatements {
  struct Prepared {
    /// Kept, so that the handle stays valid.
    private let statement: Statement
    let handle: OpaquePointer
    /// For each parameter the place of its value.
    let places: [Int]
    let columns: Storage.Row.Columns

    init(_ statement: Statement) throws(SessionError) {
      self.statement = statement
      handle = statement.sqliteStatement
      var places: [Int] = []
      for place in stride(from: Int32(1), through: sqlite3_bind_parameter_count(handle), by: 1) {
        guard let name = sqlite3_bind_parameter_name(handle, place), name[0] == CChar(UInt8(ascii: "$")),
          let number = Int(String(cString: name + 1)), number > 0
        else { throw .refused(.statement("parameters are written $1, $2, … and each has its value")) }
        places.append(number - 1)
      }
      self.places = places
      columns = Storage.Row.Columns(
        (0..<sqlite3_column_count(handle)).map { String(cString: sqlite3_column_name(statement.sqliteStatement, $0)) })
    }

    /// How many values are used.
    var count: Int { (places.max() ?? -1) + 1 }
  }

  private var known: [String: Prepared] = [:]
  static let most = 500

  func forget() { known = [:] }

  func prepared(_ sql: String, on connection: GRDB.Database) throws(SessionError) -> Prepared {
    if let found = known[sql] { return found }
    let statement: Statement
    do { statement = try connection.makeStatement(sql: sql) } catch { throw SQLiteProblem.of(error) }
    let prepared = try Prepared(statement)
    if known.count >= Self.most { known = [:] }
    known[sql] = prepared
    return prepared
  }
}
