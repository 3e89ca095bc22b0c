import Formations
import Hummingbird
import Notation
import People
import Storage

/// Files of a case: added by whoever takes part in it, read by whoever sees it.
enum PaperRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.attachPapers) { visit in try await Refusal.evidence { try await attach(visit) } }
    table.on(.formationPaper) { visit in try await Refusal.evidence { try await file(visit) } }
    table.on(.detachPaper) { visit in
      let paper = try visit.id("paper")
      return try await FormationRoutes.act(visit) { stored, _ in
        guard stored.value.papers.contains(where: { $0.id == paper }) else { throw Refusal.notFound }
        return .detach(paper: paper)
      }
    }
  }

  private static func attach(_ visit: Visit) async throws -> Response {
    let (authority, id, post, now, actor) = (
      try visit.id("authority"), try visit.id("case"), try visit.post, visit.now, visit.actor
    )
    let (editions, ids, party) = (visit.site.editions, visit.site.ids, visit.party)
    @Sendable func find(_ transaction: any Transaction) throws -> StoredFormation {
      guard
        let stored = try FormationStore.find(
          authority: authority, id, for: post.appointment, at: now, editions, transaction)
      else { throw Refusal.notFound }
      return stored
    }
    // Nobody sends hundreds of megabytes to be told that it isn't theirs.
    let stored = try await visit.site.database.read { try find($0) }
    let quota = visit.site.settings.evidenceQuota
    guard let party, stored.value.mayDo(.attach([]), party, stored.setting.terms) else { throw Refusal.forbidden }
    @Sendable func admit(_ bytes: Int64) async throws {
      try await visit.faulting {
        try await visit.site.database.read {
          try FormationStore.requireRoom(bytes, of: party, most: quota, at: now, $0)
        }
      }
    }
    try await admit(Int64(max(0, (visit.announcedLength ?? 0) - 1 << 20)))
    // A form weighs a little more than its files.
    let form = try await visit.faulting {
      try await EvidenceForm(visit) { try stored.value.requireRoom(papers: 1, bytes: Int64(max(0, $0 - 1 << 20))) }
    }
    do {
      let size = await form.size
      // Before a file is kept: what nothing points to stays in the store.
      try await admit(size)
      try await visit.faulting { try stored.value.requireRoom(papers: form.files.count, bytes: size) }
      let kind = form.fields.text("kind").flatMap(CasePaper.Kind.init) ?? .other
      // One title for several files would call them all the same.
      let title = form.files.count == 1 ? form.fields.text("title", most: 120) : nil
      var drafts: [PaperDraft] = []
      for intake in form.files {
        let (file, type) = try await intake.keep()
        drafts.append(
          PaperDraft(
            id: visit.site.newID(now), kind: kind, title: title, fileName: intake.name, file: file, type: type))
      }
      let kept = drafts
      try await visit.faulting {
        try await visit.site.database.write {
          try FormationStore.attach(
            kept, to: try find($0), by: party, quota: quota, at: now, actor: actor, ids: ids, $0)
        }
      }
    } catch {
      await form.abandon()
      throw error
    }
    return visit.redirect(Endpoint.formation.link(authority, id) + "#papers")
  }

  private static func file(_ visit: Visit) async throws -> Response {
    let (authority, id, paper, post) = (
      try visit.id("authority"), try visit.id("case"), try visit.id("paper"), try visit.post
    )
    let found = try await visit.site.database.read {
      try FormationStore.paper(paper, of: id, authority: authority, for: post.appointment, $0)
    }
    guard let found else { throw Refusal.notFound }
    return try await EvidenceFileRoutes.answer(
      visit, found.file, size: found.size,
      headers: EvidenceFileRoutes.download(found.fileName, media: found.kind.media, size: found.size))
  }
}

extension FormationMaker {
  var papers: [FormationPage.Paper] {
    value.papers.map { paper in
      let isRemovable = value.withdrawal == nil && value.decision.map { paper.signed.at > $0.signed.at } ?? true
      return FormationPage.Paper(
        title: paper.title, link: Endpoint.formationPaper.link(value.authority, value.id, paper.id),
        kind: visit.text("formation.paper.kind.\(paper.kind.rawValue)"), whose: name(of: paper.party),
        day: days.day(paper.signed.at.day), size: EvidenceRows.size(paper.size),
        removeLink: isRemovable && may(.detach(paper: paper.id), .writeFormation)
          ? Endpoint.detachPaper.link(value.authority, value.id, paper.id) : nil)
    }
  }

  private func name(of party: FormationCase.Party) -> String {
    switch party {
    case .school(let id): value.content.school(id)?.name ?? stored.applicantName
    case .authority(let id): stored.names.authority(id) ?? stored.applicantName
    case .anybody: ""
    }
  }

  var attach: FormationPage.Attach? {
    guard value.withdrawal == nil, value.decision?.isApproval != false, may(.attach([]), .writeFormation) else {
      return nil
    }
    return FormationPage.Attach(
      link: link(.attachPapers),
      kinds: CasePaper.Kind.allCases.map {
        Option(value: $0.rawValue, title: visit.text("formation.paper.kind.\($0.rawValue)"), isChosen: false)
      }, accept: FileKind.endings.map { "." + $0 }.joined(separator: ","), hint: visit.text("evidence.limits"))
  }
}
