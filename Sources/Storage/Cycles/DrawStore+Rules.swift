public import Cycles
public import Notation

extension DrawStore {
  /// Fixes among whom is drawn, where the seed will come from, how many digits it has, and from which day on. It can't be taken back.
  ///
  /// Throws `CycleFault`. The caller has found that the actor's office runs the cycle.
  public static func announce(
    _ frame: DrawFrame, source: String?, digits: Int?, day: Day?, for stage: CycleStage, of cycle: StoredCycle,
    at now: Instant,
    by actor: Actor, _ transaction: any Transaction
  ) throws {
    guard stage.draw != nil else { throw CycleFault.conflict("draw.fault.none") }
    if try draw(authority: cycle.authority, cycle: cycle.id, stage: stage.id, transaction) != nil {
      throw CycleFault.conflict("draw.fault.announced")
    }
    let faults = DrawTerms.faults(source: source, digits: digits, day: day, frame: frame, at: now)
    guard faults.isEmpty, let source, let digits, let day else { throw CycleFault(faults) }
    try announce(
      frame.entries, for: stage.id, of: cycle, seedFrom: source, digits: digits, on: day, at: now, by: actor,
      transaction)
  }

  /// Draws with a seed on the announced day or later, and opens the sheets of those chosen. The same seed again changes
  /// nothing; another is refused.
  ///
  /// Throws `CycleFault`. The caller has found that the actor's office runs the cycle.
  public static func draw(
    seed typed: String?, for stage: CycleStage, of cycle: StoredCycle, at now: Instant, by actor: Actor, ids: IDMaker,
    _ transaction: any Transaction
  ) throws {
    guard let announced = try draw(authority: cycle.authority, cycle: cycle.id, stage: stage.id, transaction),
      stage.draw != nil
    else { throw CycleFault.conflict("draw.fault.notAnnounced") }
    guard let seed = typed.flatMap({ DrawTerms.seed($0, digits: announced.digits) }) else {
      throw CycleFault.invalid("draw.fault.seed", ["digits": .count(announced.digits)])
    }
    if let drawn = announced.drawn {
      guard drawn.seed == seed else { throw CycleFault.conflict("draw.fault.otherSeed", ["seed": .text(drawn.seed)]) }
      return
    }
    guard now >= Instant(startOf: announced.day) else {
      throw CycleFault.conflict("draw.fault.early", ["day": .text(announced.day.text)])
    }
    try draw(
      announced.frame.entries, seed: seed, for: stage, of: cycle, at: now, by: actor, ids: ids, transaction)
  }
}
