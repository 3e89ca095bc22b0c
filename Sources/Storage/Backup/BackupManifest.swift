public import Notation

/// What a backup holds: tables with their rows, files with their hashes, and of which release it is.
public struct BackupManifest: Sendable, Hashable {
  public struct Table: Sendable, Hashable {
    public let name: String
    public let columns: [String]
    public let rows: Int
    /// SHA-256 of the table's file.
    public let hash: String

    var path: String { "tables/\(name).jsonl" }
  }

  static let form = 1

  public let at: Instant
  public let engine: Engine
  /// The hashes of the migrations, in order: the schema.
  public let migrations: [String]
  public let tables: [Table]
  /// Evidence by its hash.
  public let files: [String]
  /// Bytes.
  public let fileSize: Int64

  public var rows: Int { tables.reduce(0) { $0 + $1.rows } }

  var text: String {
    JSONText.object([
      ("form", .number(Self.form)), ("at", .text(LocalTime(at).text)), ("milliseconds", .raw(String(at.milliseconds))),
      ("engine", .text(engine.rawValue)), ("migrations", .texts(migrations)),
      (
        "tables",
        .list(
          tables.map {
            .object([
              ("name", .text($0.name)), ("rows", .number($0.rows)), ("sha256", .text($0.hash)),
              ("columns", .texts($0.columns)),
            ])
          })
      ),
      ("fileSize", .raw(String(fileSize))), ("files", .texts(files)),
    ]).text + "\n"
  }

  init(
    at: Instant, engine: Engine, migrations: [String], tables: [Table], files: [String], fileSize: Int64
  ) {
    self.at = at
    self.engine = engine
    self.migrations = migrations
    self.tables = tables
    self.files = files
    self.fileSize = fileSize
  }

  /// Nil where the text is no manifest of ours, or one of a later form.
  init?(_ text: [UInt8]) {
    guard let root = try? JSON.read(text, file: ""), root["form"]?.integer == Self.form,
      let at = root["milliseconds"]?.integer, let engine = root["engine"]?.text.flatMap({ Engine(rawValue: $0) }),
      let migrations = root["migrations"]?.texts(), let tables = root["tables"]?.list,
      let fileSize = root["fileSize"]?.integer
    else { return nil }
    self.at = Instant(milliseconds: Int64(at))
    self.engine = engine
    self.migrations = migrations
    self.tables = tables.compactMap { node in
      guard let name = node["name"]?.text, KeptTable.names.contains(name), let rows = node["rows"]?.integer,
        let hash = node["sha256"]?.text, let columns = node["columns"]?.texts()
      else { return nil }
      return Table(name: name, columns: columns, rows: rows, hash: hash)
    }
    guard self.tables.count == tables.count else { return nil }
    files = root["files"]?.texts() ?? []
    self.fileSize = Int64(fileSize)
  }

  /// Throws `BackupRefusal` naming the tables of the backup's own schema that it lacks or holds twice. Of a schema that
  /// this program doesn't know nothing can be said; it isn't restored anyway.
  func refuseGaps() throws(BackupRefusal) {
    let known = Migration.all.prefix(migrations.count)
    guard known.map(\.hash) == migrations else { return }
    let names = KeptTable.names(of: Array(known))
    let there = tables.map(\.name)
    let wrong = names.filter { !there.contains($0) } + Set(there.filter { !names.contains($0) }).sorted()
    guard wrong.isEmpty, there.count == names.count else {
      let twice = names.filter { name in there.count(where: { $0 == name }) > 1 }
      throw BackupRefusal("backup.tables", ["tables": .names(wrong + twice)])
    }
  }
}

/// Why a backup can't be made or used.
public struct BackupRefusal: Error, Sendable, Hashable {
  public let message: Message

  init(_ key: String, _ parts: [String: Message.Part] = [:]) { message = Message(key, parts) }
}
