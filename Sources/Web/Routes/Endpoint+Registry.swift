import People

extension Endpoint {
  /// `?day=` as of another day; the lists filter, sort and page by the address.
  static let registrySchools = Endpoint("registrySchools", .get, "/registry", .may(.readRegistry))
  static let registryGroups = Endpoint("registryGroups", .get, "/registry/groups", .may(.readRegistry))
  static let registrySchool = Endpoint("registrySchool", .get, "/registry/schools/:school", .may(.readRegistry))
  static let registryGroup = Endpoint("registryGroup", .get, "/registry/groups/:group", .may(.readRegistry))
  static let coverage = Endpoint("coverage", .get, "/registry/coverage", .may(.readRegistry))
  static let balance = Endpoint("balance", .get, "/registry/balance", .may(.readRegistry))
  static let quality = Endpoint("quality", .get, "/registry/quality", .may(.readRegistry))

  /// A form for a new row of a table, or for what changes in an old one; `:table` is the table's name.
  static let registryForm = Endpoint("registryForm", .get, "/registry/forms/:table", .may(.importRegistry))
  static let changeRegistry = Endpoint("changeRegistry", .post, "/registry/forms/:table", .may(.importRegistry))

  static let registryImport = Endpoint("registryImport", .get, "/registry/import", .may(.importRegistry))
  /// `?with=all` brings what there is.
  static let registryBook = Endpoint(
    "registryBook", .get, "/registry/registry.xlsx", .may(.importRegistry), kind: .file)
  static let previewRegistry = Endpoint(
    "previewRegistry", .post, "/registry/import/preview", .may(.importRegistry), takesFiles: true)
  static let importRegistry = Endpoint("importRegistry", .post, "/registry/import", .may(.importRegistry))

  static let registry: [Endpoint] = [
    .registrySchools, .registryGroups, .registrySchool, .registryGroup, .coverage, .balance, .quality, .registryForm,
    .changeRegistry, .registryImport, .registryBook, .previewRegistry, .importRegistry,
  ]
}
