import People

extension Endpoint {
  static let cycleList = Endpoint("cycleList", .get, "/cycles", .may(.readCycle))
  /// `?policy=` a policy of the folder, or `?edition=` one an earlier year froze.
  static let newCycle = Endpoint("newCycle", .get, "/cycles/new", .may(.openCycle))
  /// What a policy would have made of the year before: `?policy=` or `?edition=`, and `?year=`.
  static let dryRun = Endpoint("dryRun", .get, "/cycles/dry-run", .may(.openCycle))
  /// Checks what was entered, or opens the cycle.
  static let openCycle = Endpoint("openCycle", .post, "/cycles", .may(.openCycle))
  /// `?stage=`, `?district=`, `?page=` filter who is late; `?extend=` names a group to extend for.
  static let cycle = Endpoint("cycle", .get, "/cycles/:authority/:cycle", .may(.readCycle))
  static let extendStage = Endpoint(
    "extendStage", .post, "/cycles/:authority/:cycle/extensions", .may(.extendDeadline))
  /// Opens the sheets of groups that let the stage before pass.
  static let openSheets = Endpoint("openSheets", .post, "/cycles/:authority/:cycle/sheets", .may(.extendDeadline))

  /// `?group=` shows what is attached to a group's recommendation, and attaches more.
  static let recommendation = Endpoint(
    "recommendation", .get, "/cycles/:authority/:cycle/recommendation/:stage", .may(.readCycle))
  static let recommend = Endpoint(
    "recommend", .post, "/cycles/:authority/:cycle/recommendation/:stage", .may(.recommend))
  /// `?group=` is looked at before anything is received.
  static let attachRecommendationPapers = Endpoint(
    "attachRecommendationPapers", .post, "/cycles/:authority/:cycle/recommendation/:stage/papers", .may(.recommend),
    takesFiles: true)
  /// Takes over a piece of the group's evidence.
  static let linkRecommendationPaper = Endpoint(
    "linkRecommendationPaper", .post, "/cycles/:authority/:cycle/recommendation/:stage/evidence", .may(.recommend))
  static let recommendationPaper = Endpoint(
    "recommendationPaper", .get, "/cycles/:authority/:cycle/recommendation/:stage/papers/:paper", .may(.readCycle),
    kind: .file)
  static let removeRecommendationPaper = Endpoint(
    "removeRecommendationPaper", .post, "/cycles/:authority/:cycle/recommendation/:stage/papers/:paper/removal",
    .may(.recommend))

  static let draw = Endpoint("draw", .get, "/cycles/:authority/:cycle/draw/:stage", .may(.readCycle))
  static let announceDraw = Endpoint(
    "announceDraw", .post, "/cycles/:authority/:cycle/draw/:stage/announcement", .may(.announceDraw))
  static let seedDraw = Endpoint(
    "seedDraw", .post, "/cycles/:authority/:cycle/draw/:stage/seed", .may(.announceDraw))
  /// Without an account, from the announcement on.
  static let publicDraw = Endpoint("publicDraw", .get, "/public/:authority/:cycle/draw/:stage", .everyone)
  static let drawFrame = Endpoint(
    "drawFrame", .get, "/public/:authority/:cycle/draw/:stage/frame.txt", .everyone, kind: .file)

  /// `?size=` and `?seed=` make a plan to look at; `?group=` shows one group's experts.
  static let panel = Endpoint("panel", .get, "/cycles/:authority/:cycle/panel/:stage", .may(.assignExperts))
  static let assignPanel = Endpoint(
    "assignPanel", .post, "/cycles/:authority/:cycle/panel/:stage", .may(.assignExperts))
  static let changePanel = Endpoint(
    "changePanel", .post, "/cycles/:authority/:cycle/panel/:stage/changes", .may(.assignExperts))

  static let vetoes = Endpoint("vetoes", .get, "/cycles/:authority/:cycle/vetoes", .may(.readCycle))
  static let layVeto = Endpoint("layVeto", .post, "/cycles/:authority/:cycle/vetoes", .may(.layVeto))
  static let liftVeto = Endpoint("liftVeto", .post, "/cycles/:authority/:cycle/vetoes/lifting", .may(.layVeto))

  static let report = Endpoint("report", .get, "/cycles/:authority/:cycle/report/:stage", .may(.readCycle))
  static let handInReport = Endpoint(
    "handInReport", .post, "/cycles/:authority/:cycle/report/:stage", .may(.handInReport))
  static let memberSheets = Endpoint(
    "memberSheets", .get, "/cycles/:authority/:cycle/members/:stage", .may(.readSheet))

  static let cycles: [Endpoint] = [
    .cycleList, .newCycle, .dryRun, .openCycle, .cycle, .extendStage, .openSheets, .recommendation, .recommend,
    .attachRecommendationPapers, .linkRecommendationPaper, .recommendationPaper, .removeRecommendationPaper, .draw,
    .announceDraw, .seedDraw, .publicDraw, .drawFrame, .panel, .assignPanel, .changePanel, .vetoes, .layVeto,
    .liftVeto, .report, .handInReport, .memberSheets,
  ]
}
