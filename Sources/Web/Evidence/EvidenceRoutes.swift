import Cycles
import HTTPTypes
import Hummingbird
import Notation
import People
import Policies
import Storage

/// A group's evidence: the page, adding by form and by script, the archive.
enum EvidenceRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.evidence) { try await page($0) }
    table.on(.addEvidence) { visit in try await Refusal.evidence { try await addForm(visit) } }
    table.on(.sendEvidence) { visit in try await Refusal.evidence { try await send(visit) } }
    table.on(.evidenceArchive) { visit in try await Refusal.evidence { try await archive(visit) } }
    PieceRoutes.add(to: &table)
    EvidenceFileRoutes.add(to: &table)
  }

  private static func page(_ visit: Visit) async throws -> Response {
    let at = try await EvidenceVisit(visit, group: try visit.id("group"))
    let (list, uses) = try await visit.site.database.read { transaction in
      (
        try EvidenceStore.list(
          authority: at.ground.authority, cycle: at.ground.cycle, group: at.ground.group, for: at.post, transaction),
        try EvidenceStore.uses(
          authority: at.ground.authority, cycle: at.ground.cycle, group: at.ground.group, for: at.post, transaction)
      )
    }
    let maker = EvidenceMaker(visit, at)
    let page = maker.page(list, uses, item: visit.query("item"), saved: visit.query("saved"))
    return visit.page(
      "evidence/group", page, visit.frame(page.title, current: "cycles"))
  }

  private static func addForm(_ visit: Visit) async throws -> Response {
    let at = try await EvidenceVisit(visit, group: try visit.id("group"))
    try at.open()
    let form = try await EvidenceForm(visit) { try at.expect($0) }
    var added: [EvidenceStore.Added] = []
    do {
      let said = try EvidenceSaid(form.fields.all)
      let places = try at.places(said)
      try at.admit(await form.size)
      // One title for several files would call them all the same.
      let title = form.files.count == 1 ? said.title : nil
      for intake in form.files { added.append(try await keep(intake, said, places, title: title, at, visit)) }
    } catch {
      await form.abandon()
      throw error
    }
    let back = SessionRoutes.safe(form.fields.text("back")).map { $0 }
    let saved = added.filter { !$0.isKnown }.count
    return visit.redirect(
      back
        ?? Endpoint.evidence.link(
          at.ground.authority, at.ground.cycle, at.ground.group,
          query: [("saved", "\(saved)-\(added.count - saved)")]))
  }

  private static func send(_ visit: Visit) async throws -> Response {
    let at = try await EvidenceVisit(visit, group: try visit.id("group"))
    try at.open()
    let query = visit.request.uri.queryParameters
    let said = try EvidenceSaid { name in query.getAll(name) }
    let places = try at.places(said)
    let limit = Int(FileKind.highestLimit)
    if let length = visit.announcedLength, length > limit {
      throw Refusal.tooLarge(limit)
    }
    let intake = try await EvidenceIntake(name: visit.query("name") ?? "", into: visit.site.evidence)
    let added: EvidenceStore.Added
    do {
      for try await buffer in visit.pieces { try await intake.write(Array(buffer.readableBytesView)) }
      added = try await keep(intake, said, places, title: said.title, at, visit)
    } catch {
      await intake.abandon()
      throw error
    }
    return visit.json(
      .object([
        ("id", .id(added.id)), ("known", .boolean(added.isKnown)), ("late", .boolean(added.isLate)),
        ("link", .text(Endpoint.piece.link(at.ground.authority, at.ground.cycle, added.id))),
        (
          "said",
          .text(
            visit.text(added.isKnown ? "evidence.added.known" : added.isLate ? "evidence.added.late" : "evidence.added")
          )
        ),
      ]), status: .created)
  }

  private static func keep(
    _ intake: EvidenceIntake, _ said: EvidenceSaid, _ places: [EvidencePlace], title: String?, _ at: EvidenceVisit,
    _ visit: Visit
  ) async throws -> EvidenceStore.Added {
    try at.admit(await intake.size)
    let (file, kind) = try await intake.keep()
    let draft = EvidenceDraft(
      authority: at.ground.authority, cycle: at.ground.cycle, group: at.ground.group, school: said.school, title: title,
      fileName: intake.name, file: file, kind: kind, year: said.year, places: places)
    let id = visit.site.newID(visit.now)
    return try await visit.site.database.write { transaction in
      try EvidenceStore.add(
        draft, plan: at.plan, quota: at.quota, id: id, for: at.post, at: visit.now, by: visit.actor, transaction)
    }
  }

  private static func archive(_ visit: Visit) async throws -> Response {
    let at = try await EvidenceVisit(visit, group: try visit.id("group"))
    let list = try await visit.site.database.read { transaction in
      try EvidenceStore.list(
        authority: at.ground.authority, cycle: at.ground.cycle, group: at.ground.group, for: at.post, transaction)
    }
    let zip = try await EvidenceArchive.archive(
      list, plan: at.plan, from: visit.site.evidence, words: visit.words, at: visit.now)
    let name = visit.text(
      "evidence.archive.name",
      ["group": .text(at.ground.participant.name), "year": .text(visit.words.schoolYear(at.cycle.year))])
    return Response(
      status: .ok, headers: EvidenceFileRoutes.download(name + ".zip", media: "application/zip", size: zip.size),
      body: .init(asyncSequence: zip.map { ByteBuffer(bytes: $0) }))
  }
}

extension EvidenceVisit {
  /// Where a form says that something is shown: `4`, or `4/roster` for the piece of evidence that item 4 asks for.
  ///
  /// Throws `Refusal` naming every place the policy doesn't have.
  func places(_ said: EvidenceSaid) throws(Refusal) -> [EvidencePlace] {
    let places = said.places.prefix(100).map { EvidencePlace(text: $0) }
    let unknown = places.filter { !plan.has($0) }
    guard unknown.isEmpty else {
      throw .invalid(unknown.map { Message("evidence.item.unknown", ["item": .text($0.item)]) })
    }
    return places
  }
}

extension EvidencePlace {
  init(text: String) {
    let pieces = text.split(separator: "/", maxSplits: 1).map(String.init)
    self.init(item: pieces.first ?? "", entry: pieces.count > 1 ? pieces[1] : nil)
  }

  var text: String { entry.map { "\(item)/\($0)" } ?? item }
}
