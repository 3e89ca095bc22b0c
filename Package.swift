// swift-tools-version: 6.2
import PackageDescription

/// The settings every room of ours is built with.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A room of the house: what it uses is all it may import.
func room(_ name: String, uses: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: uses, resources: resources, swiftSettings: strict)
}

/// Tests of a room; `data` is read by them from the source tree.
func tests(_ name: String, uses: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(name: name, dependencies: uses + ["Fixtures"], exclude: data, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// In their order; a release's migrations are never changed, only followed.
let migrations: [Resource] = [
  "0001-registry", "0002-people", "0003-cycles", "0004-evidence", "0005-results", "0006-audit",
  "0007-registry-history", "0008-ledgers", "0009-formation", "0010-tasks", "0011-recorded",
  "0012-recommendation-papers", "0013-links", "0014-divisions", "0015-open-cases",
  "0016-given-numbers", "0017-conferences-off", "0018-memberships-end",
  "0019-drafts-refusals", "0020-coverage-anew",
]
.map { .embedInCode("Migrations/\($0).sql") }

let package = Package(
  name: "junheng",
  products: [.executable(name: "junheng", targets: ["Tool"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // The domain: plain values, no I/O, no clock, no framework.
    room(
      "Notation", uses: [.product(name: "BigInt", package: "BigInt")],
      resources: [.embedInCode("Texts/zh-CN.txt"), .embedInCode("Texts/en.txt")]),
    room("Rules", uses: ["Notation"]),
    room("Policies", uses: ["Notation", "Rules"]),
    room("Scoring", uses: ["Notation", "Rules", "Policies"]),
    room("Outcomes", uses: ["Notation", "Rules", "Policies", "Scoring"]),
    room(
      "Registry", uses: ["Notation"],
      resources: [
        .embedInCode("Codes/divisions.txt"), .embedInCode("Balance/standards.txt"), .embedInCode("Quality/checks.txt"),
      ]),
    room(
      "People", uses: ["Notation"],
      resources: [.embedInCode("Passwords/common.txt"), .embedInCode("Passwords/words.txt")]),
    room("Ledgers", uses: ["Notation", "Rules", "Policies", "People"]),
    room("Cycles", uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Registry", "People", crypto]),
    room(
      "Publishing", uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "People", "Cycles"]),
    room("Formations", uses: ["Notation", "Rules", "Policies", "Registry"]),
    room("Tasks", uses: ["Notation", "Policies"], resources: [.embedInCode("Lists/units.txt")]),
    room("Demonstration", uses: ["Notation", "Rules", "Policies", "Scoring"]),
    // The machinery.
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    room("Workbooks", uses: ["CXlsxWriter", "CZip", "CExpat"]),
    room(
      "Documents",
      uses: [
        "Workbooks", "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Registry", "People", "Ledgers", "Cycles",
        "Publishing", "CYAML",
      ]),
    room(
      "Storage",
      uses: [
        "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Registry", "People", "Ledgers", "Cycles", "Publishing",
        "Formations", "Tasks", "Documents",
        crypto,
      ], resources: migrations),
    room(
      "StorageSQLite",
      uses: [
        "Notation", "Storage", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    room("StoragePostgres", uses: ["Notation", "Storage", "CLibPQ"]),
    room(
      "Web",
      uses: [
        "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Registry", "People", "Ledgers", "Cycles", "Publishing",
        "Formations", "Tasks", "Documents", "Workbooks",
        "Storage", "CZlib", crypto, .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdRouter", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ], resources: [.copy("Templates"), .copy("Texts"), .copy("Assets")]),
    .executableTarget(
      name: "Tool",
      dependencies: [
        "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Demonstration", "Documents", "Registry", "People",
        "Ledgers", "Cycles", "Publishing", "Storage", "StorageSQLite", "StoragePostgres", "Web",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], resources: [.embedInCode("Texts/zh-CN.txt"), .embedInCode("Texts/en.txt")], swiftSettings: strict),
    // Measured by `make bench`, apart from the tests.
    .executableTarget(
      name: "Bench",
      dependencies: [
        "Notation", "Policies", "Scoring", "Outcomes", "Documents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/Bench", swiftSettings: strict),
    // Asks a server as fast as it answers, for `Benchmarks/saves.py`.
    .executableTarget(
      name: "Load", dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Benchmarks/Load", swiftSettings: strict),
    .testTarget(
      name: "WorkbooksTests", dependencies: ["Workbooks", "Fixtures"], exclude: ["hostile.py", "measure.py"],
      swiftSettings: strict),
    .target(
      name: "Fixtures", dependencies: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Documents"],
      path: "Tests/Fixtures", swiftSettings: strict),
    .target(
      name: "StorageFixtures",
      dependencies: [
        "Notation", "Rules", "Policies", "Scoring", "Registry", "People", "Cycles", "Documents", "Storage",
        "StorageSQLite", "StoragePostgres", "Fixtures",
      ],
      path: "Tests/StorageFixtures", swiftSettings: strict),
    tests(
      "StorageContractTests",
      uses: ["Notation", "Storage", "StorageSQLite", "StoragePostgres", "StorageFixtures"]),
    tests(
      "LedgersTests",
      uses: [
        "Notation", "Rules", "Policies", "Scoring", "Registry", "People", "Ledgers", "Cycles", "Documents", "Workbooks",
        "Storage", "StorageFixtures",
      ]),
    tests("NotationTests", uses: ["Notation", .product(name: "BigInt", package: "BigInt")]),
    tests("RulesTests", uses: ["Notation", "Rules"]),
    tests(
      "PoliciesTests", uses: ["Notation", "Rules", "Policies", "Documents"], data: ["Bad", "requirement-ids.csv"]),
    tests("ScoringTests", uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Documents"]),
    tests("OutcomesTests", uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes"]),
    tests(
      "RegistryTests",
      uses: [
        "Notation", "Rules", "Policies", "Registry", "People", "Documents", "Storage", "StorageFixtures",
      ]),
    tests(
      "CyclesTests",
      uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Documents", "People", "Cycles", "Demonstration"]),
    tests(
      "DocumentsTests",
      uses: [
        "Workbooks", "Notation", "Rules", "Policies", "Scoring", "Outcomes", "People", "Registry", "Ledgers",
        "Demonstration", "Documents",
      ]),
    tests(
      "FormationsTests",
      uses: [
        "Notation", "Rules", "Policies", "Registry", "People", "Formations", "Documents", "Storage", "StorageFixtures",
      ]),
    tests(
      "TasksTests",
      uses: ["Notation", "Policies", "Registry", "People", "Tasks", "Documents", "Storage", "StorageFixtures"]),
    tests("ToolTests", uses: ["Tool", "Notation", "Policies", "Documents"]),
    tests(
      "PeopleTests",
      uses: ["Notation", "Registry", "People", "Documents", "Workbooks", "Storage", "StorageFixtures", "Web"]),
    tests(
      "EvidenceTests",
      uses: [
        "Notation", "Policies", "Registry", "People", "Cycles", "Documents", "Storage", "StorageFixtures",
      ]),
    tests(
      "WebTests",
      uses: [
        "Notation", "Registry", "People", "Rules", "Policies", "Scoring", "Ledgers", "Cycles", "Documents",
        "Storage", "StorageFixtures", "Web", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "HummingbirdTesting", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
      ]),
    tests(
      "ResultsTests",
      uses: [
        "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Registry", "People", "Cycles", "Publishing",
        "Documents",
        "Storage", "StorageFixtures",
      ]),
    tests("HouseRulesTests", uses: ["Notation", "Policies", "Documents"]),
  ]
)
