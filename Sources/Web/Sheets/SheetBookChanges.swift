import Cycles
import Documents
import Notation
import Policies
import Rules
import Scoring
import Storage

/// What an uploaded workbook would change on a sheet, field by field.
struct SheetBookChanges {
  struct Change {
    let item: String
    /// As it stands in the document.
    let number: String
    let title: String
    let field: String
    let name: String
    let before: String
    let after: String
    let value: String
    let version: Int
  }

  /// What in the items it changes is to be looked at once it is taken over.
  struct Doubt {
    let number: String
    let what: String
  }

  let changes: [Change]
  let doubts: [Doubt]

  /// - Parameters:
  ///   - file: the workbook.
  ///
  /// Throws `Refusal` with every fault of the workbook and its cell.
  init(_ open: OpenSheet, workbook file: UploadedFile, words: Catalogue) throws {
    let policy = open.cycle.policy
    let read: (root: Node, problems: [Problem])
    do throws(WorkbookTrouble) {
      read = try FactsBookReader.read(file.path, named: file.name, for: policy, from: .visitor)
    } catch {
      throw Refusal.invalid(error.messages)
    }
    let (facts, problems) = FactsReader.read(read.root, for: policy)
    let all = read.problems + problems
    guard all.isEmpty else {
      throw Refusal.invalid(all.prefix(200).map { SheetBookChanges.message($0, words) })
    }
    let years = facts.years.filter { $0.year == open.cycle.year }
    guard let group = years.flatMap(\.groups).first(where: { $0.id == open.sheet.group.description }) else {
      throw Refusal.invalid(
        "sheet.book.group",
        ["id": .text(open.sheet.group.description), "year": .text(String(open.cycle.year))])
    }
    let state = open.state()
    var changes: [Change] = []
    for item in state.items {
      for field in item.fields where open.rights.mayEnter(field) {
        // What the workbook leaves empty says nothing; it empties no field.
        guard let fact = field.fact(in: group.items[item.item.id]), fact != field.value else { continue }
        let writer = FactWords(field: field, words: words, school: open.school(of: field))
        changes.append(
          Change(
            item: item.item.id, number: item.item.number, title: item.item.title, field: field.path, name: writer.title,
            before: field.value.map { writer.text($0) } ?? "—", after: writer.text(fact), value: FactWords.json(fact),
            version: field.mark?.version ?? 0))
      }
    }
    self.changes = changes
    let touched = Set(changes.map(\.item))
    doubts = SheetBookChanges.state(open, with: changes).doubts.filter { touched.contains($0.item) }.map {
      Doubt(number: state[$0.item]?.item.number ?? "", what: words.text($0.message))
    }
  }

  /// The sheet as it would be with the changes.
  private static func state(_ open: OpenSheet, with changes: [Change]) -> SheetState {
    func mark(_ item: String, _ field: String, _ value: String) -> SheetMark {
      SheetMark(
        item: item, field: field, value: value, version: 1, by: nil, at: Instant(milliseconds: 0),
        reviewer: open.reviewer)
    }
    let touched = open.value.asksChoice ? Set(changes.map(\.item)).sorted() : []
    let new =
      changes.map { mark($0.item, $0.field, $0.value) }
      + touched.map { mark($0, SheetMark.choice, JSONText.quoted(Choice.correct.rawValue)) }
    let replaced = Set(new.map { [$0.item, $0.field] })
    return open.value.state(open.own.filter { !replaced.contains([$0.item, $0.field]) } + new)
  }

  /// A fault with its cell, as people call cells.
  private static func message(_ problem: Problem, _ words: Catalogue) -> Message {
    guard let sheet = problem.place.sheet else {
      return Message("literal", ["text": .text(problem.line(in: words))])
    }
    return Message(
      "sheet.book.cell",
      [
        "file": .text(problem.place.file), "sheet": .text(sheet), "cell": .text(problem.place.cell),
        "what": .text(problem.sentence(in: words)),
      ])
  }
}
