import Crypto
import Documents
import Foundation
import Hummingbird
import Ledgers
import Notation
import People
import Storage

/// The year's records: a group's year, one kind of records, what is done with them.
enum LedgerRoutes {
  static let mostGroups = 200

  static func add(to table: inout RouteTable) {
    table.on(.ledgerGroups) { try await groups($0) }
    table.on(.ledgerYear) { visit in
      let at = try await LedgerVisit(visit)
      let page = LedgerYearPage(visit, at)
      return visit.page("ledgers/year", page, visit.frame(page.title, current: "records"))
    }
    table.on(.ledgerMetrics) { visit in
      let at = try await LedgerVisit(visit)
      let page = LedgerMetricsPage(visit, at, item: visit.query("item"))
      return visit.page("ledgers/metrics", page, visit.frame(page.title, current: "records"))
    }
    table.on(.ledger) { visit in
      let (kind, at) = (try LedgerVisit.kind(visit), try await LedgerVisit(visit))
      var record: LedgerRecord?
      if let id = visit.query("record") {
        guard let found = at.year.records(kind.id).first(where: { $0.id.description == id }) else {
          throw Refusal.notFound
        }
        record = found
      } else if at.rights.mayKeepSome(kind), LedgerPage.isFull(kind, at) {
        let kept = at.year.records(kind.id)
        record = kept.first { $0.school == at.post.school } ?? kept.first { at.rights.mayKeep(kind, $0.school) }
      }
      return show(visit, at, kind, record: record, said: visit.query("done"))
    }
    table.on(.saveRecord) { visit in try await Refusal.ledger { try await save(visit) } }
    table.on(.removeRecord) { visit in try await Refusal.ledger { try await remove(visit) } }
    table.on(.declareLedger) { visit in try await Refusal.ledger { try await declare(visit) } }
    LedgerBookRoutes.add(to: &table)
  }

  private static func groups(_ visit: Visit) async throws -> Response {
    let (post, today) = (try visit.post, visit.now.day)
    let current = SchoolYearDays.year(of: today, policy: nil)
    let year = visit.number("year", in: .schoolYears) ?? current
    guard let days = SchoolYearDays(year, of: nil) else { throw Refusal.notFound }
    let after = visit.query("after").flatMap { ID($0) }
    let found = try await visit.site.database.read {
      try LedgerStore.groups(year: days, for: post.appointment, after: after, most: mostGroups + 1, $0)
    }
    // A school has one group as a rule: its year is what it came for.
    if found.count == 1, after == nil, post.school != nil {
      return visit.redirect(Endpoint.ledgerYear.link(found[0].group, year))
    }
    let page = LedgerGroupsPage(visit, found, year: year, current: current)
    return visit.page("ledgers/groups", page, visit.frame(page.title, current: "records"))
  }

  static func show(
    _ visit: Visit, _ at: LedgerVisit, _ kind: LedgerKind, record: LedgerRecord? = nil, typed: TypedRecord? = nil,
    faults: [RecordReading.Fault] = [], said: String? = nil, picked: ID? = nil, notes: [String] = []
  ) -> Response {
    let page = LedgerPage(
      visit, at, kind, record: record, typed: typed, faults: faults, said: said, picked: picked, notes: notes)
    return visit.page(
      "ledgers/kind", page, visit.frame(page.title, current: "records"),
      status: !notes.isEmpty ? .conflict : faults.isEmpty ? .ok : .unprocessableContent)
  }

  /// What stands there now where somebody else changed it meanwhile, beside what was typed.
  private static func notes(
    _ typed: TypedRecord, _ now: LedgerRecord?, _ kind: LedgerKind, _ at: LedgerVisit, _ words: Catalogue
  ) -> [String] {
    guard let now else { return [words.text("ledgers.changed.gone")] }
    let texts = at.text(now, words).typed(now, kind: kind).texts
    return [words.text("ledgers.changed.now")]
      + kind.fields.compactMap { field in
        let (new, own) = (texts[field.id] ?? "", typed.texts[field.id] ?? "")
        guard new != own else { return nil }
        return words.text(
          "ledgers.changed.field",
          [
            "field": .message(field.title), "now": .text(new.isEmpty ? "—" : new),
            "typed": .text(own.isEmpty ? "—" : own),
          ])
      }
  }

  /// The longest text of a field has some four thousand characters.
  private static let mostBytes = 16_000

