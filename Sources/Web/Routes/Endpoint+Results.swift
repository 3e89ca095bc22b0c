import People

extension Endpoint {
  private static func year(_ name: String, _ method: Method, _ path: String, _ power: Power) -> Endpoint {
    Endpoint(name, method, "/cycles/:authority/:cycle" + path, .may(power))
  }

  // The office that runs the cycle
  static let confirmation = year("confirmation", .get, "/confirmation", .confirmResults)
  static let confirm = year("confirm", .post, "/confirmation", .confirmResults)
  static let decideChoice = year("decideChoice", .post, "/decisions", .confirmResults)
  static let reopen = year("reopen", .post, "/reopening", .confirmResults)
  static let publication = year("publication", .get, "/publication", .publishResults)
  static let publish = year("publish", .post, "/publication", .publishResults)
  static let answerObjection = year("answerObjection", .post, "/objections/:objection", .answerObjection)

  // Whoever has to do with the cycle
  static let results = year("results", .get, "/results", .readCycle)
  static let resultsBook = Endpoint(
    "resultsBook", .get, "/cycles/:authority/:cycle/results-book", .may(.readCycle), kind: .file)
  static let groupResult = year("groupResult", .get, "/results/:group", .readCycle)
  static let objections = year("objections", .get, "/objections", .readCycle)
  static let raiseObjection = year("raiseObjection", .post, "/objections", .raiseObjection)
  /// Of one's own groups over the years; of offices the cycles and how far their results are.
  static let years = Endpoint("years", .get, "/results", .may(.readCycle))

  static let resultPages: [Endpoint] = [
    .confirmation, .confirm, .decideChoice, .reopen, .publication, .publish, .answerObjection,
    .results, .resultsBook, .groupResult, .objections, .raiseObjection, .years,
  ]
}
