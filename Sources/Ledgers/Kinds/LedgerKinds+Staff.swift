/// Teachers and those who lead schools: exchange, posts, training.
extension LedgerKinds {
  static let staff = [staffing, exchange, managers, firstPosts, training, guidance]

  /// Head counts of the year that can't be summed from single records: a teacher trained twice is one teacher.
  static let staffing = LedgerKind(
    "staffing", .school, .year, unique: [],
    [
      LedgerField("teachers", .count, required: true), LedgerField("eligible", .count),
      LedgerField("backbone", .count), LedgerField("managers", .count), LedgerField("newTeachers", .count),
      LedgerField("trained", .count), LedgerField("jointTrained", .count), LedgerField("researching", .count),
      LedgerField("resourceUsers", .count), LedgerField("newManagers", .count), LedgerField("newManagersMoved", .count),
      LedgerField("subjects", .words(.subjects)), LedgerField("sent", .count), LedgerField("received", .count),
    ])

  static let exchange = LedgerKind(
    "exchange", .school, .span,
    [
      LedgerField("teacher", .teacher, required: true), LedgerField("host", .school, required: true),
      LedgerField(
        "way",
        .word(
          LedgerWords("way", ["rotation", "walk-teaching", "part-time", "delivery", "online", "mentoring", "aid"])),
        required: true), LedgerField("fullTime", .flag, required: true), LedgerField("backbone", .flag, required: true),
      subject,
    ] + span + [remark])

  /// Those who lead sent to another school (选派管理人员): resolved by the lead school's party organisation, filed with both
  /// superiors, appraised jointly.
  static let managers = LedgerKind(
    "managers", .school, .span,
    [
      LedgerField("teacher", .teacher, required: true), LedgerField("host", .school, required: true),
      LedgerField(
        "rank", .word(LedgerWords("rank", ["executive", "principal", "vice-principal", "middle"])), required: true),
    ] + span + [
      LedgerField("resolved", .day), LedgerField("filedHome", .day), LedgerField("filedHost", .day),
      LedgerField("appraised", .day), remark,
    ])

  /// New teachers who begin at the lead school (首站式培养).
  static let firstPosts = LedgerKind(
    "firstPosts", .school, .span,
    [
      LedgerField("teacher", .teacher, required: true), LedgerField("host", .school, required: true), subject,
      LedgerField("mentor", .text(30), person: true),
    ] + span + [remark])

  static let training = LedgerKind(
    "training", .group, .day,
    [
      day,
      kind(
        "training",
        [
          "rotation", "ethics", "basic-skills", "moral", "classroom", "design", "experiment", "family", "school-based",
          "curriculum", "other",
        ]), title, LedgerField("hours", .amount), takingPart, LedgerField("people", .count), remark,
    ])

  /// Backbone teachers of the lead school at a member school (示范指导).
  static let guidance = LedgerKind(
    "guidance", .group, .day,
    [
      day, LedgerField("host", .school, required: true),
      kind("guidance", ["lesson-review", "lecture", "parallel-lessons", "model-lesson", "other"]), subject,
      LedgerField("people", .count), title, remark,
    ])
}
