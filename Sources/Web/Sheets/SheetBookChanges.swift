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
    let title: String
    let field: String
    let name: String
    let before: String
    let after: String
    let value: String
    let version: Int
  }

  let changes: [Change]

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
      for field in item.fields where open.rights.mayEnter(subject: field.subject) {
        // What the workbook leaves empty says nothing; it empties no field.
        guard let fact = field.fact(in: group.items[item.item.id]), fact != field.value else { continue }
        let writer = FactWords(field: field, words: words, school: open.school(of: field))
        changes.append(
          Change(
            item: item.item.id, title: item.item.title, field: field.path, name: writer.title,
            before: field.value.map { writer.text($0) } ?? "—", after: writer.text(fact), value: FactWords.json(fact),
            version: field.mark?.version ?? 0))
      }
    }
    self.changes = changes
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
