public import Notation
import Policies

/// The last days of a cycle's stages as its authority sets them before it opens.
public struct OpeningDays: Sendable {
  /// As the policy has them.
  public let stages: [CycleStage]
  /// By stage, in place of the policy's; a stage that isn't in it has none.
  public let dues: [String: Day]
  /// Stages that are to have no last day, knowingly.
  public let open: Set<String>

  public init(stages: [CycleStage], dues: [String: Day], open: Set<String>) {
    self.stages = stages
    self.dues = dues
    self.open = open
  }

  /// The policy's own days.
  public init(_ stages: [CycleStage]) {
    self.init(
      stages: stages,
      dues: Dictionary(uniqueKeysWithValues: stages.compactMap { stage in stage.due.map { (stage.id, $0) } }),
      open: [])
  }

  /// What stands against them, all at once: a stage nobody has thought of, a day before that of a stage which comes first.
  public var faults: [Message] {
    var faults: [Message] = []
    var latest: (stage: CycleStage, day: Day)?
    for stage in stages where stage.asksDay {
      let title = Message.Part.text(stage.title)
      guard let day = dues[stage.id] else {
        if !open.contains(stage.id) { faults.append(Message("opening.noDay", ["stage": title])) }
        continue
      }
      if open.contains(stage.id) { faults.append(Message("opening.dayAndOpen", ["stage": title])) }
      if let opens = stage.opens, day < opens {
        faults.append(
          Message("opening.beforeOpens", ["stage": title, "day": .text(day.text), "opens": .text(opens.text)]))
      }
      guard stage.holdsUp else { continue }
      if let latest, day < latest.day {
        faults.append(
          Message(
            "opening.dayOrder",
            [
              "stage": title, "day": .text(day.text), "before": .text(latest.stage.title),
              "last": .text(latest.day.text),
            ]))
      } else {
        latest = (stage, day)
      }
    }
    return faults
  }
}

extension CycleStage {
  /// Whether it has a last day of its own; a window for objections is reckoned from the announcement.
  public var asksDay: Bool { kind != .objection }

  /// Whether the groups wait for it; reports and members' sheets go on beside.
  var holdsUp: Bool { kind != .report && kind != .members && kind != .objection }
}
