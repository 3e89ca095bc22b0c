import People

extension Endpoint {
  /// `?stand=open|over`, `?kind=`, `?q=`, `?page=`.
  static let formationList = Endpoint("formationList", .get, "/formation", .may(.readFormation))
  /// Begins a case: its kind and, of a change or dissolution, the group.
  static let beginFormation = Endpoint("beginFormation", .post, "/formation", .may(.writeFormation))
  static let setFormationPolicy = Endpoint(
    "setFormationPolicy", .post, "/formation/policy", .may(.decideFormation))

  private static func act(_ name: String, _ path: String, _ power: Power) -> Endpoint {
    Endpoint(name, .post, "/formation/:authority/:case" + path, .may(power))
  }

  /// `?school=` looks for schools to be added.
  static let formation = Endpoint("formation", .get, "/formation/:authority/:case", .may(.readFormation))
  /// The application as a paper to be signed and sealed.
  static let formationSheet = Endpoint(
    "formationSheet", .get, "/formation/:authority/:case/form", .may(.readFormation))
  static let writeFormation = act("writeFormation", "", .writeFormation)
  static let consentFormation = act("consentFormation", "/consents", .writeFormation)
  static let takeBackConsent = act("takeBackConsent", "/consents/removal", .writeFormation)
  static let attachPapers = Endpoint(
    "attachPapers", .post, "/formation/:authority/:case/papers", .may(.writeFormation), takesFiles: true)
  static let formationPaper = Endpoint(
    "formationPaper", .get, "/formation/:authority/:case/papers/:paper", .may(.readFormation), kind: .file)
  static let detachPaper = act("detachPaper", "/papers/:paper/removal", .writeFormation)
  static let submitFormation = act("submitFormation", "/submission", .writeFormation)
  static let acceptFormation = act("acceptFormation", "/acceptance", .decideFormation)
  static let returnFormation = act("returnFormation", "/return", .decideFormation)
  static let withdrawFormation = act("withdrawFormation", "/withdrawal", .writeFormation)
  static let publishFormation = act("publishFormation", "/publicity", .decideFormation)
  static let answerComment = act("answerComment", "/comments/answers", .writeFormation)
  static let withholdComment = act("withholdComment", "/comments/withholding", .decideFormation)
  static let decideFormation = act("decideFormation", "/decision", .decideFormation)
  static let fileFormation = act("fileFormation", "/filing", .decideFormation)
  static let passCharter = act("passCharter", "/charter", .writeFormation)
  static let fileCharter = act("fileCharter", "/charter/filing", .decideFormation)

  /// The publicities that run, for everybody.
  static let notices = Endpoint("notices", .get, "/notices", .everyone)
  /// `?comments=` is a page of them. Who comments, and who looked at the page before, stays unknown.
  static let notice = Endpoint("notice", .get, "/notices/:authority/:case", .everyone, isAnonymous: true)
  static let noticePaper = Endpoint(
    "noticePaper", .get, "/notices/:authority/:case/papers/:paper", .everyone, kind: .file, isAnonymous: true)
  static let commentNotice = Endpoint(
    "commentNotice", .post, "/notices/:authority/:case", .everyone, isAnonymous: true)

  static let formations: [Endpoint] = [
    .formationList, .beginFormation, .setFormationPolicy, .formation, .writeFormation, .consentFormation,
    .takeBackConsent, .attachPapers, .formationPaper, .detachPaper, .submitFormation, .acceptFormation,
    .returnFormation, .withdrawFormation, .publishFormation,
    .answerComment, .withholdComment, .decideFormation, .fileFormation, .passCharter, .fileCharter, .notices, .notice,
    .commentNotice, .noticePaper, .formationSheet,
  ]
}
