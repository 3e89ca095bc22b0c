import Notation
import Rules

/// Training, joint teaching research, what schools share.
extension Metrics {
  static let training: [Metric] =
    [
      heads("ledger.trainings.teachers", "trained"),
      Metric("ledger.training.rate", [.number], ["staffing"]) { rate($0, "jointTrained") },
      Metric("ledger.resources.use_rate", [.number], ["staffing"]) { rate($0, "resourceUsers") },
      Metric("ledger.trainings.ethics", [.boolean], ["training"]) {
        $0.exists($0.rows("training", nil, word: "kind", ["ethics"]), "training")
      },
      Metric("ledger.trainings.basic_skills", [.boolean], ["training"]) {
        $0.exists($0.rows("training", nil, word: "kind", ["basic-skills"]), "training")
      },
      Metric("ledger.trainings.lacking", [.names], ["training"]) { scope in
        lacking(scope, "training") { entry in scope.rows("training").filter { $0.text("kind") == entry } }
      },
      Metric("ledger.training.all_members", [.boolean], ["training"], with: ["kinds"]) { scope in
        let rows = scope.rows("training", nil, word: "kind", ["school-based"])
        let reached = Set(rows.flatMap { $0.schools("schools") })
        let isAll = !scope.present.isEmpty && scope.present.allSatisfy { $0.isLead || reached.contains($0.id) }
        guard isAll, !rows.isEmpty else { return scope.settled(.boolean(false), rows, ["training"]) }
        return scope.exists(rows, "training")
      },
    ]
    + ([nil] + Term.allCases.map { $0 }).map { term in
      Metric("ledger.guidance.\(term?.rawValue ?? "count")", [.number], ["guidance"], with: ["kinds"]) { scope in
        let rows = scope.rows("guidance", term, word: "kind").filter { row in
          scope.school.map { row.schools("host").contains($0) } ?? true
        }
        return counted(rows, scope, "guidance", term)
      }
    }

  static let research: [Metric] =
    Term.allCases.map { term in
      Metric("ledger.themes.\(term.rawValue)_subjects", [.number], ["research", "staffing"], with: ["kinds"]) { scope in
        let taught = scope.subjects
        guard taught.missing.isEmpty else { return .unknown(taught.missing) }
        // What nobody teaches makes up for no subject that lacks its theme.
        let rows = scope.rows("research", term, word: "kind", ["theme"]).filter {
          $0.text("subject").map { taught.all.contains($0) } ?? false
        }
        let held = Set(rows.compactMap { $0.text("subject") })
        var reading = distinct(Array(held), rows, scope, "research", term)
        let lacking = taught.all.subtracting(held).sorted()
        if !lacking.isEmpty {
          let names = lacking.map { Message("ledger.word.subject.\($0)") }
          reading.how.append(Message("ledger.how.subjects", ["subjects": .list(names)]))
        }
        return reading
      }
    } + [
      Metric("ledger.displays.count", [.number], ["research"], with: ["kinds"]) {
        counted($0.rows("research", nil, word: "kind", ["display"]), $0, "research")
      },
      Metric("ledger.research.joint", [.number], ["research"], with: ["kinds"]) { scope in
        let rows = scope.rows("research", nil, word: "kind").filter { $0.schools("schools").count > 1 }
        return counted(rows, scope, "research")
      },
      Metric("ledger.research.lacking_in_year", [.names], ["research"]) { scope in
        lacking(scope, "research") { entry in scope.rows("research").filter { $0.text("kind") == entry } }
      },
      Metric("ledger.research.lacking_by_term", [.names], ["research"], with: ["perTerm"]) { scope in
        lacking(scope, "research") { entry in
          let found = Term.allCases.map { term in scope.rows("research", term).filter { $0.text("kind") == entry } }
          let isOfTerm = scope.with.words("perTerm").map { $0.contains(entry) } ?? true
          return isOfTerm && found.contains(where: \.isEmpty) ? [] : found.flatMap { $0 }
        }
      },
      heads("ledger.research.teachers", "researching"),
      Metric("ledger.research.joint_projects", [.number], ["projects"], with: ["kinds"]) {
        counted($0.jointProjects, $0, "projects")
      },
      Metric("ledger.research.joint_project", [.boolean], ["projects"], with: ["kinds"]) {
        $0.exists($0.jointProjects, "projects")
      },
      Metric("ledger.research.reform_schools", [.number], ["projects"], with: ["kinds"]) { scope in
        let rows = scope.rows("projects", nil, word: "kind", ["reform"]).filter { $0.text("state") != "planned" }
        let here = Set(scope.present.map(\.id))
        return distinct(rows.flatMap { $0.schools("schools") }.filter(here.contains), rows, scope, "projects")
      },
      Metric("ledger.projects.planned", [.number], ["projects"], with: ["kinds"]) { scope in
        let rows = scope.rows("projects", nil, word: "kind", ["work"])
        return scope.settled(.number(Exact(rows.count)), rows, ["projects"])
      },
      Metric("ledger.projects.done", [.number], ["projects"], with: ["kinds"]) { scope in
        counted(
          scope.rows("projects", nil, word: "kind", ["work"]).filter { $0.text("state") == "concluded" }, scope,
          "projects")
      },
      Metric("ledger.projects.awards", [.awards], ["projects"], with: ["kinds"]) { scope in
        honoured(
          scope, scope.rows("projects", nil, word: "kind", ["research"]).filter { $0.text("state") != "planned" },
          "projects")
      },
    ]

