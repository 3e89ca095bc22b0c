import Notation
import Registry

/// The conditions of a list of schools: `$1` the day, `$2` whose reach, more as they come.
struct SchoolQuery {
  private(set) var values: [Value]
  private(set) var condition: String
  let holds =
    "m.since <= $1 AND (m.until IS NULL OR m.until > $1) AND (g.formed IS NULL OR g.formed <= $1) AND (g.dissolved IS NULL OR g.dissolved > $1)"

  var from: String {
    "FROM school s LEFT JOIN (\(CoverageStore.past(of: "$1"))) p ON p.school = s.id JOIN authority a ON a.id = COALESCE(p.authority, s.authority)"
  }

  func has(_ flag: String) -> String {
    "(SELECT COUNT(*) FROM school_flag f WHERE f.school = s.id AND f.flag = '\(flag)' AND f.since <= $1 AND (f.until IS NULL OR f.until > $1))"
  }

  init(_ filter: RegistryFilter, _ day: Day, _ reach: RegistryReach) {
    values = [.day(day), reach.value]
    condition = ""
    var conditions: [String] = []
    if reach.authority == nil {
      conditions.append(
        """
        (s.id = $2 OR EXISTS (
          SELECT 1 FROM membership x JOIN membership y ON y.grp = x.grp WHERE x.school = $2 AND y.school = s.id))
        """)
    } else {
      conditions.append("EXISTS (SELECT 1 FROM authority_within w WHERE w.upper_id = $2 AND w.lower_id = a.id)")
    }
    conditions.append("(s.opened IS NULL OR s.opened <= $1)")
    conditions.append(
      filter.state == .closed ? "s.closed <= $1" : "(s.closed IS NULL OR s.closed > $1)")
    if let words = filter.words {
      let like = bind(.text(AccountStore.pattern(words)))
      conditions.append(
        "(\(isLike("COALESCE(p.name, s.name)", like)) OR \(isLike("s.code", like)))")
    }
    if let area = filter.area {
      conditions.append(
        "EXISTS (SELECT 1 FROM authority_within v WHERE v.lower_id = a.id AND v.upper_id = \(bind(.id(area))))")
    }
    if filter.isCompulsory { conditions.append("(COALESCE(p.stages, s.stages) & 6) <> 0") }
    if let stage = filter.stage {
      conditions.append("(COALESCE(p.stages, s.stages) & \(stage.rawValue)) = \(stage.rawValue)")
    }
    if let ownership = filter.ownership {
      conditions.append("COALESCE(p.ownership, s.ownership) = \(bind(.text(ownership.rawValue)))")
    }
    if let location = filter.location {
      conditions.append("COALESCE(p.location, s.location) = \(bind(.text(location.rawValue)))")
    }
    if let zone = filter.zone {
      conditions.append(
        """
        EXISTS (
          SELECT 1 FROM school_flag z WHERE z.school = s.id AND z.flag = 'area' AND z.area = \(bind(.text(zone)))
            AND z.since <= $1 AND (z.until IS NULL OR z.until > $1))
        """)
    }
    if let flag = filter.flag { conditions.append("\(has(flag.rawValue)) > 0") }
    let isGrouped =
      "EXISTS (SELECT 1 FROM membership m JOIN school_group g ON g.id = m.grp WHERE m.school = s.id AND \(holds))"
    switch filter.state {
    case .covered: conditions.append(isGrouped)
    case .uncovered: conditions.append("NOT \(isGrouped)")
    case .weak: conditions.append("\(has("weak")) > 0")
    case .new: conditions.append("\(has("new")) > 0")
    case .closed, .noLead, nil: break
    }
    condition = conditions.joined(separator: " AND ")
  }

  private mutating func bind(_ value: Value) -> String {
    values.append(value)
    return "$\(values.count)"
  }
}