  private static func save(_ visit: Visit) async throws -> Response {
    let (kind, arguments) = (try LedgerVisit.kind(visit), try LedgerVisit.Arguments(visit))
    let texts = try kind.fields.reduce(into: [String: String]()) { texts, field in
      let values = visit.form.all(field.id).filter { !$0.isEmpty }
      guard values.reduce(0, { $0 + $1.utf8.count }) <= mostBytes else {
        throw Refusal.invalid("ledgers.long", ["field": .message(field.title), "most": .count(mostBytes / 1000)])
      }
      if !values.isEmpty { texts[field.id] = values.joined(separator: "、") }
    }
    let typed = TypedRecord(kind: kind.id, school: visit.form.text("school") ?? "", texts: texts)
    let (id, version) = (visit.form.text("record"), visit.form.number("recordVersion", in: .versions))
    let evidence = visit.form.text("evidence").flatMap { ID($0) }
    let (now, actor, ids) = (visit.now, visit.actor, visit.site.ids)
    let namesNobody = visit.form.text("namesNobody") == "true"
    let key = id == nil ? formKey(visit, arguments, typed, evidence) : nil
    do {
      try await visit.site.database.write { transaction in
        // The same form sent twice is one record.
        if let key, try RequestKeyStore.find(key, transaction) != nil { return }
        let at = try LedgerVisit(arguments, transaction)
        let before = id.flatMap { id in at.year.records(kind.id).first { $0.id.description == id } }
        if id != nil, before == nil || before?.version != version { throw LedgerConflict.changed }
        // What the viewer may not know of isn't linked.
        let linked = evidence.flatMap { at.pieces[$0] }.flatMap { $0.isWithdrawn ? nil : $0.id }
        let reading = RecordReading(typed, kind: kind, in: at.context, before: before)
        if reading.faults.isEmpty, reading.seemsToNamePupil, !namesNobody {
          throw LedgerConflict.refused([RecordReading.Fault(field: "", message: Message(RecordForm.pupilFault))])
        }
        try LedgerStore.save(
          LedgerStore.Draft(reading, kind: kind, before: before, evidence: linked),
          on: at.ground, at.year, rights: at.rights, at: now, by: actor, ids: ids, transaction)
        if let key { _ = try RequestKeyStore.once(key, at: now, transaction) { KeyedAnswer(status: 303, text: "{}") } }
      }
    } catch LedgerConflict.refused(let faults) {
      let at = try await LedgerVisit(visit)
      let before = id.flatMap { id in at.year.records(kind.id).first { $0.id.description == id } }
      return show(visit, at, kind, record: before, typed: typed, faults: faults, picked: evidence)
    } catch LedgerConflict.changed where id != nil {
      let at = try await LedgerVisit(visit)
      let now = id.flatMap { id in at.year.records(kind.id).first { $0.id.description == id } }
      return show(
        visit, at, kind, record: now, typed: typed, picked: evidence, notes: notes(typed, now, kind, at, visit.words))
    }
    return visit.redirect(
      Endpoint.ledger.link(arguments.group, arguments.year, kind.id, query: [("done", "saved")]))
  }

  /// A form for a new record carries a number of its own; with the same content it is the same request.
  private static func formKey(
    _ visit: Visit, _ arguments: LedgerVisit.Arguments, _ typed: TypedRecord, _ evidence: ID?
  ) -> RequestKey? {
    guard let account = visit.actor.account, let once = visit.form.text("once").flatMap({ ID($0) }) else { return nil }
    let texts = typed.texts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\n")
    let place = "\(arguments.group)/\(arguments.year)/\(typed.kind)/\(typed.school)"
    let said = "\(place)\n\(evidence?.description ?? "")\n\(texts)"
    let print = Data(SHA256.hash(data: Data(said.utf8))).base64EncodedString()
    return RequestKey(account: account, text: "ledger/\(once)/\(print)", fingerprint: print)
  }

  private static func remove(_ visit: Visit) async throws -> Response {
    let (kind, arguments) = (try LedgerVisit.kind(visit), try LedgerVisit.Arguments(visit))
    let (id, version) = (visit.form.text("record"), visit.form.number("recordVersion", in: .versions))
    let (now, actor) = (visit.now, visit.actor)
    try await visit.site.database.write { transaction in
      let at = try LedgerVisit(arguments, transaction)
      guard let record = at.year.records(kind.id).first(where: { $0.id.description == id }),
        record.version == version
      else { throw LedgerConflict.changed }
      try LedgerStore.remove(
        record, kind: kind, on: at.ground, at.year, rights: at.rights, at: now, by: actor, transaction)
    }
    return visit.redirect(
      Endpoint.ledger.link(arguments.group, arguments.year, kind.id, query: [("done", "removed")]))
  }

  private static func declare(_ visit: Visit) async throws -> Response {
    let (kind, arguments) = (try LedgerVisit.kind(visit), try LedgerVisit.Arguments(visit))
    let school = visit.form.text("school").flatMap { ID($0) }
    let term = visit.form.text("term").flatMap { Term(rawValue: $0) }
    let isComplete = visit.form.text("complete") == "true"
    let (now, actor) = (visit.now, visit.actor)
    try await visit.site.database.write { transaction in
      let at = try LedgerVisit(arguments, transaction)
      guard at.year.keepers(of: kind).contains(school) else { throw LedgerConflict.forbidden }
      try LedgerStore.declare(
        Statement(kind: kind.id, school: school, term: term), isComplete: isComplete, kind: kind, on: at.ground,
        rights: at.rights, at: now, by: actor, transaction)
    }
    return visit.redirect(
      Endpoint.ledger.link(
        arguments.group, arguments.year, kind.id, query: [("done", isComplete ? "declared" : "reopened")]))
  }
}
