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

let package = Package(
  name: "junheng",
  products: [.executable(name: "junheng", targets: ["Tool"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
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
    room("Demonstration", uses: ["Notation", "Rules", "Policies", "Scoring"]),
    // The machinery.
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    room("Workbooks", uses: ["CXlsxWriter", "CZip", "CExpat"]),
    room("Documents", uses: ["Workbooks", "Notation", "Rules", "Policies", "Scoring", "Outcomes", "CYAML"]),
    .executableTarget(
      name: "Tool",
      dependencies: [
        "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Demonstration", "Documents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    // Measured by `make bench`, apart from the tests.
    .executableTarget(
      name: "Bench",
      dependencies: [
        "Notation", "Policies", "Scoring", "Outcomes", "Documents",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Benchmarks/Bench", swiftSettings: strict),
    .testTarget(
      name: "WorkbooksTests", dependencies: ["Workbooks"], exclude: ["hostile.py", "measure.py"],
      swiftSettings: strict),
    .target(
      name: "Fixtures", dependencies: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Documents"],
      path: "Tests/Fixtures", swiftSettings: strict),
    tests("NotationTests", uses: ["Notation", .product(name: "BigInt", package: "BigInt")]),
    tests("RulesTests", uses: ["Notation", "Rules"]),
    tests(
      "PoliciesTests", uses: ["Notation", "Rules", "Policies", "Documents"], data: ["Bad", "requirement-ids.csv"]),
    tests("ScoringTests", uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Documents"]),
    tests("OutcomesTests", uses: ["Notation", "Rules", "Policies", "Scoring", "Outcomes"]),
    tests(
      "DocumentsTests",
      uses: ["Workbooks", "Notation", "Rules", "Policies", "Scoring", "Outcomes", "Demonstration", "Documents"]),
    tests("ToolTests", uses: ["Tool", "Notation", "Policies", "Documents"]),
    tests("HouseRulesTests", uses: ["Notation", "Policies", "Documents"]),
  ]
)
