/// Authorities, schools, groups; coverage, targets, resource balance; the data's quality; Excel.
enum RegistryRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.registrySchools) { try await RegistryListPages.schools($0) }
    table.on(.registryGroups) { try await RegistryListPages.groups($0) }
    table.on(.registrySchool) { try await RegisteredSchoolPage.answer($0) }
    table.on(.registryGroup) { try await RegisteredGroupPage.answer($0) }
    table.on(.coverage) { try await CoveragePage.answer($0) }
    table.on(.balance) { try await BalancePage.answer($0) }
    table.on(.quality) { try await QualityPage.answer($0) }
    table.on(.registryForm) { try await RegistryFormPage.read($0).answer() }
    table.on(.changeRegistry) { try await RegistryFormPage.read($0).store() }
    table.on(.registryImport) { try RegistryImportPages.page($0) }
    table.on(.registryBook) { try await RegistryImportPages.book($0) }
    table.on(.previewRegistry) { try await RegistryImportPages.preview($0) }
    table.on(.importRegistry) { try await RegistryImportPages.accept($0) }
  }
}
