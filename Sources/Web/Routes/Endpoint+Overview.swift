import People

extension Endpoint {
  /// `?cycle=` names another year, `?area=` a part of the authority, `?stage=` the scores in the picture.
  static let root = Endpoint("root", .get, "/", .signedIn)
  static let progressBook = Endpoint(
    "progressBook", .get, "/cycles/:authority/:cycle/progress.xlsx", .may(.readCycle), kind: .file)
  static let rates = Endpoint("rates", .get, "/cycles/:authority/:cycle/rates", .may(.readSheet))
  static let ratesBook = Endpoint(
    "ratesBook", .get, "/cycles/:authority/:cycle/rates.xlsx", .may(.readSheet), kind: .file)
  static let groupList = Endpoint("groupList", .get, "/cycles/:authority/:cycle/groups", .may(.readCycle))
  static let groupListBook = Endpoint(
    "groupListBook", .get, "/cycles/:authority/:cycle/groups.xlsx", .may(.readCycle), kind: .file)
  static let group = Endpoint("group", .get, "/cycles/:authority/:cycle/groups/:group", .may(.readSheet))
  static let groupSchool = Endpoint(
    "groupSchool", .get, "/cycles/:authority/:cycle/groups/:group/schools/:school", .may(.readSheet))
  static let search = Endpoint("search", .get, "/search", .signedIn)

  static let overview: [Endpoint] = [
    .root, .progressBook, .rates, .ratesBook, .groupList, .groupListBook, .group, .groupSchool, .search,
  ]
}
