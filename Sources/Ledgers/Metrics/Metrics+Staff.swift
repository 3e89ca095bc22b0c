import Notation
import Rules

/// Exchange of teachers and of those who lead schools.
extension Metrics {
  static let staff: [Metric] = [
    Metric("ledger.exchange.rate", [.number], ["exchange", "staffing"], with: ["ways", "months", "fullTime"]) {
      let rows = $0.exchanged()
      return $0.share(Exact(people(rows).count), rows, of: "eligible", "exchange")
    },
    Metric("ledger.exchange.rate_all", [.number], ["exchange", "staffing"], with: ["ways", "months", "fullTime"]) {
      let rows = $0.exchanged()
      return $0.share(Exact(people(rows).count), rows, of: "teachers", "exchange")
    },
    Metric("ledger.exchange.backbone_flow_rate", [.number], ["exchange", "staffing"], with: ["ways", "months"]) {
      let rows = $0.exchanged().filter { $0.flag("backbone") == true }
      return $0.share(Exact(people(rows).count), rows, of: "backbone", "exchange")
    },
    Metric("ledger.exchange.backbone_share", [.number], ["exchange"], with: ["ways", "months", "ifNone"]) { scope in
      let rows = scope.exchanged()
      return part(rows.filter { $0.flag("backbone") == true }, of: rows, scope)
    },
    Metric("ledger.exchange.full_year_share", [.number], ["exchange"], with: ["ways", "months", "ifNone"]) { scope in
      let rows = scope.exchanged(any: true)
      let months = scope.with.number("months")?.integer ?? scope.year.terms.exchangeMonths
      guard let months else { return .unknown([Message("ledger.missing.months")]) }
      return part(rows.filter { scope.months(of: $0) >= months }, of: rows, scope)
    },
    Metric("ledger.exchange.scarce_shared", [.boolean], ["exchange"], with: ["subjects", "ways"]) { scope in
      guard let subjects = scope.with.words("subjects") else {
        return .unknown([Message("ledger.missing.subjects")])
      }
      let rows = scope.rows("exchange").filter { subjects.contains($0.text("subject") ?? "") }
        .filter { row in scope.with.words("ways").map { $0.contains(row.text("way") ?? "") } ?? true }
      return scope.exists(rows, "exchange")
    },
    Metric("ledger.exchange.managers_rate", [.number], ["managers", "staffing"]) { scope in
      let rows = scope.sent("managers")
      return scope.share(Exact(people(rows).count), rows, of: "managers", "managers")
    },
    Metric("ledger.exchange.manager_rate", [.number], ["staffing"]) { scope in
      let moved = scope.heads("newManagersMoved")
      guard let sum = moved.sum else { return .unknown(moved.missing) }
      return scope.share(sum, moved.rows, of: "newManagers", "staffing")
    },
    Metric("ledger.exchange.first_post", [.number], ["firstPosts"]) { scope in
      let rows = scope.sent("firstPosts").filter { row in
        scope.year.terms.firstPostMonths.map { scope.months(of: row) >= $0.lowerBound } ?? true
      }
      return distinct(people(rows), rows, scope, "firstPosts")
    },
  ]

  /// Each person once, however often they were sent.
  static func people(_ rows: [LedgerRecord]) -> [ID] {
    var seen: Set<ID> = []
    return rows.compactMap { $0.teacher("teacher") }.filter { seen.insert($0).inserted }
  }

  /// The share of people among people, in percent. Among nobody it is nothing that could be computed, unless the binding
  /// says what it is then (`ifNone`).
  private static func part(
    _ some: [LedgerRecord], of all: [LedgerRecord], _ scope: MetricScope
  ) -> MetricReading {
    let (part, whole) = (Exact(people(some).count), Exact(people(all).count))
    let how = [Message("ledger.how.share", ["part": .number(part), "whole": .number(whole)])]
    guard !whole.isZero else {
      let none = scope.with.number("ifNone").map { Fact.number($0) }
      var reading = scope.settled(none, all, ["exchange"], how: how)
      if none == nil, reading.missing.isEmpty { reading.missing = [Message("ledger.missing.none")] }
      return reading
    }
    return scope.settled(.number(MetricScope.percent(part, of: whole)), some, ["exchange"], how: how)
  }
}

extension MetricScope {
  /// Those a school sent in the year.
  func sent(_ kind: String) -> [LedgerRecord] {
    rows(kind).filter { row in school.map { row.school == $0 } ?? true }
  }

  /// What is exchange where the binding names no ways: lessons sent, taught online, and pairs of master and apprentice move
  /// nobody to another school.
  static let movingWays = ["rotation", "walk-teaching", "part-time", "aid"]

  /// The exchanges the binding counts: of some ways, of some length.
  ///
  /// - Parameter any: of any length.
  func exchanged(any: Bool = false) -> [LedgerRecord] {
    let ways = with.words("ways") ?? MetricScope.movingWays
    let least = any ? nil : with.number("months")?.integer
    return sent("exchange").filter { row in
      ways.contains(row.text("way") ?? "")
        && (with.flag("fullTime") == true ? row.flag("fullTime") == true : true)
        && (least.map { months(of: row) >= $0 } ?? true)
    }
  }

  /// How long somebody was at the other school; who still is, until the end of the year.
  func months(of row: LedgerRecord) -> Int {
    let stay = year.stay(of: row)
    return SchoolYearDays.fullMonths(from: stay.first, through: stay.last ?? year.days.last)
  }
}
