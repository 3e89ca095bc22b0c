import Notation

/// Days that can't be, and what is due by the policy's bounds.
extension LedgerChecks {
  static let days: [LedgerCheck] = [
    check("not-yet", .error) { scope, found in
      VoidRecords.notYet(scope.year, scope.today).map {
        found([$0], ["kind": scope.title($0.kind), "day": .text(($0.day("adopted") ?? $0.first).text)])
      }
    },
    check("ahead", .warning) { scope, found in
      VoidRecords.ahead(scope.year, scope.today).map {
        found([$0], ["kind": scope.title($0.kind), "title": .text(scope.called($0)), "day": .text($0.first.text)])
      }
    },
    check("old-document", .error) { scope, found in
      VoidRecords.oldDocuments(scope.year).map {
        found(
          [$0],
          [
            "document": .text(scope.called($0)), "adopted": .text($0.day("adopted")?.text ?? ""),
            "school": scope.schoolName($0.school),
          ])
      }
    },
    check("endless", .error) { scope, found in
      VoidRecords.endless(scope.year).map {
        found(
          [$0],
          [
            "teacher": scope.name($0.teacher("teacher")), "from": .text($0.first.text),
            "most": .count(VoidRecords.longestYears),
          ])
      }
    },
    check("exchange-day", .error) { scope, found in
      VoidRecords.shorterThanAMonth(scope.year).map {
        found([$0], ["teacher": scope.name($0.teacher("teacher")), "from": .text($0.first.text)])
      }
    },
    check("filed-before-adopted", .error) { scope, found in
      VoidRecords.filedBeforeAdopted(scope.year).compactMap { row in
        guard let adopted = row.day("adopted"), let filed = row.day("filed") else { return nil }
        return found([row], ["adopted": .text(adopted.text), "filed": .text(filed.text)])
      }
    },
    check("booking-order", .error) { scope, found in
      VoidRecords.bookingOrder(scope.year).map {
        found([$0], ["venue": .text($0.text("venue") ?? ""), "day": .text($0.first.text)])
      }
    },
    check("evidence-year", .error) { scope, found in
      scope.year.allRecords.compactMap { row in
        guard LedgerKinds.byID[row.kind]?.dating != .standing, let evidence = row.evidence,
          let year = scope.evidenceYears[evidence], year != scope.year.days.year
        else { return nil }
        return found(
          [row],
          [
            "kind": scope.title(row.kind), "year": .message(scope.year.days.title),
            "evidence": .message(scope.year.days.title(of: year)),
          ])
      }
    },
    check("not-of-the-group", .warning) { scope, found in
      let schools = Set(scope.year.schools.map(\.id))
      return scope.year.allRecords.filter {
        !$0.allSchools.isSubset(of: schools) || scope.year.void[$0.id] == "not-of-the-group"
      }.map {
        found([$0], ["kind": scope.title($0.kind), "day": .text($0.first.text)])
      }
    },
    check("no-lead", .error) { scope, found in
      scope.year.lead == nil ? [found([], [:])] : []
    },
  ]

  static let filing: [LedgerCheck] = [
    check("managers-filing", .warning) { scope, found in
      guard scope.year.terms.filesManagers else { return [] }
      return scope.year.records("managers").filter { $0.day("filedHome") == nil || $0.day("filedHost") == nil }.map {
        found([$0], ["teacher": scope.name($0.teacher("teacher")), "from": .text($0.first.text)])
      }
    },
    check("managers-order", .warning) { scope, found in
      guard scope.year.terms.filesManagers else { return [] }
      return scope.year.records("managers").filter { row in
        let filed = [row.day("filedHome"), row.day("filedHost")].compactMap(\.self)
        let told = filed + [row.day("resolved"), row.day("appraised")].compactMap(\.self)
        return told.contains { $0 > scope.today } || row.day("appraised").map { $0 < row.first } ?? false
          || !filed.isEmpty && (row.day("resolved").map { resolved in filed.contains { $0 < resolved } } ?? true)
      }.map {
        found([$0], ["teacher": scope.name($0.teacher("teacher")), "from": .text($0.first.text)])
      }
    },
    check("joint-appraisal", .warning) { scope, found in
      guard let after = scope.year.terms.appraisalAfterMonths else { return [] }
      return scope.year.records("managers").filter { row in
        let through = min(row.last ?? scope.today, scope.today)
        return row.day("appraised") == nil && row.text("rank") != "middle"
          && SchoolYearDays.fullMonths(from: row.first, through: through.adding(days: -1)) >= after
      }.map {
        found(
          [$0],
          ["teacher": scope.name($0.teacher("teacher")), "from": .text($0.first.text), "months": .count(after)])
      }
    },
    check("exchange-short", .warning) { scope, found in
      guard let least = scope.year.terms.exchangeMonths else { return [] }
      return scope.year.records("exchange").filter { row in
        let stay = scope.year.stay(of: row)
        return scope.year.void[row.id] == nil
          && stay.last.map { SchoolYearDays.fullMonths(from: stay.first, through: $0) < least } ?? false
      }.map {
        found(
          [$0], ["teacher": scope.name($0.teacher("teacher")), "least": .count(least)])
      }
    },
    check("first-post-term", .warning) { scope, found in
      guard let range = scope.year.terms.firstPostMonths else { return [] }
      return scope.year.records("firstPosts").filter { row in
        row.last.map { !range.contains(SchoolYearDays.fullMonths(from: row.first, through: $0)) } ?? false
      }.map {
        found(
          [$0],
          [
            "teacher": scope.name($0.teacher("teacher")), "least": .count(range.lowerBound),
            "most": .count(range.upperBound),
          ])
      }
    },
    check("incident-veto", .warning) { scope, found in
      scope.year.records("incidents").filter { $0.text("gravity") == "major" || $0.flag("held") == true }.map {
        found([$0], ["school": scope.schoolName($0.school), "day": .text($0.first.text)])
      }
    },
    check("unfiled", .warning) { scope, found in
      scope.year.records("documents").compactMap { row in
        guard let asked = scope.year.asked.first(where: { $0.id == row.text("document") }), asked.fileWith != nil,
          row.day("filed") == nil
        else { return nil }
        return found([row], ["document": .text(asked.title), "school": scope.schoolName(row.school)])
      }
    },
  ]
}
