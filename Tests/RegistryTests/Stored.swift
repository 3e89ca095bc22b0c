import Notation
import People
import Registry
import Storage
import StorageFixtures
import Testing

/// A small registry in a database, put there by the import itself.
enum Stored {
  static let now = TestDatabases.made
  static let ids = IDMaker(node: 5)

  static func rows(_ tables: [RegistryTable: [[String?]]]) -> RegistryRows {
    var rows = RegistryRows()
    for (table, values) in tables { rows[table] = values.enumerated().map { RegistryRow($1, line: $0 + 3) } }
    return rows
  }

  static let city: [RegistryTable: [[String?]]] = [
    .authorities: [
      ["610902", "汉滨区", "district", "610900", nil, nil, nil], ["610900", "安康市", "city", nil, nil, nil, nil],
      ["610900G", "高新区", "district", "610900", "yes", nil, nil],
    ],
    .schools: [
      school("2161000001", "一小", "610902", "primary", pupils: "900"),
      school("2161000002", "二小", "610902", "primary", pupils: "300"),
      school("3161000003", "三中", "610900G", "junior senior", pupils: "1200"),
      school("2161000004", "四小", "610902", "primary", pupils: nil, closed: "2024-03-01", ending: "merged"),
      school("2161000005", "五校", "610900", "primary junior", pupils: "500"),
    ],
    .divisions: [
      ["610900", "610900", "安康市", nil, nil, nil], ["610900", "612401", "安康市（县级）", "2000-12-29", "610902", nil],
    ],
    .schoolSuccessors: [["2161000004", "2161000001"]],
    .schoolPast: [["2161000002", nil, "2022-12-31", "二校", "610900G", "primary junior", "public", "rural"]],
    .schoolFlags: [
      ["2161000002", "weak", nil, "2020-01-01", nil], ["2161000005", "new", nil, "2021-09-01", "2024-08-31"],
      ["2161000001", "area", "central", "2020-01-01", nil],
    ],
    .groups: [
      ["G1", "第一集团", "610902", "integrated", "single", "sameStage", "2022-09-01", nil],
      ["G2", "第二集团", "610900", "collaborative", "alliance", "acrossStages", "2023-01-01", "2025-01-01"],
    ],
    .groupSuccessors: [["G2", "G1"]],
    .groupPast: [["G1", nil, "2023-08-31", "旧集团", "610902", "entrusted", nil, nil]],
    .memberships: [
      ["G1", "2161000001", "lead", "2022-09-01", nil], ["G1", "2161000004", "member", "2022-09-01", "2024-02-29"],
      ["G2", "2161000001", "lead", "2023-01-01", "2024-12-31"],
      ["G2", "3161000003", "member", "2023-01-01", "2024-12-31"],
    ],
    .years: [
      year("3161000003", "2024", "whole", "1200", "90"), year("3161000003", "2024", "junior", "700", nil),
      year("3161000003", "2024", "senior", "500", nil), year("2161000001", "2024", "whole", "880", "50"),
    ],
    .allotments: [["p", "2024", "610902", "groups", "12"], ["p", "2024", "610900G", "coverage", "62.5"]],
  ]

  static func school(
    _ code: String, _ name: String, _ authority: String, _ stages: String, pupils: String?, closed: String? = nil,
    ending: String? = nil
  ) -> [String?] {
    [
      code, name, authority, stages, "public", "urban", "123502001549897397", "610902", pupils, "1990-09-01", closed,
      ending,
    ]
  }

  static func year(_ school: String, _ year: String, _ part: String, _ pupils: String, _ teachers: String?) -> [String?]
  {
    [school, year, part, pupils, teachers, "30", "10", "5", "5000.5", nil, "2500000", "24"]
  }

  static func fill(_ database: any Database) async throws {
    try await database.write { transaction in
      let imports = RegistryImport(transaction)
      let plan = try imports.plan(rows(city), for: .program)
      #expect(plan.problems.isEmpty, "\(plan.problems.map(\.what))")
      try imports.store(plan, reason: "初次登记", ids: ids, by: .program, at: now)
    }
  }

  static func id(_ table: String, _ code: String, _ transaction: any Transaction) throws -> ID {
    try #require(try transaction.row("SELECT id FROM \(table) WHERE code = $1", [.text(code)])).id("id")
  }
}
