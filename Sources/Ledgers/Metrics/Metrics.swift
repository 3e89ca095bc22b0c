import Notation
import Rules

/// All figures that records yield. A new one is a line here, its title in the catalogue, a line of documentation.
public enum Metrics {
  public static let all: [Metric] =
    meetings + staff + training + research + sharing + activities + honours + registry

  public static let byID: [String: Metric] = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  static let meetings: [Metric] =
    Term.allCases.map { term in
      Metric("ledger.meetings.\(term.rawValue)", [.number], ["meetings"], with: ["kinds", "recorded"]) {
        counted($0.recorded(["regular"], term), $0, "meetings", term)
      }
    } + [
      Metric("ledger.meetings.year", [.number], ["meetings"], with: ["kinds", "recorded"]) {
        counted($0.recorded(["regular", "council"], nil), $0, "meetings")
      },
      Metric("ledger.meetings.interim", [.boolean], ["meetings"]) {
        $0.exists($0.rows("meetings", nil, word: "kind", ["interim"]), "meetings")
      },
      Metric("ledger.meetings.final", [.boolean], ["meetings"]) {
        $0.exists($0.rows("meetings", nil, word: "kind", ["final"]), "meetings")
      },
      Metric("ledger.meetings.absent_members", [.number], ["meetings"], with: ["kinds"]) { scope in
        let rows = scope.recorded(["office"], nil)
        let came = Set(rows.flatMap { $0.schools("principals") })
        let absent = scope.present.filter { !$0.isLead && !came.contains($0.id) }
        let how = absent.map { Message("ledger.how.absent", ["school": .text($0.name)]) }
        // Further meetings can't make present ones absent.
        guard !absent.isEmpty else {
          var reading = MetricReading(value: .number(.zero))
          reading.rows = rows.map(\.id)
          return scope.present.isEmpty ? scope.settled(nil, rows, ["meetings"]) : reading
        }
        return scope.settled(.number(Exact(absent.count)), rows, ["meetings"], how: how)
      },
    ]

  static let activities: [Metric] =
    Term.allCases.flatMap { term in
      [
        Metric("ledger.activities.\(term.rawValue)", [.number], ["activities"], with: ["kinds"]) { scope in
          let rows = scope.rows("activities", term, word: "kind", ["culture", "sports", "art", "practice"])
          return counted(rows.filter { $0.schools("schools").count > 1 }, scope, "activities", term)
        },
        Metric("ledger.activities.joint_\(term.rawValue)", [.number], ["activities"], with: ["kinds"]) { scope in
          let rows = scope.rows("activities", term, word: "kind", ["culture", "sports", "art"])
          return counted(
            rows.filter {
              $0.schools("schools").count > 1 && $0.flag("withPupils") == true && $0.flag("withTeachers") == true
            }, scope, "activities", term)
        },
      ]
    } + [
      Metric("ledger.activities.moral_exchange", [.number], ["activities"]) {
        counted($0.rows("activities", nil, word: "kind", ["moral-exchange"]), $0, "activities")
      },
      Metric("ledger.activities.pupils", [.number], ["activities"], with: ["kinds"]) { scope in
        let rows = scope.rows("activities", nil, word: "kind")
        return counted(
          rows.filter { $0.flag("withPupils") == true && $0.schools("schools").count > 1 }, scope, "activities")
      },
      Metric("ledger.assessments.count", [.number], ["assessments"]) {
        counted($0.rows("assessments"), $0, "assessments")
      },
      Metric("ledger.assessments.lacking", [.names], ["assessments"]) { scope in
        lacking(scope, "assessments") { entry in
          scope.rows("assessments").filter { $0.words("aspects").contains(entry) }
        }
      },
    ]

  static func counted(
    _ rows: [LedgerRecord], _ scope: MetricScope, _ kind: String, _ term: Term? = nil
  ) -> MetricReading { scope.rising(Exact(rows.count), rows, kind, term) }

  /// How many different things the rows name.
  static func distinct(
    _ names: [some Hashable], _ rows: [LedgerRecord], _ scope: MetricScope, _ kind: String, _ term: Term? = nil
  ) -> MetricReading { scope.rising(Exact(Set(names).count), rows, kind, term) }

  /// Which of the entries an item asks about nothing is recorded of. Further records only shorten the list: an empty one
  /// holds by itself, any other once the ledger is declared complete.
  static func lacking(
    _ scope: MetricScope, _ kind: String, shown: (String) -> [LedgerRecord]
  ) -> MetricReading {
    guard case .names(let entries) = scope.need.kind else { return .unknown([]) }
    var rows: [LedgerRecord] = []
    let lacking = entries.filter { entry in
      let found = shown(entry)
      rows += found.filter { !rows.contains($0) }
      return found.isEmpty
    }
    guard !lacking.isEmpty else {
      var reading = MetricReading(value: .names([]))
      reading.rows = rows.map(\.id)
      return reading
    }
    return scope.settled(.names(lacking), rows, [kind])
  }
}

extension MetricScope {
  /// Meetings of some kinds of which there is a record, unless the binding takes others too.
  func recorded(_ standard: [String], _ term: Term?) -> [LedgerRecord] {
    let rows = rows("meetings", term, word: "kind", standard)
    return with.flag("recorded") == false ? rows : rows.filter { $0.flag("recorded") == true }
  }
}
