import Notation

/// Everything that is looked for. A new check is a line here and its sentences in the catalogue.
public enum LedgerChecks {
  public static let all: [LedgerCheck] = people + counts + days + filing

  static func check(
    _ id: String, _ severity: LedgerCheck.Severity,
    _ look:
      @escaping @Sendable (CheckScope, ([LedgerRecord], [String: Message.Part]) -> LedgerCheck.Finding) ->
      [LedgerCheck.Finding]
  ) -> LedgerCheck {
    LedgerCheck(id, severity) { scope in look(scope) { LedgerCheck.found(id, severity, $0, $1) } }
  }

  static let people: [LedgerCheck] = [
    check("two-full-posts", .error) { scope, found in
      // A copy of another row is told as such.
      let full =
        (scope.year.records("exchange").filter { $0.flag("fullTime") == true } + scope.year.records("managers"))
        .filter { scope.year.void[$0.id] == nil }
      return pairs(full, by: { $0.teacher("teacher") }).filter { $0.schools("host") != $1.schools("host") }.map {
        a, b in
        found(
          [a, b],
          [
            "teacher": scope.name(a.teacher("teacher")), "first": scope.schoolName(a.schools("host").first),
            "second": scope.schoolName(b.schools("host").first),
          ])
      }
    },
    check("same-twice", .error) { scope, found in
      VoidRecords.sent.flatMap { kind in
        VoidRecords.copies(scope.year, kind).map { a, b in
          found([a, b], ["teacher": scope.name(a.teacher("teacher")), "kind": scope.title(kind)])
        }
      }
    },
    check("told-twice", .error) { scope, found in
      VoidRecords.told.flatMap { kind in
        VoidRecords.toldTwice(scope.year, kind).map { a, b in
          found(
            [a, b],
            [
              "kind": scope.title(kind), "day": .text((a.day("adopted") ?? a.first).text),
              "title": .text(scope.called(a)),
            ])
        }
      }
    },
    check("own-school", .error) { scope, found in
      VoidRecords.ownSchool(scope.year).map {
        found([$0], ["teacher": scope.name($0.teacher("teacher")), "school": scope.schoolName($0.school)])
      }
    },
    check("booked-twice", .error) { scope, found in
      let rows = scope.year.records("bookings")
      return pairs(rows, by: { "\($0.first.text) \($0.schools("provider")) \($0.text("venue") ?? "")" })
        .filter { a, b in
          (a.text("begins") ?? "") < (b.text("ends") ?? "") && (b.text("begins") ?? "") < (a.text("ends") ?? "")
        }
        .map { a, b in found([a, b], ["venue": .text(a.text("venue") ?? ""), "day": .text(a.first.text)]) }
    },
  ]

  static let counts: [LedgerCheck] = [
    check("sent", .error) { scope, found in disagreement(scope, "sent", found) { $0.school } },
    check("received", .error) { scope, found in disagreement(scope, "received", found) { $0.schools("host").first } },
    check("partners", .error) { scope, found in
      let rows = scope.year.records("staffing")
      let sent = rows.compactMap { $0.number("sent") }
      let received = rows.compactMap { $0.number("received") }
      guard !scope.year.schools.isEmpty, sent.count == scope.year.schools.count, received.count == sent.count else {
        return []
      }
      let (all, there) = (sent.reduce(.zero, +), received.reduce(.zero, +))
      return all == there ? [] : [found(rows, ["sent": .number(all), "received": .number(there)])]
    },
    check("more-than-all", .error) { scope, found in
      scope.year.records("staffing").flatMap { row -> [LedgerCheck.Finding] in
        guard let all = row.number("teachers") else { return [] }
        return ["eligible", "backbone", "newTeachers", "trained", "jointTrained", "researching", "resourceUsers"]
          .compactMap { field in
            guard let some = row.number(field), some > all else { return nil }
            return found(
              [row],
              [
                "school": scope.schoolName(row.school), "field": .message(Message("ledger.field.\(field)")),
                "some": .number(some), "all": .number(all),
              ])
          }
      }
    },
    check("moved-more-than-new", .error) { scope, found in
      scope.year.records("staffing").compactMap { row in
        guard let some = row.number("newManagersMoved"), let all = row.number("newManagers"), some > all else {
          return nil
        }
        return found([row], ["school": scope.schoolName(row.school), "some": .number(some), "all": .number(all)])
      }
    },
  ]

  /// Rows of one person or thing whose days overlap, each pair once.
  static func pairs<Key: Hashable>(
    _ rows: [LedgerRecord], by key: (LedgerRecord) -> Key?
  ) -> [(LedgerRecord, LedgerRecord)] {
    var groups: [Key: [LedgerRecord]] = [:]
    for row in rows { if let key = key(row) { groups[key, default: []].append(row) } }
    return groups.values.flatMap { rows -> [(LedgerRecord, LedgerRecord)] in
      let rows = rows.sorted { ($0.first, $0.id) < ($1.first, $1.id) }
      return rows.indices.flatMap { place in
        rows[(place + 1)...].prefix { other in rows[place].last.map { other.first <= $0 } ?? true }
          .map { (rows[place], $0) }
      }
    }.sorted { $0.0.id < $1.0.id }
  }

  /// The head count a school gave against the people in the ledger of exchange.
  private static func disagreement(
    _ scope: CheckScope, _ field: String, _ found: ([LedgerRecord], [String: Message.Part]) -> LedgerCheck.Finding,
    _ whose: (LedgerRecord) -> ID?
  ) -> [LedgerCheck.Finding] {
    let days = scope.year.days
    let rows = scope.year.records("exchange").filter { $0.overlaps(days.first, days.last) }
    // Until every school has said that its list is complete, the lists may simply be shorter.
    let isComplete = scope.year.keepers(of: LedgerKinds.exchange).allSatisfy {
      scope.year.isClosed("exchange", by: $0, nil)
    }
    return scope.year.records("staffing").compactMap { heads in
      guard let said = heads.number(field) else { return nil }
      let own = rows.filter { whose($0) == heads.school }
      let listed = Exact(Set(own.compactMap { $0.teacher("teacher") }).count)
      guard listed > said || (isComplete && listed != said) else { return nil }
      return found(
        [heads] + own, ["school": scope.schoolName(heads.school), "said": .number(said), "listed": .number(listed)])
    }
  }
}
