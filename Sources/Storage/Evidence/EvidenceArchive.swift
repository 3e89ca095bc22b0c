public import Cycles
public import Notation
import Policies

/// A group's evidence as one archive: a folder for each item, and a list of what is in it.
public enum EvidenceArchive {
  /// Bytes of a folder's name.
  static let longestFolder = 90

  /// Lays out the archive. Withdrawn evidence stays out; what the store has lost is named in the list.
  ///
  /// - Parameter words: the texts of the list (`evidence.archive.…`).
  ///
  /// Throws `EvidenceFilesError`.
  public static func archive(
    _ evidence: [StoredEvidence], plan: EvidencePlan, from files: any EvidenceFiles, words: Catalogue, at now: Instant
  ) async throws -> StoredZip {
    let shown = evidence.filter { !$0.isWithdrawn }
    var entries: [StoredZip.Entry] = []
    var names = ArchiveNames()
    var list = EvidenceIndex(words: words)
    var lost: Set<FileHash> = []
    for file in Set(shown.map(\.file)) {
      let size = try await files.size(of: file)
      if size != shown.first(where: { $0.file == file })?.size { lost.insert(file) }
    }
    for (folder, row, pieces) in folders(shown, plan, words) {
      for piece in pieces {
        let isLost = lost.contains(piece.file)
        let path = isLost ? nil : names.path(folder: folder, file: piece.fileName)
        list.add(piece, row: row, path: path)
        guard let path else { continue }
        entries.append(
          StoredZip.Entry(path: path, at: piece.uploadedAt, size: piece.size, crc: piece.crc, file: piece.file))
      }
    }
    let index = StoredZip.Entry(path: words.text("evidence.archive.index") + ".csv", at: now, bytes: list.bytes)
    return StoredZip([index] + entries, from: files)
  }

  private typealias Folder = (name: String, row: EvidencePlan.Row?, pieces: [StoredEvidence])

  /// In the document's order; what is linked to nothing comes last.
  private static func folders(_ evidence: [StoredEvidence], _ plan: EvidencePlan, _ words: Catalogue) -> [Folder] {
    var all = plan.rows.compactMap { row -> Folder? in
      let pieces = evidence.filter { $0.links.contains { $0.place.item == row.item.id } }
      guard !pieces.isEmpty else { return nil }
      let name = FileName.cut(FileName.piece("\(row.item.id) \(row.item.title)"), to: longestFolder)
      return (FileName.piece(name), row, pieces)
    }
    let loose = evidence.filter { piece in !piece.links.contains { plan.row($0.place.item) != nil } }
    if !loose.isEmpty { all.append((words.text("evidence.archive.loose"), nil, loose)) }
    return all
  }
}

/// Names within an archive: safe to unpack anywhere, none twice where capital and small letters are the same.
struct ArchiveNames {
  private var taken: Set<String> = []

  mutating func path(folder: String, file: String) -> String {
    let name = FileName.cleaned(file) ?? "_"
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    let (stem, ending) = (name[..<dot], name[dot...])
    var path = "\(folder)/\(name)"
    var number = 1
    while !taken.insert(path.lowercased()).inserted {
      number += 1
      path = "\(folder)/\(stem) (\(number))\(ending)"
    }
    return path
  }
}

/// The list of an archive's content, to be opened in Excel.
struct EvidenceIndex {
  let words: Catalogue
  private var lines: [[String]]

  private static let columns = [
    "item", "entry", "title", "path", "school", "year", "version", "bytes", "uploaded", "late", "hash",
  ]

  init(words: Catalogue) {
    self.words = words
    lines = [Self.columns.map { words.text("evidence.archive.column.\($0)") }]
  }

  /// `path`: nil where the store has lost the file.
  mutating func add(_ piece: StoredEvidence, row: EvidencePlan.Row?, path: String?) {
    let links = piece.links.filter { $0.place.item == row?.item.id }
    let entries = links.compactMap { link in row?.entries.first { $0.id == link.place.entry }?.title }
    lines.append([
      row.map { "\($0.item.id) \($0.item.title)" } ?? words.text("evidence.archive.loose"),
      entries.joined(separator: words.text("list.separator")), piece.title,
      path ?? words.text("evidence.archive.lost", ["file": .text(piece.fileName)]), piece.schoolName ?? "",
      "\(piece.year - 1)—\(piece.year)", String(piece.version), String(piece.size), LocalTime(piece.uploadedAt).text,
      links.contains(where: \.isLate) ? words.text("evidence.archive.isLate") : "", piece.file.hex,
    ])
  }

  /// UTF-8 with the mark by which Excel knows it.
  var bytes: [UInt8] {
    [0xEF, 0xBB, 0xBF] + lines.map { $0.map(Self.cell).joined(separator: ",") + "\r\n" }.joined().utf8
  }

  /// A text in quotes; one that Excel would take for a formula begins with an apostrophe.
  static func cell(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map {
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains($0)
    }
    return "\"" + (isFormula == true ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
  }
}
