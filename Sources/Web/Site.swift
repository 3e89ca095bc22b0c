public import Logging
public import Notation
public import People
public import Storage

/// What every request shares: the database, the clock, words and templates. A value; state lives in the database.
public struct Site: Sendable {
  public let database: any Database
  public let settings: Settings
  let pages: Pages
  let texts: Texts
  let assets: AssetShelf
  public let log: Logger
  /// The moment, asked for once a request.
  public let clock: @Sendable () -> Instant
  let ids: IDMaker
  let counters: Counters
  let editions = PolicyEditions()
  let overviews = OverviewShelf()
  let taskCounts = TaskCounts()
  let gates = MarkGates()
  let policies = PolicyShelf()
  let workroom = Workroom()
  let places = CommentPlaces()
  let uploads = Uploads()
  let published = EditionShelf()
  let entrance: Entrance
  let evidence: any EvidenceFiles
  private let groupWords: GroupWords

  /// Throws where templates, texts or assets can't be read, or the folder of evidence can't be made.
  public init(
    database: any Database, settings: Settings, log: Logger, ids: IDMaker, clock: @escaping @Sendable () -> Instant
  ) async throws {
    try self.init(
      database: database, settings: settings, log: log, ids: ids, clock: clock, stock: try await PageStock())
  }

  init(
    database: any Database, settings: Settings, log: Logger, ids: IDMaker, clock: @escaping @Sendable () -> Instant,
    stock: PageStock
  ) throws {
    self.database = database
    self.settings = settings
    self.log = log
    self.ids = ids
    self.clock = clock
    (texts, assets, pages) = (stock.texts, stock.assets, stock.pages)
    groupWords = GroupWords(texts: stock.texts, folder: settings.policyFolder)
    counters = Counters()
    evidence = try FolderFiles(folder: settings.evidenceFolder, now: clock())
    entrance = Entrance(database: database, hasher: PasswordHasher(), terms: settings.session)
  }

  /// Reads beforehand what every page needs.
  ///
  /// Throws `DatabaseError`.
  public func warm() async throws {
    let editions = editions
    try await database.read { try editions.warm($0) }
  }

  func words(_ language: String?) -> Catalogue { texts.catalogue(language ?? "zh-CN") }

  /// The same with the word for groups of the place where somebody works.
  func words(_ language: String?, at code: String?) -> Catalogue {
    groupWords.catalogue(language ?? "zh-CN", at: code)
  }

  /// The same with a word that is known already; empty: the usual one.
  func words(_ language: String?, calling word: String) -> Catalogue {
    groupWords.catalogue(language ?? "zh-CN", calling: word)
  }

  func newID(_ now: Instant) -> ID { ids.next(at: now) }
}

/// What whoever runs the program decides.
public struct Settings: Sendable {
  /// Whether it stands behind a proxy whose `X-Forwarded-For` names the visitor.
  public var trustsProxy = false
  /// `https://junheng.example.cn`: the address people write, where it is known. Links that leave the site carry it, and
  /// forms come from there; nil: as each request says.
  public var origin: String?
  /// How long sessions last.
  public var session = SessionTerms()
  /// Where evidence is kept.
  public var evidenceFolder: String
  /// Bytes of evidence that a group may add in a year's cycle.
  public var evidenceQuota = EvidenceQuota.usual
  /// The folder of policies to open cycles from.
  public var policyFolder: String
  /// Who takes mail to a server; nil: what is told is told inside only.
  public var carrier: (any Carrier)?

  public init(evidenceFolder: String, policyFolder: String) {
    self.evidenceFolder = evidenceFolder
    self.policyFolder = policyFolder
  }

  /// Whether it is an address as `origin` wants it: a scheme, a host in ASCII and perhaps a port, nothing behind.
  public static func isOrigin(_ text: String) -> Bool {
    text.wholeMatch(of: /https?:\/\/([A-Za-z0-9]([A-Za-z0-9.\-]{0,252})|\[[0-9a-f:]{2,45}\])(:[0-9]{1,5})?/) != nil
  }
}
