/// Joint teaching research, projects, assessments; what schools share.
extension LedgerKinds {
  static let teaching = [research, projects, assessments, appraisals]
  static let sharing = [courses, venues, bookings, aid, platforms, matters, funds]

  static let research = LedgerKind(
    "research", .group, .day,
    [
      day,
      kind(
        "research",
        [
          "theme", "lesson-talk", "quality-lesson", "basic-skills", "homework-design", "peer-observation", "display",
          "open-lesson", "joint", "other",
        ]), subject, title, takingPart, LedgerField("people", .count), remark,
    ])

  static let projects = LedgerKind(
    "projects", .group, .span,
    [
      kind("project", ["research", "reform", "work"]), title, LedgerField("level", .word(.levels)), takingPart,
      LedgerField(
        "state", .word(LedgerWords("project-state", ["planned", "approved", "concluded"])), required: true),
    ] + span + [remark])

  /// Of pupils' all-round development (综合素质评价).
  static let assessments = LedgerKind(
    "assessments", .group, .day,
    [
      day, title,
      LedgerField(
        "aspects", .words(LedgerWords("aspect", ["morality", "learning", "health", "talents", "labour"])),
        required: true), takingPart, remark,
    ])

  /// What the authority found of a school's teaching in the year (学年度教学质量评价).
  static let appraisals = LedgerKind(
    "appraisals", .office, .year, unique: [],
    [
      LedgerField("grade", .text(20), required: true), LedgerField("improved", .flag), LedgerField("number", .text(60)),
      remark,
    ])

  static let courses = LedgerKind(
    "courses", .group, .span,
    [
      title, subject, LedgerField("provider", .school, required: true), takingPart,
      LedgerField(
        "state", .word(LedgerWords("course-state", ["planned", "running", "done"])), required: true),
    ] + span + [remark])

  static let venues = LedgerKind(
    "venues", .school, .span,
    [
      title, kind("venue", ["sports", "laboratory", "library", "arts", "base", "other"]),
    ] + span + [remark])

  static let bookings = LedgerKind(
    "bookings", .group, .day, ahead: true,
    [
      day, LedgerField("provider", .school, required: true), LedgerField("venue", .text(100), required: true),
      LedgerField("guest", .school, required: true), LedgerField("begins", .time, required: true),
      LedgerField("ends", .time, required: true), LedgerField("people", .count), remark,
    ])

  /// Teachers in aid of other schools (支教、送教).
  static let aid = LedgerKind(
    "aid", .group, .day, ahead: true,
    [
      day, kind("aid", ["teaching", "lesson"]), LedgerField("host", .school, required: true), subject,
      LedgerField("days", .amount), LedgerField("done", .flag, required: true), remark,
    ])

  /// Workshops, centres, communities of practice (工作室、中心、研修共同体).
  static let platforms = LedgerKind(
    "platforms", .group, .span,
    [
      title, kind("platform", ["studio", "centre", "community", "other"]),
      LedgerField("active", .flag, required: true), LedgerField("schools", .schools),
    ] + span + [remark])

  /// What the schools agreed to do (商定事项).
  static let matters = LedgerKind(
    "matters", .group, .day, [day, title, LedgerField("due", .day), LedgerField("done", .day), remark])

  static let funds = LedgerKind(
    "funds", .school, .day,
    [
      day, kind("fund", ["city", "district", "lead-school", "own", "other"]), title,
      LedgerField("yuan", .amount, required: true), remark,
    ])
}
