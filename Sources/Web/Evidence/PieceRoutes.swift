import Cycles
import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// One piece of evidence: looking at it, linking it, a newer version, taking it back.
enum PieceRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.piece) { visit in try await Refusal.evidence { try await page(visit) } }
    table.on(.linkPiece) { visit in
      try await change(visit) { at, piece, transaction in
        guard let place = visit.form.text("place") else { throw Refusal.invalid("evidence.place.none") }
        try EvidenceStore.link(
          piece.id, to: EvidencePlace(text: place), authority: piece.authority, cycle: at.ground.cycle, plan: at.plan,
          for: at.post, at: visit.now, by: visit.actor, transaction)
        return piece.id
      }
    }
    table.on(.unlinkPiece) { visit in
      try await change(visit) { at, piece, transaction in
        try EvidenceStore.unlink(
          piece.id, from: EvidencePlace(text: visit.form.text("place") ?? ""), authority: piece.authority,
          cycle: at.ground.cycle, for: at.post, at: visit.now, by: visit.actor, transaction)
        return piece.id
      }
    }
    table.on(.withdrawPiece) { visit in
      try await change(visit) { at, piece, transaction in
        try EvidenceStore.withdraw(
          piece.id, authority: piece.authority, cycle: at.ground.cycle, for: at.post, at: visit.now, by: visit.actor,
          transaction)
        return piece.id
      }
    }
    table.on(.replacePiece) { visit in try await Refusal.evidence { try await replace(visit) } }
  }

  /// The piece and the group's ground around it.
  private static func find(_ visit: Visit) async throws -> (EvidenceVisit, StoredEvidence) {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("evidence"), try visit.post)
    let piece = try await visit.site.database.read {
      try EvidenceStore.evidence(authority: authority, id, for: post, $0)
    }
    guard let piece else { throw Refusal.notFound }
    return (try await EvidenceVisit(visit, group: piece.group), piece)
  }

  private static func page(_ visit: Visit) async throws -> Response {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("evidence"), try visit.post)
    let versions = try await visit.site.database.read {
      try EvidenceStore.versions(authority: authority, id, for: post, $0)
    }
    guard let piece = versions.first(where: { $0.id == id }) else { throw Refusal.notFound }
    let at = try await EvidenceVisit(visit, group: piece.group)
    let (links, uses) = try await visit.site.database.read { transaction in
      (
        try EvidenceStore.links(of: piece, in: at.ground.cycle, transaction),
        try EvidenceStore.uses(
          authority: authority, cycle: at.ground.cycle, group: piece.group, piece: id, for: post, transaction)
      )
    }
    var shown = piece
    shown.links = links
    let page = PieceMaker(visit, at).page(shown, versions: versions, uses: uses[piece.id] ?? EvidenceUses())
    return visit.page("evidence/piece", page, visit.frame(page.title, current: "cycles"))
  }

  private static func change(
    _ visit: Visit,
    _ body: @escaping @Sendable (EvidenceVisit, StoredEvidence, any Transaction) throws -> ID
  ) async throws -> Response {
    try await Refusal.evidence {
      let (at, piece) = try await find(visit)
      let id = try await visit.site.database.write { try body(at, piece, $0) }
      return visit.redirect(
        SessionRoutes.safe(visit.form.text("back")) ?? Endpoint.piece.link(piece.authority, at.ground.cycle, id))
    }
  }

  private static func replace(_ visit: Visit) async throws -> Response {
    let (at, piece) = try await find(visit)
    try at.open()
    let form = try await EvidenceForm(visit) { try at.expect($0) }
    do {
      guard form.files.count == 1 else { throw Refusal.invalid("evidence.version.one") }
      try at.admit(await form.size)
      let (file, kind) = try await form.files[0].keep()
      let (name, id) = (form.files[0].name, visit.site.newID(visit.now))
      let newest = try await visit.site.database.write { transaction in
        try EvidenceStore.replace(
          piece.id, cycle: at.ground.cycle, with: file, kind: kind, fileName: name, quota: at.quota, id: id,
          for: at.post,
          authority: piece.authority, at: visit.now, by: visit.actor, transaction)
      }
      return visit.redirect(Endpoint.piece.link(piece.authority, at.ground.cycle, newest))
    } catch {
      await form.abandon()
      throw error
    }
  }
}
