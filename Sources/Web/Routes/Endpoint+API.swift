import People

extension Endpoint {
  private static func api(_ name: String, _ method: Method, _ path: String, _ power: Power, _ scope: Scope) -> Endpoint
  {
    Endpoint(name, method, "/api/v1" + path, .may(power), kind: .api, scope: scope.rawValue)
  }

  /// The API in words, for people.
  static let apiPage = Endpoint("apiPage", .get, "/api", .everyone)
  static let openAPI = Endpoint("openAPI", .get, "/api/openapi.json", .everyone, kind: .file)

  static let apiCycles = api("apiCycles", .get, "/cycles", .readCycle, .readCycles)
  static let apiCycle = api("apiCycle", .get, "/cycles/:authority/:cycle", .readCycle, .readCycles)
  static let apiSheets = api("apiSheets", .get, "/cycles/:authority/:cycle/sheets", .readSheet, .readSheets)
  static let apiSheet = api("apiSheet", .get, "/sheets/:authority/:sheet", .readSheet, .readSheets)
  static let apiMarks = api("apiMarks", .get, "/sheets/:authority/:sheet/marks", .readSheet, .readSheets)
  static let apiSaveMarks = api("apiSaveMarks", .put, "/sheets/:authority/:sheet/marks", .readSheet, .writeMarks)
  static let apiSubmit = api("apiSubmit", .post, "/sheets/:authority/:sheet/submission", .submitSheet, .submitSheets)
  static let apiEvidence = api(
    "apiEvidence", .get, "/cycles/:authority/:cycle/groups/:group/evidence", .readEvidence, .readEvidence)
  /// One file, sent as it is; the query says what it is called and shows.
  static let apiAddEvidence = api(
    "apiAddEvidence", .post, "/cycles/:authority/:cycle/groups/:group/evidence", .addEvidence, .writeEvidence)
  static let apiEvidenceFile = api(
    "apiEvidenceFile", .get, "/evidence/:authority/:evidence/file", .readEvidence, .readEvidence)
  static let apiResults = api("apiResults", .get, "/cycles/:authority/:cycle/results", .readCycle, .readResults)
  static let apiEdition = api(
    "apiEdition", .get, "/cycles/:authority/:cycle/results/:edition", .readCycle, .readResults)
  /// What is confirmed and not public yet.
  static let apiDraft = api("apiDraft", .get, "/cycles/:authority/:cycle/draft", .readCycle, .readResults)
  static let apiPolicies = api("apiPolicies", .get, "/policies", .readPolicy, .readPolicies)
  static let apiPolicy = api("apiPolicy", .get, "/policies/:edition", .readPolicy, .readPolicies)

  static let apis: [Endpoint] = [
    .apiPage, .openAPI, .apiCycles, .apiCycle, .apiSheets, .apiSheet, .apiMarks, .apiSaveMarks, .apiSubmit,
    .apiEvidence, .apiAddEvidence, .apiEvidenceFile, .apiResults, .apiEdition, .apiDraft, .apiPolicies, .apiPolicy,
  ]
}
