import Cycles
import Notation
import People
import Policies
import Storage

/// Makes the page of one piece of evidence.
struct PieceMaker {
  let visit: Visit
  let at: EvidenceVisit
  private var words: Catalogue { visit.words }

  init(_ visit: Visit, _ at: EvidenceVisit) {
    self.visit = visit
    self.at = at
  }

  func page(_ piece: StoredEvidence, versions: [StoredEvidence], uses: EvidenceUses) -> PiecePage {
    let rows = EvidenceRows(words: words, cycleYear: at.cycle.year, cycle: at.ground.cycle, post: at.post)
    let preview = Endpoint.evidencePreview.link(piece.authority, piece.id)
    let isNewest = versions.first?.id == piece.id
    func action(_ endpoint: Endpoint) -> String { endpoint.link(piece.authority, at.ground.cycle, piece.id) }
    var closed: String?
    if case .mayNot(let why) = at.right { closed = words.text(why) }
    let shown = Set(piece.links.map(\.place))
    return PiecePage(
      title: piece.title, groupTitle: words.text("evidence.of", ["group": .text(at.ground.participant.name)]),
      groupLink: Endpoint.evidence.link(at.ground.authority, at.ground.cycle, at.ground.group),
      fileLink: Endpoint.evidenceFile.link(piece.authority, piece.id),
      marks: rows.marks(piece, isLate: piece.isLate, uses: uses),
      picture: piece.kind.preview == .picture ? preview : nil,
      pages: piece.kind.preview == .pages ? preview : nil,
      noPreview: piece.kind.preview == .none
        ? words.text("evidence.preview.none", ["kind": .message(Message("evidence.kind.\(piece.kind.id)"))]) : nil,
      facts: facts(piece, rows), warnings: warnings(piece),
      versions: versions.map { version in
        PiecePage.Version(
          words: words.text(
            "evidence.version",
            [
              "number": .count(version.version), "day": .text(LocalTime(version.uploadedAt).text),
              "who": .text(rows.whose(version)), "size": .text(EvidenceRows.size(version.size)),
            ]), fileLink: Endpoint.evidenceFile.link(version.authority, version.id), isShown: version.id == piece.id,
          to: Endpoint.piece.link(version.authority, at.ground.cycle, version.id))
      },
      shown: piece.links.sorted { at.plan.position($0.place.item) < at.plan.position($1.place.item) }.map {
        self.shown($0)
      },
      isShownNowhere: piece.links.isEmpty, elsewhere: elsewhere(uses), hasElsewhere: !uses.isEmpty, closed: closed,
      mayChange: at.mayAdd && isNewest && !piece.isWithdrawn, linkAction: action(.linkPiece),
      unlinkAction: action(.unlinkPiece), versionAction: action(.replacePiece), withdrawAction: action(.withdrawPiece),
      accept: FileKind.endings.map { "." + $0 }.joined(separator: ","),
      places: UploadMaker.places(at.plan.rows, shown: shown, chosen: nil, words: words))
  }

  private func facts(_ piece: StoredEvidence, _ rows: EvidenceRows) -> [PiecePage.Fact] {
    var facts: [(String, String)] = [
      ("file", "\(piece.fileName)　\(EvidenceRows.size(piece.size))"), ("whose", rows.whose(piece)),
      ("year", words.schoolYear(piece.year)), ("came", LocalTime(piece.uploadedAt).text),
    ]
    if let at = piece.withdrawnAt {
      facts.append(
        (
          "withdrawn",
          words.text(
            "evidence.fact.by", ["who": .text(piece.withdrawer ?? "—"), "when": .text(LocalTime(at).text)])
        ))
    }
    facts.append(("hash", piece.file.hex))
    return facts.map { PiecePage.Fact(label: words.text("evidence.fact.\($0.0)"), words: $0.1) }
  }

  private func warnings(_ piece: StoredEvidence) -> [String] {
    guard piece.year != at.cycle.year else { return [] }
    return [
      words.text(
        "evidence.warning.year",
        ["year": .text(words.schoolYear(piece.year)), "cycle": .text(words.schoolYear(at.cycle.year))])
    ]
  }

  private func shown(_ link: StoredEvidence.Link) -> PiecePage.Shown {
    let row = at.plan.row(link.place.item)
    let entry = row?.entries.first { $0.id == link.place.entry }?.title
    let item = row.map { "\($0.item.id) \($0.item.title)" } ?? link.place.item
    return PiecePage.Shown(
      words: entry.map { words.text("evidence.place.both", ["item": .text(item), "entry": .text($0)]) } ?? item,
      to: Endpoint.evidence.link(
        at.ground.authority, at.ground.cycle, at.ground.group, query: [("item", link.place.item)]),
      place: link.place.text, isLate: link.isLate)
  }

  private func elsewhere(_ uses: EvidenceUses) -> [String] {
    let seen = uses.seen.prefix(50).map { use in
      words.text(
        use.item == nil ? "evidence.elsewhere.loose" : "evidence.elsewhere",
        [
          "group": .text(use.groupName), "title": .text(use.title),
          "year": .text(words.schoolYear(use.cycleYear ?? use.year)), "item": .text(use.item ?? ""),
        ])
    }
    guard uses.otherGroups > 0 else { return Array(seen) }
    return seen + [words.text("evidence.elsewhere.others", ["count": .count(uses.otherGroups)])]
  }
}
