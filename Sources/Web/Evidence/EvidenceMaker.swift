import Cycles
import Notation
import People
import Policies
import Storage

/// Makes a group's page of evidence of what was read.
struct EvidenceMaker {
  let visit: Visit
  let at: EvidenceVisit
  var words: Catalogue { visit.words }

  init(_ visit: Visit, _ at: EvidenceVisit) {
    self.visit = visit
    self.at = at
  }

  private var home: String { Endpoint.evidence.link(at.ground.authority, at.ground.cycle, at.ground.group) }

  func page(
    _ list: [StoredEvidence], _ uses: [ID: EvidenceUses], item: String?, saved: String?
  ) -> EvidencePage {
    let shown = Set(list.filter { !$0.isWithdrawn }.flatMap { $0.links.map(\.place) })
    let gaps = at.plan.gaps(shown: shown)
    let rows = EvidenceRows(words: words, cycleYear: at.cycle.year, cycle: at.ground.cycle, post: at.post)
    var sections = at.plan.rows.filter { item == nil || $0.item.id == item }.compactMap {
      row -> EvidencePage.Section? in
      let pieces = list.filter { $0.links.contains { $0.place.item == row.item.id } }
      guard !pieces.isEmpty || !row.entries.isEmpty || item != nil else { return nil }
      let lacking = gaps.filter { $0.item.id == row.item.id }
      return EvidencePage.Section(
        anchor: "item-\(row.item.id)", number: row.item.id, heading: row.item.title,
        lacking: lacking.map {
          EvidencePage.Lack(wanted: $0.entry.title, place: EvidencePlace(item: row.item.id, entry: $0.entry.id).text)
        }, lackCount: lacking.count, isComplete: lacking.isEmpty && row.entries.contains(where: \.isRequired),
        pieces: pieces.map { rows.row($0, of: row, uses: uses[$0.id]) })
    }
    let loose = list.filter { piece in !piece.links.contains { at.plan.row($0.place.item) != nil } }
    if item == nil, !loose.isEmpty {
      sections.append(
        EvidencePage.Section(
          anchor: "loose", number: nil, heading: words.text("evidence.loose"), lacking: [], lackCount: 0,
          isComplete: false, pieces: loose.map { rows.row($0, of: nil, uses: uses[$0.id]) }))
    }
    let count = list.count { !$0.isWithdrawn }
    var closed: String?
    if case .mayNot(let why) = at.right { closed = words.text(why) }
    return EvidencePage(
      title: words.text("evidence.of", ["group": .text(at.ground.participant.name)]),
      group: at.ground.participant.name,
      groupLink: Endpoint.group.link(at.ground.authority, at.ground.cycle, at.ground.group), cycleTitle: at.cycle.title,
      counts: words.text("evidence.counts", ["count": .count(count), "gaps": .count(gaps.count)]),
      archiveLink: count == 0
        ? nil : Endpoint.evidenceArchive.link(at.ground.authority, at.ground.cycle, at.ground.group),
      isEmpty: sections.isEmpty, saved: saved.flatMap { self.saved($0) }, closed: closed,
      upload: at.mayAdd ? UploadMaker(at, words: words).form(back: "", chosen: item, lacking: shown) : nil,
      allLink: item == nil ? nil : home, sections: sections)
  }

  /// `2-1`: two added, one the group had already.
  private func saved(_ text: String) -> String? {
    let numbers = text.split(separator: "-").compactMap { $0.number(in: .counts) }
    guard numbers.count == 2 else { return nil }
    let key = numbers[1] > 0 ? "evidence.saved.known" : "evidence.saved"
    return words.text(key, ["count": .count(numbers[0]), "known": .count(numbers[1])])
  }
}

/// Rows of evidence in words.
struct EvidenceRows {
  let words: Catalogue
  let cycleYear: Int
  let cycle: ID
  let post: Viewer.Post

  func row(_ piece: StoredEvidence, of row: EvidencePlan.Row?, uses: EvidenceUses?) -> EvidenceRow {
    let links = piece.links.filter { $0.place.item == row?.item.id }
    let wanted = links.compactMap { link in row?.entries.first { $0.id == link.place.entry }?.title }
    let entries = wanted.joined(separator: words.text("list.separator"))
    return EvidenceRow(
      name: piece.title, to: Endpoint.piece.link(piece.authority, cycle, piece.id),
      fileLink: Endpoint.evidenceFile.link(piece.authority, piece.id),
      wanted: entries.isEmpty || entries == piece.title ? nil : entries,
      whose: whose(piece), speaksFor: words.schoolYear(piece.year), came: LocalTime(piece.uploadedAt).day.text,
      size: "\(FileKind.ending(of: piece.fileName)?.uppercased() ?? "") \(Self.size(piece.size))",
      marks: marks(piece, isLate: links.contains(where: \.isLate), uses: uses),
      isGone: piece.isWithdrawn)
  }

