import Notation
import Rules

/// Awards by level and kind, their base year, publicity; what the registry says of the group.
extension Metrics {
  static let honours: [Metric] = [
    awards("ledger.awards.teachers", of: ["teachers"]), base("ledger.awards.teachers_base", of: "teachers"),
    awards("ledger.awards.managers", of: ["managers"]),
    awards("ledger.awards.pupils", of: ["pupils"]), base("ledger.awards.pupils_base", of: "pupils"),
    awards("ledger.awards.achievements", of: ["teachers", "school", "group"], kinds: ["achievement"]),
    awards("ledger.honours.counts", of: ["school"], but: ["feature", "achievement"]),
    base("ledger.honours.base", of: "school"),
    awards("ledger.honours.features", of: ["school"], kinds: ["feature"]),
    awards("ledger.honours.models", of: ["group"], kinds: ["model"]),
    Metric("ledger.awards.district_or_above", [.number], ["awards"], with: ["kinds", "levels"]) { scope in
      let levels = scope.with.words("levels") ?? ["national", "provincial", "city", "district"]
      let rows = scope.rows("awards", nil, word: "kind", ["lesson", "skills", "paper", "competition"]).filter {
        $0.text("of") == "teachers" && levels.contains($0.text("level") ?? "")
      }
      return counted(rows, scope, "awards")
    },
    Metric("ledger.publicity.awards", [.awards, .counts], ["publicity"], with: ["kinds"]) { scope in
      honoured(scope, scope.rows("publicity", nil, word: "kind"), "publicity")
    },
    Metric("ledger.quality.level", [.text], ["appraisals"]) { scope in
      let rows = scope.rows("appraisals").filter { row in scope.school.map { row.school == $0 } ?? true }
      guard scope.school != nil, let row = rows.first, let grade = row.text("grade") else {
        return .unknown([Message("ledger.missing.appraisal")])
      }
      var reading = MetricReading(value: .text(grade))
      reading.rows = [row.id]
      return reading
    },
    Metric("ledger.quality.improved_schools", [.number], ["appraisals"]) { scope in
      let rows = scope.rows("appraisals").filter { $0.flag("improved") != nil }
      let told = Set(rows.compactMap(\.school))
      let silent = scope.present.filter { !told.contains($0.id) }
      guard silent.isEmpty, !scope.present.isEmpty else {
        return .unknown(silent.map { Message("ledger.missing.improved", ["school": .text($0.name)]) })
      }
      var reading = MetricReading(value: .number(Exact(rows.count { $0.flag("improved") == true })))
      reading.rows = rows.map(\.id)
      return reading
    },
  ]

  /// What the registry of groups says of the year; head counts of teachers come with the year's records.
  static let registry: [Metric] = [
    Metric("registry.schools", [.number], []) { MetricReading(value: .number(Exact($0.present.count))) },
    Metric("registry.members", [.number], []) {
      MetricReading(value: .number(Exact($0.present.count { !$0.isLead })))
    },
    Metric("registry.new_weak_member", [.boolean], []) { scope in
      // Where nobody recorded anything, a sheet knows its schools, not since when they belong.
      guard scope.schools.allSatisfy({ $0.since != nil }) else {
        return .unknown([Message("ledger.missing.since")])
      }
      let new = scope.schools.filter(\.cameWeak)
      var reading = MetricReading(value: .boolean(!new.isEmpty))
      // One may still come, or be found weak.
      reading.mayRise = new.isEmpty
      reading.how = new.map { Message("ledger.how.cameWeak", ["school": .text($0.name)]) }
      return reading
    },
    heads("registry.teachers", "teachers"), heads("registry.new_teachers", "newTeachers"),
    Metric("registry.subjects", [.number], ["staffing"]) { scope in
      let taught = scope.subjects
      guard taught.missing.isEmpty else { return .unknown(taught.missing) }
      var reading = MetricReading(value: .number(Exact(taught.all.count)))
      reading.rows = taught.rows.map(\.id)
      return reading
    },
  ]

  private static func awards(
    _ id: String, of honoured: [String], kinds: [String] = [], but others: [String] = []
  ) -> Metric {
    Metric(id, [.counts, .awards], ["awards"], with: ["kinds"]) { scope in
      let rows = scope.rows("awards", nil, word: "kind", kinds).filter {
        honoured.contains($0.text("of") ?? "") && !others.contains($0.text("kind") ?? "")
      }
      return self.honoured(scope, rows, "awards")
    }
  }

  /// Rows of levels as an item asks for them: how many of each level, or one by one with their kind. Rows of a level the
  /// item doesn't know earn nothing there.
  static func honoured(_ scope: MetricScope, _ rows: [LedgerRecord], _ kind: String) -> MetricReading {
    let unsaid = scope.unsaid(kind)
    var value: Fact
    var counted: [LedgerRecord]
    switch scope.need.kind {
    case .counts(let levels):
      counted = rows.filter { levels.contains($0.text("level") ?? "") }
      value = .counts(
        levels.reduce(into: [:]) { counts, level in counts[level] = Exact(counted.count { $0.text("level") == level }) }
      )
    case .awards(let levels, let kinds, _):
      counted = rows.filter { levels.contains($0.text("level") ?? "") }
      value = .awards(
        counted.compactMap { row in
          let own = kinds.map { known in row.text("kind").flatMap { known.contains($0) ? $0 : nil } }
          return Fact.Award(level: row.text("level") ?? "", kind: own ?? row.text("topic") ?? row.text("title"))
        })
    default: return .unknown([])
    }
    let others = rows.filter { row in !counted.contains { $0.id == row.id } }.map { row in
      Message(
        "ledger.how.level",
        [
          "title": .text(row.text("title") ?? row.text("topic") ?? row.first.text),
          "level": row.text("level").map { .message(Message("ledger.word.level.\($0)")) } ?? .text("—"),
        ])
    }
    guard !counted.isEmpty || unsaid.isEmpty else {
      var reading = MetricReading.unknown(unsaid)
      reading.how = others
      return reading
    }
    var reading = MetricReading(value: value)
    reading.how = others
    reading.rows = counted.map(\.id)
    reading.mayRise = !unsaid.isEmpty
    reading.missing = unsaid
    return reading
  }

  /// The counts of the year growth is counted from: each level said, or the ledger of base years declared complete. The
  /// year is the item's own (`over`), given with the binding.
  private static func base(_ id: String, of honoured: String) -> Metric {
    Metric(id, [.counts], ["baselines"], with: ["year"]) { scope in
      guard case .counts(let levels) = scope.need.kind, let base = scope.with.number("year") else {
        return .unknown([Message("ledger.missing.baseYear")])
      }
      let rows = scope.rows("baselines").filter { $0.text("of") == honoured && $0.number("baseYear") == base }
      var counts: [String: Exact] = [:]
      var isSaid = true
      for level in levels {
        let said = rows.filter { $0.text("level") == level }
        let keepers = Set(said.compactMap(\.school))
        if !scope.schools.allSatisfy({ keepers.contains($0.id) }) { isSaid = false }
        counts[level] = said.compactMap { $0.number("awards") }.reduce(.zero, +)
      }
      guard !isSaid else {
        var reading = MetricReading(value: .counts(counts))
        reading.rows = rows.map(\.id)
        return reading
      }
      return scope.settled(.counts(counts), rows, ["baselines"])
    }
  }
}
