public import Cycles
public import Notation
import Policies

/// How far the results of a cycle are: derived from what is recorded.
public struct YearState: Sendable, Hashable {
  public enum Phase: Sendable, Hashable {
    /// Nothing is confirmed yet.
    case open
    /// Edition 0 is frozen and not public.
    case confirmed
    case published
    /// Something is published, and a confirmation was taken back to put something right.
    case correcting
    /// Something is published, and a corrected draft is frozen.
    case corrected
  }

  public let confirmedAt: Instant?
  /// The latest published edition and when it was published.
  public let published: Int?
  public let publishedAt: Instant?
  /// Whether edition 0 is there.
  public let hasDraft: Bool
  /// Objections that nobody has answered.
  public let unanswered: Int
  /// Objections upheld since the confirmation in force: what they speak of is still to be put right.
  public let upheld: Int

  public init(
    confirmedAt: Instant?, published: Int?, publishedAt: Instant?, hasDraft: Bool, unanswered: Int, upheld: Int
  ) {
    self.confirmedAt = confirmedAt
    self.published = published
    self.publishedAt = publishedAt
    self.hasDraft = hasDraft
    self.unanswered = unanswered
    self.upheld = upheld
  }

  public var phase: Phase {
    switch (hasDraft, published != nil, confirmedAt != nil) {
    case (true, true, _): .corrected
    case (true, false, _): .confirmed
    case (false, true, true): .published
    case (false, true, false): .correcting
    case (false, false, _): .open
    }
  }

  /// The edition in hand: the draft where there is one, else the latest published.
  public var edition: Int? { hasDraft ? 0 : published }

  /// The window for objections in these stages; nil where there is none, or what it opens with hasn't happened.
  public func window(_ calendar: CycleCalendar, working: WorkingDays = WorkingDays()) -> ObjectionWindow? {
    guard let stage = calendar.stages.first(where: { $0.kind == .objection }) else { return nil }
    let isBefore = YearState.objectsBeforePublication(calendar)
    guard let announced = isBefore ? (published == nil ? confirmedAt : nil) : publishedAt else { return nil }
    return ObjectionWindow(
      stage, announced: announced, working: working,
      extended: calendar.holdingExtension(of: stage.id, group: nil)?.due)
  }

  /// Whether results are objected to before they are published; else afterwards.
  public static func objectsBeforePublication(_ calendar: CycleCalendar) -> Bool {
    guard let objection = calendar.stages.first(where: { $0.kind == .objection }) else { return false }
    let publication = calendar.stages.first { $0.kind == .publication }
    return publication.map { objection.position < $0.position } ?? true
  }

  /// Whether a lead school may see its own result that isn't public yet.
  public func showsOwn(_ calendar: CycleCalendar) -> Bool {
    phase == .confirmed && YearState.objectsBeforePublication(calendar)
  }

  /// What keeps the draft from being published, all at once; a correction waits for no window.
  public func obstacles(_ calendar: CycleCalendar, at now: Instant) -> [Message] {
    var obstacles: [Message] = []
    if !hasDraft { obstacles.append(Message("publishing.obstacle.draft")) }
    if phase == .confirmed, YearState.objectsBeforePublication(calendar), let window = window(calendar),
      !window.isOver(at: now)
    {
      obstacles.append(Message("publishing.obstacle.window", ["day": .text(window.lastDay.text)]))
    }
    if unanswered > 0 { obstacles.append(Message("publishing.obstacle.unanswered", ["count": .count(unanswered)])) }
    if upheld > 0 { obstacles.append(Message("publishing.obstacle.upheld", ["count": .count(upheld)])) }
    return obstacles
  }
}
