extension Endpoint {
  private static func open(_ name: String, _ path: String, kind: Kind = .page) -> Endpoint {
    Endpoint(name, .get, "/public" + path, .everyone, kind: kind)
  }

  static let publishers = open("publishers", "")
  static let publisher = open("publisher", "/:authority")
  static let publicResults = open("publicResults", "/:authority/:cycle")
  static let publicGroup = open("publicGroup", "/:authority/:cycle/groups/:group")
  static let publicEdition = open("publicEdition", "/:authority/:cycle/editions/:edition")
  static let publicEditionGroup = open("publicEditionGroup", "/:authority/:cycle/editions/:edition/groups/:group")
  static let publicCheck = open("publicCheck", "/:authority/:cycle/editions/:edition/check")
  static let publicFile = open("publicFile", "/:authority/:cycle/editions/:edition/results.json", kind: .file)
  static let publicTable = open("publicTable", "/:authority/:cycle/editions/:edition/results.csv", kind: .file)
  static let publicBook = open("publicBook", "/:authority/:cycle/editions/:edition/results.xlsx", kind: .file)

  /// Without an account: what is published.
  static let publicPages: [Endpoint] = [
    .publishers, .publisher, .publicResults, .publicGroup, .publicEdition, .publicEditionGroup, .publicCheck,
    .publicFile,
    .publicTable, .publicBook,
  ]
}