  /// The school or the group; who it was, where the reader evaluates too.
  func whose(_ piece: StoredEvidence) -> String {
    if piece.isOfReview {
      guard !post.role.isOfSchool, let name = piece.uploader else { return words.text("evidence.by.review") }
      return words.text("evidence.by.reviewer", ["name": .text(name)])
    }
    return piece.schoolName ?? words.text("evidence.by.group")
  }

  func marks(_ piece: StoredEvidence, isLate: Bool, uses: EvidenceUses?) -> [EvidenceRow.Mark] {
    var marks: [EvidenceRow.Mark] = []
    if piece.isWithdrawn { marks.append(.init(kind: "", words: words.text("evidence.mark.withdrawn"))) }
    if isLate { marks.append(.init(kind: "warn", words: words.text("evidence.mark.late"))) }
    if piece.year != cycleYear { marks.append(.init(kind: "warn", words: words.text("evidence.mark.year"))) }
    if let uses, !uses.isEmpty { marks.append(.init(kind: "warn", words: words.text("evidence.mark.elsewhere"))) }
    if piece.version > 1 {
      marks.append(.init(kind: "line", words: words.text("evidence.mark.version", ["number": .count(piece.version)])))
    }
    return marks
  }

  /// `2.1 MB`, as file managers show it.
  static func size(_ bytes: Int64) -> String {
    guard bytes >= 1_000_000 else { return "\(max(1, (bytes + 500) / 1_000)) KB" }
    let tenths = (bytes + 50_000) / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}

/// The form that adds.
struct UploadMaker {
  let at: EvidenceVisit
  let words: Catalogue

  init(_ at: EvidenceVisit, words: Catalogue) {
    self.at = at
    self.words = words
  }

  /// - Parameter chosen: the item that is chosen beforehand.
  /// - Parameter lacking: what is shown already.
  func form(back: String, chosen: String?, lacking shown: Set<EvidencePlace>) -> UploadForm {
    UploadForm(
      action: Endpoint.addEvidence.link(at.ground.authority, at.ground.cycle, at.ground.group),
      put: Endpoint.sendEvidence.link(at.ground.authority, at.ground.cycle, at.ground.group), back: back,
      accept: FileKind.endings.map { "." + $0 }.joined(separator: ","),
      places: UploadMaker.places(at.plan.rows, shown: shown, chosen: chosen, words: words),
      schools: UploadMaker.schools(at.ground.participant, at.post, words),
      years: UploadMaker.years(at.cycle.year, words),
      hint: words.text("evidence.drop", ["limits": .text(words.text("evidence.limits"))]))
  }

  /// For each item what it asks for, and whatever else.
  static func places(
    _ rows: [EvidencePlan.Row], shown: Set<EvidencePlace>, chosen: String?, words: Catalogue
  ) -> [UploadForm.Options] {
    rows.map { row in
      let places = row.entries.map { EvidencePlace(item: row.item.id, entry: $0.id) }
      let first = places.first { !shown.contains($0) }
      let entries = zip(row.entries, places).map { entry, place in
        UploadForm.Option(
          value: place.text,
          words: !shown.contains(place) && entry.isRequired
            ? words.text("evidence.place.lacking", ["entry": .text(entry.title)]) : entry.title,
          isChosen: row.item.id == chosen && place == first)
      }
      let other = UploadForm.Option(
        value: row.item.id, words: words.text(row.entries.isEmpty ? "evidence.place.item" : "evidence.place.other"),
        isChosen: row.item.id == chosen && first == nil)
      return UploadForm.Options(label: "\(row.item.id) \(row.item.title)", options: entries + [other])
    }
  }

  static func schools(_ group: Participant, _ post: Viewer.Post, _ words: Catalogue) -> [UploadForm.Option] {
    guard post.role != .member else { return [] }
    return [UploadForm.Option(value: "", words: words.text("evidence.by.group"), isChosen: true)]
      + group.schools.map { UploadForm.Option(value: $0.id.description, words: $0.name, isChosen: false) }
  }

  static func years(_ year: Int, _ words: Catalogue) -> [UploadForm.Option] {
    (0..<4).map { UploadForm.Option(value: String(year - $0), words: words.schoolYear(year - $0), isChosen: $0 == 0) }
  }
}
