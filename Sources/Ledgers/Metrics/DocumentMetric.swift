import Notation
import Rules

/// Documents of a year: which there are, which of what they have to say is in them (`document.<id>`).
public enum DocumentMetric {
  public static let parameters = ["contents", "count", "entries", "filed"]
  public static let counts = ["issues", "schools", "schools-without", "missing"]

  public static func reading(of id: String, _ scope: MetricScope) -> MetricReading {
    guard let asked = scope.year.asked.first(where: { $0.id == id }) else {
      return .unknown([Message("ledger.missing.document", ["id": .text(id)])])
    }
    let shelf = DocumentShelf(asked, scope)
    switch scope.need.kind {
    case .boolean: return shelf.isThere
    case .number: return shelf.counted(scope.with.words("count")?.first)
    case .names(let entries): return shelf.lacking(entries)
    default: return .unknown([Message("ledger.missing.document", ["id": .text(id)])])
    }
  }
}

/// The copies of one document at the schools that owe it.
private struct DocumentShelf {
  let asked: AskedDocument
  let scope: MetricScope
  let owners: [LedgerSchool]
  let wanted: [String]

  init(_ asked: AskedDocument, _ scope: MetricScope) {
    self.asked = asked
    self.scope = scope
    let all = asked.owners(among: scope.year.schools)
    // What the group or its lead school has, every school's sheet may ask about.
    let own = all.filter { $0.id == scope.school }
    owners = scope.school == nil || own.isEmpty ? all : own
    wanted = scope.with.words("contents") ?? []
  }

  private func copies(of owner: LedgerSchool, _ document: AskedDocument? = nil) -> [LedgerRecord] {
    scope.year.counting("documents").filter { row in
      row.school == owner.id && (document ?? asked).holds(row, in: scope.year.days)
        && (scope.with.flag("filed") == true ? row.day("filed") != nil : true)
    }
  }

  /// Whether an owner's copies together say all that is wanted.
  private func has(_ owner: LedgerSchool) -> Bool {
    let copies = copies(of: owner)
    let said = Set(copies.flatMap { $0.words("contents") })
    return !copies.isEmpty && wanted.allSatisfy(said.contains)
  }

  private func reading(_ fact: Fact, lacking: [LedgerSchool]) -> MetricReading {
    // Only a school that said its documents are complete has none where none stands.
    let unsaid = scope.year.unsaid("documents", by: lacking.map(\.id), nil)
    let rows = owners.flatMap { copies(of: $0) }.map(\.id)
    var reading = MetricReading(value: unsaid.isEmpty ? fact : nil)
    reading.soFar = unsaid.isEmpty ? nil : fact
    reading.rows = rows
    reading.missing = unsaid
    reading.how = lacking.map {
      Message("ledger.how.document", ["school": .text($0.name), "document": .text(asked.title)])
    }
    return reading
  }

  var isThere: MetricReading {
    guard !owners.isEmpty else { return .unknown([Message("ledger.missing.owner")]) }
    let lacking = owners.filter { !has($0) }
    return reading(.boolean(lacking.isEmpty), lacking: lacking)
  }

  func counted(_ what: String?) -> MetricReading {
    guard !owners.isEmpty else { return .unknown([Message("ledger.missing.owner")]) }
    let lacking = owners.filter { !has($0) }
    switch what ?? (asked.of == .members || asked.of == .schools ? "schools" : "issues") {
    case "schools": return reading(.number(Exact(owners.count - lacking.count)), lacking: lacking)
    case "schools-without": return reading(.number(Exact(lacking.count)), lacking: lacking)
    case "missing":
      // Each thing a document has to say is a document of its own here; without any, the document itself.
      let contents = wanted.isEmpty ? asked.contents.map(\.id) : wanted
      let missing = owners.map { owner -> Int in
        let said = Set(copies(of: owner).flatMap { $0.words("contents") })
        if contents.isEmpty { return copies(of: owner).isEmpty ? 1 : 0 }
        return contents.count { !said.contains($0) }
      }
      let short = zip(owners, missing).filter { $1 > 0 }.map(\.0)
      return reading(.number(Exact(missing.reduce(0, +))), lacking: short)
    default:
      let rows = owners.flatMap { copies(of: $0) }
      var reading = reading(.number(Exact(AskedDocument.issues(rows))), lacking: rows.isEmpty ? owners : [])
      let unsaid = scope.year.unsaid("documents", by: owners.map(\.id), nil)
      reading.mayRise = reading.value != nil && !unsaid.isEmpty
      return reading
    }
  }

  /// An entry is there where the document it is named after is (`entries` says which, and which of its contents).
  func lacking(_ entries: [String]) -> MetricReading {
    var rows: [ID] = []
    var absent: Set<LedgerSchool> = []
    var unknown: [Message] = []
    let lacking = entries.filter { entry in
      let path = scope.with.entry(entry) ?? (entry == asked.id ? asked.id : "\(asked.id)/\(entry)")
      let words = path.split(separator: "/", maxSplits: 1).map(String.init)
      guard let document = scope.year.asked.first(where: { $0.id == words.first }) else {
        unknown.append(Message("ledger.missing.document", ["id": .text(path)]))
        return false
      }
      let owners = document.owners(among: scope.year.schools)
      guard !owners.isEmpty else {
        unknown.append(Message("ledger.missing.owner"))
        return false
      }
      let without = owners.filter { owner in
        let copies = copies(of: owner, document)
        let shown = copies.filter { row in words.count < 2 || row.words("contents").contains(words[1]) }
        rows += shown.map(\.id).filter { !rows.contains($0) }
        return shown.isEmpty
      }
      absent.formUnion(without)
      return !without.isEmpty
    }
    guard unknown.isEmpty else { return .unknown(unknown) }
    var reading = reading(.names(lacking), lacking: absent.sorted { $0.id < $1.id })
    reading.rows = rows
    return reading
  }
}