  static let sharing: [Metric] = [
    Metric("ledger.courses.planned", [.number], ["courses"]) {
      $0.settled(.number(Exact($0.rows("courses").count)), $0.rows("courses"), ["courses"])
    },
    Metric("ledger.courses.shared", [.number], ["courses"], with: ["states"]) { scope in
      let states = scope.with.words("states") ?? ["done"]
      return counted(scope.rows("courses").filter { states.contains($0.text("state") ?? "") }, scope, "courses")
    },
    Metric("ledger.courses.shared_by_all", [.boolean], ["courses"], with: ["states"]) { scope in
      let states = scope.with.words("states") ?? ["running", "done"]
      let rows = scope.rows("courses").filter { states.contains($0.text("state") ?? "") }
      // Who gives a course has it.
      let reached = Set(rows.flatMap { $0.schools("schools") + $0.schools("provider") })
      guard !scope.present.isEmpty, scope.present.allSatisfy({ reached.contains($0.id) }) else {
        return scope.settled(.boolean(false), rows, ["courses"])
      }
      return scope.exists(rows, "courses")
    },
    Metric("ledger.facilities.shared", [.number], ["venues"]) { counted($0.rows("venues"), $0, "venues") },
    Metric("ledger.aid.days", [.number], ["aid"]) { scope in
      let rows = scope.rows("aid", nil, word: "kind", ["teaching"]).filter { $0.flag("done") == true }
      let days = rows.compactMap { $0.number("days") }
      let sum = days.reduce(.zero, +)
      guard days.count == rows.count else {
        var reading = MetricReading.unknown([
          Message("ledger.missing.days", ["count": .count(rows.count - days.count)])
        ])
        (reading.soFar, reading.rows) = (.number(sum), rows.map(\.id))
        return reading
      }
      return scope.rising(sum, rows, "aid")
    },
    Metric("ledger.aid.lessons", [.number], ["aid"]) {
      counted($0.rows("aid", nil, word: "kind", ["lesson"]).filter { $0.flag("done") == true }, $0, "aid")
    },
    Metric("ledger.aid.lessons_planned", [.number], ["aid"]) {
      let rows = $0.rows("aid", nil, word: "kind", ["lesson"])
      return $0.settled(.number(Exact(rows.count)), rows, ["aid"])
    },
    Metric("ledger.platforms.active", [.number], ["platforms"], with: ["kinds"]) {
      counted($0.rows("platforms", nil, word: "kind").filter { $0.flag("active") == true }, $0, "platforms")
    },
    Metric("ledger.tasks.planned", [.number], ["matters"]) {
      $0.settled(.number(Exact($0.rows("matters").count)), $0.rows("matters"), ["matters"])
    },
    Metric("ledger.tasks.done", [.number], ["matters"]) { scope in
      // Done in time (按期办结): by its day, where it has one.
      let rows = scope.rows("matters").filter { row in
        row.day("done").map { done in row.day("due").map { done <= $0 } ?? true } ?? false
      }
      return counted(rows, scope, "matters")
    },
  ]

  /// A head count of the year: no row by row sum could say it.
  static func heads(_ id: String, _ field: String) -> Metric {
    Metric(id, [.number], ["staffing"]) { scope in
      let heads = scope.heads(field)
      guard let sum = heads.sum else { return .unknown(heads.missing) }
      var reading = MetricReading(value: .number(sum))
      reading.rows = heads.rows.map(\.id)
      return reading
    }
  }

  private static func rate(_ scope: MetricScope, _ field: String) -> MetricReading {
    let part = scope.heads(field)
    let whole = scope.heads("teachers")
    guard let some = part.sum, let all = whole.sum else {
      return .unknown(part.missing + whole.missing)
    }
    guard !all.isZero else {
      return .unknown([Message("ledger.missing.nobody", ["field": .message(Message("ledger.field.teachers"))])])
    }
    var reading = MetricReading(value: .number(MetricScope.percent(some, of: all)))
    reading.rows = whole.rows.map(\.id)
    reading.how = [Message("ledger.how.share", ["part": .number(some), "whole": .number(all)])]
    return reading
  }
}

extension MetricScope {
  /// Projects in which every member school takes part (各成员学校共同参与); the lead school may.
  var jointProjects: [LedgerRecord] {
    rows("projects", nil, word: "kind", ["research"]).filter { row in
      let taking = Set(row.schools("schools"))
      return row.text("state") != "planned" && !year.members.isEmpty
        && year.members.allSatisfy { taking.contains($0.id) }
    }
  }

  /// The subjects taught, each once; every school has to have said which.
  var subjects: (all: Set<String>, rows: [LedgerRecord], missing: [Message]) {
    let rows = rows("staffing")
    let silent = schools.filter { school in
      !rows.contains { $0.school == school.id && !$0.words("subjects").isEmpty }
    }
    return (
      Set(rows.flatMap { $0.words("subjects") }), rows,
      silent.map {
        Message(
          "ledger.missing.heads",
          ["school": .text($0.name), "field": .message(Message("ledger.field.subjects"))])
      }
    )
  }
}
