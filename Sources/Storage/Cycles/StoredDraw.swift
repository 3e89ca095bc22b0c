public import Cycles
public import Notation

/// A draw as it was announced, and as it was drawn.
public struct StoredDraw: Sendable {
  public let stage: String
  public let frame: DrawFrame
  /// Where the seed comes from, in words, told before anybody can know it.
  public let seedSource: String
  /// How many digits the seed has.
  public let digits: Int
  /// The first day on which it may be drawn.
  public let day: Day
  public let announcedAt: Instant
  public let announcedBy: String?
  /// Nil until it is drawn.
  public let drawn: Drawn?

  public struct Drawn: Sendable {
    public let seed: String
    /// In the order of the draw.
    public let chosen: [ID]
    public let at: Instant
    public let by: String?
  }
}

extension DrawStore {
  /// The draw of a stage, for whoever asks: it is public from its announcement on. Nil: not announced.
  public static func draw(
    authority: ID, cycle: ID, stage: String, _ transaction: any Transaction
  ) throws -> StoredDraw? {
    guard
      let row = try transaction.row(
        """
        SELECT d.*, n.name AS announcer, w.name AS drawer
        FROM draw d
        LEFT JOIN account n ON n.id = d.announced_by
        LEFT JOIN account w ON w.id = d.drawn_by
        WHERE d.authority = $1 AND d.cycle = $2 AND d.stage = $3
        """, [.id(authority), .id(cycle), .text(stage)])
    else { return nil }
    guard let frame = DrawFrame(text: try row.text("frame")), frame.hash == (try row.text("frame_hash")),
      let day = try row.optionalDay("draw_on")
    else { throw DatabaseError.statement("the draw of \(stage) in cycle \(cycle) has a frame that isn't its own") }
    var drawn: StoredDraw.Drawn?
    if let at = try row.optionalInstant("drawn_at") {
      let list = try JSON.read(Array(try row.text("chosen").utf8), file: "draw").list ?? []
      drawn = StoredDraw.Drawn(
        seed: try row.text("seed"), chosen: list.compactMap { $0.text.flatMap { ID($0) } }, at: at,
        by: try row.optionalText("drawer"))
    }
    return StoredDraw(
      stage: stage, frame: frame, seedSource: try row.text("seed_source"), digits: try row.int("seed_digits"), day: day,
      announcedAt: try row.instant("announced_at"), announcedBy: try row.optionalText("announcer"), drawn: drawn)
  }

  /// The stages of a cycle that groups were drawn for, by id; public like the draws.
  public static func drawn(authority: ID, cycle: ID, _ transaction: any Transaction) throws -> [String] {
    try transaction.rows(
      """
      SELECT stage FROM draw
      WHERE authority = $1 AND cycle = $2 AND drawn_at IS NOT NULL
      ORDER BY drawn_at, stage
      """, [.id(authority), .id(cycle)]
    ).map { try $0.text("stage") }
  }

  /// The names of a cycle's groups with their districts, as an announcement tells them.
  public static func names(
    authority: ID, cycle: ID, _ transaction: any Transaction
  ) throws -> [ID: (name: String, district: String)] {
    let rows = try transaction.rows(
      """
      SELECT p.grp, p.name, d.name AS district FROM participant p JOIN authority d ON d.id = p.district
      WHERE p.authority = $1 AND p.cycle = $2
      """, [.id(authority), .id(cycle)])
    return try rows.reduce(into: [:]) { names, row in
      names[try row.id("grp")] = (try row.text("name"), try row.text("district"))
    }
  }
}
