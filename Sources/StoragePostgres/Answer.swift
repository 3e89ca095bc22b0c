import CLibPQ
import Storage

/// What the server answered to one statement, read and let go.
struct Answer {
  let rows: [Row]
  /// Rows that were changed.
  let count: Int
  /// The statement's own word for what it did, such as `COMMIT`.
  let word: String

  /// `shape` is taken over from an earlier answer to the same statement.
  init(_ result: OpaquePointer, shape: Shape?) {
    word = String(cString: PQcmdStatus(result))
    count = word.hasPrefix("SELECT") ? 0 : Int(String(cString: PQcmdTuples(result))) ?? 0
    let shape = shape ?? Shape(result)
    let columns = Int32(shape.types.count)
    rows = (0..<PQntuples(result)).map { row in
      Row(
        columns: shape.columns,
        values: (0..<columns).map { Answer.value(result, row, $0, shape.types[Int($0)]) })
    }
  }

  /// The columns of an answer and the server's numbers of their types.
  struct Shape {
    let columns: Row.Columns
    let types: [Oid]

    init(_ result: OpaquePointer) {
      let places = 0..<PQnfields(result)
      columns = Row.Columns(places.map { String(cString: PQfname(result, $0)) })
      types = places.map { PQftype(result, $0) }
    }
  }

  private static func value(_ result: OpaquePointer, _ row: Int32, _ column: Int32, _ type: Oid) -> Value {
    if PQgetisnull(result, row, column) == 1 { return .null }
    guard let start = PQgetvalue(result, row, column) else { return .null }
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, row, column)))
    func text() -> String { String(decoding: bytes, as: UTF8.self) }
    switch type {
    case 16: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
    case 17: return .bytes(unhexed(bytes.dropFirst(2)))
    // int8, int2, int4, oid; and numeric, as which sums of whole numbers come.
    case 20, 21, 23, 26, 1700:
      let text = text()
      return Int64(text).map { .integer($0) } ?? .text(text)
    default: return .text(text())
    }
  }

  private static func unhexed(_ digits: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    func half(_ digit: UInt8) -> UInt8 {
      digit <= UInt8(ascii: "9") ? digit &- UInt8(ascii: "0") : digit &- UInt8(ascii: "a") &+ 10
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var high: UInt8?
    for digit in digits {
      if let first = high {
        bytes.append(first << 4 | half(digit))
        high = nil
      } else {
        high = half(digit)
      }
    }
    return bytes
  }
}
