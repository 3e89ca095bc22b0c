/// Activities, honours, what is told about the group, what went wrong. No pupil is named anywhere: an award of pupils
/// has no field for one.
extension LedgerKinds {
  static let life = [activities, incidents]
  static let honours = [awards, baselines, publicity]

  static let activities = LedgerKind(
    "activities", .group, .day,
    [
      day, kind("activity", ["culture", "sports", "art", "practice", "moral-exchange", "pupils", "other"]), title,
      takingPart, LedgerField("withPupils", .flag, required: true), LedgerField("withTeachers", .flag, required: true),
      LedgerField("people", .count), remark,
    ])

  static let incidents = LedgerKind(
    "incidents", .school, .day,
    [
      day, kind("incident", ["disaster", "security", "health", "opinion", "other"]), title,
      LedgerField(
        "gravity", .word(LedgerWords("gravity", ["minor", "serious", "major"])), required: true),
      LedgerField("held", .flag, required: true), LedgerField("number", .text(60)), remark,
    ])

  /// Of whom an award is.
  public static let honoured = LedgerWords("honoured", ["teachers", "managers", "pupils", "school", "group"])

  static let awards = LedgerKind(
    "awards", .school, .day,
    [
      day, LedgerField("of", .word(honoured), required: true), level,
      kind(
        "award",
        ["lesson", "skills", "paper", "title", "competition", "feature", "model", "achievement", "honour", "other"]),
      title, LedgerField("topic", .text(60)), LedgerField("issuer", .text(60)), remark,
    ])

  /// How many awards there were in the year that growth is counted from.
  static let baselines = LedgerKind(
    "baselines", .school, .standing, unique: ["baseYear", "of", "level"],
    [
      LedgerField("baseYear", .count, required: true), LedgerField("of", .word(honoured), required: true), level,
      LedgerField("awards", .count, required: true), remark,
    ])

  static let publicity = LedgerKind(
    "publicity", .group, .day,
    [
      day, kind("publicity", ["media", "experience"]), level, LedgerField("outlet", .text(60), required: true), title,
      LedgerField("topic", .text(60)), remark,
    ])
}
