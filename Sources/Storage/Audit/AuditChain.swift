import Notation
import Synchronization

/// The append-only, hash-chained record of what was changed: a chain for each authority.
public enum AuditChain {
  /// Writes the entries of a commit to the ends of their chains. Chains are taken in order of their ids, so that two
  /// programs never wait for each other.
  static func append(_ entries: [AuditEntry], on session: some Session) throws(SessionError) {
    guard !entries.isEmpty else { return }
    // An import has them by the hundred thousand: they stay where they are, and rows are made as they are written.
    let chains = Dictionary(grouping: entries.indices) { entries[$0].authority }
    let order = chains.keys.sorted()
    var ends: [[Value]] = []
    var rows: [[Value]] = []
    let columns = AuditRow.columns + ["hash"]
    func write() throws(SessionError) {
      try eachPart(of: rows) { part throws(SessionError) in
        try session.runLater(
          """
          INSERT INTO audit (\(columns.joined(separator: ", ")))
          VALUES \(places(rows: part.count, columns: columns.count))
          """, part.flatMap(\.self))
      }
      rows.removeAll(keepingCapacity: true)
    }
    let heads = try heads(of: order, on: session)
    for authority in order {
      guard var (number, hash) = heads[authority] else {
        throw .refused(.statement("the audit chain of \(authority) has no end"))
      }
      for place in chains[authority] ?? [] {
        var row = AuditRow(entries[place])
        number += 1
        row.take(number)
        hash = row.hash(after: hash)
        rows.append(row.values + [.text(hash)])
        if rows.count == mostRows { try write() }
      }
      ends.append([.id(authority), .integer(number), .text(hash)])
    }
    try write()
    try eachPart(of: ends) { part throws(SessionError) in
      try session.runLater(
        """
        INSERT INTO audit_head (authority, number, hash)
        VALUES \(places(rows: part.count, columns: 3))
        ON CONFLICT (authority) DO UPDATE SET number = excluded.number, hash = excluded.hash
        """, part.flatMap(\.self))
    }
  }

  /// Where the chains end now; nobody else adds to them until the commit.
  private static func heads(
    of authorities: [ID], on session: some Session
  ) throws(SessionError) -> [ID: (number: Int64, hash: String)] {
    var heads: [ID: (number: Int64, hash: String)] = [:]
    try eachPart(of: authorities) { part throws(SessionError) in
      let places = (1...part.count).map { "($\($0), 0, '')" }.joined(separator: ", ")
      let rows = try session.rows(
        """
        INSERT INTO audit_head (authority, number, hash)
        VALUES \(places)
        ON CONFLICT (authority) DO UPDATE SET number = audit_head.number
        RETURNING authority, number, hash
        """, part.map { .id($0) })
      for row in rows {
        guard let authority = try? row.id("authority"), let number = try? row.integer("number"),
          let hash = try? row.text("hash")
        else { continue }
        heads[authority] = (number, hash)
      }
    }
    return heads
  }

  private static let mostRows = 64

  /// By powers of two up to 64, so that few texts of SQL are enough for any number of rows.
  static func eachPart<T>(of items: [T], _ body: ([T]) throws(SessionError) -> Void) throws(SessionError) {
    var start = 0
    while start < items.count {
      let left = items.count - start
      let size = left >= mostRows ? mostRows : 1 << (Int.bitWidth - 1 - left.leadingZeroBitCount)
      try body(Array(items[start..<start + size]))
      start += size
    }
  }

  /// Places for so many rows, as a statement writes them.
  static func places(rows: Int, columns: Int) -> String {
    let key = Size(rows: rows, columns: columns)
    if let known = known.withLock({ $0[key] }) { return known }
    let made = written(rows: rows, columns: columns)
    known.withLock { known in
      if known.count < 200 { known[key] = made }
    }
    return made
  }

  private struct Size: Hashable {
    let rows: Int
    let columns: Int
  }

  /// The same few sizes are asked for again and again.
  private static let known = Mutex<[Size: String]>([:])

  private static func written(rows: Int, columns: Int) -> String {
    (0..<rows).map { row in
      "(" + (1...columns).map { "$\(row * columns + $0)" }.joined(separator: ", ") + ")"
    }.joined(separator: ", ")
  }
}
