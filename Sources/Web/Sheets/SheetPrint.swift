import Cycles
import Notation
import Policies
import Scoring
import Storage

/// The whole sheet for paper: every item with its data, score and reasons, in the order of the scheme.
struct SheetPrint {
  struct Branch {
    let title: String
    let score: String
    let points: String
    let items: [Item]
  }

  struct Item {
    let number: String
    let title: String
    let data: [Datum]
    let points: String
    let score: String
    let why: [String]
    let remark: String?
  }

  struct Datum {
    let title: String
    let before: String?
    let value: String
    /// What the year's records say to it; nil: nothing.
    let origin: String?
  }

  let name: String
  let stage: String
  let facts: [String]
  let sheetLink: String
  let branches: [Branch]
  let total: String
  let scored: String
  let remarkTitle: String

  init(_ maker: SheetMaker) {
    let (open, words) = (maker.open, maker.words)
    let group = open.sheet.participant
    name = group.name
    stage = open.stage.title
    sheetLink = Endpoint.sheet.link(open.sheet.authority, open.sheet.id)
    let submitted = open.sheet.isSubmitted ? open.sheet.submittedAt : nil
    facts = [
      open.cycle.title, group.form.flatMap { open.cycle.policy.form($0)?.name }, group.districtName,
      words.text("sheet.counts", ["members": .count(group.members.count)]),
      open.sheet.school.flatMap { id in group.schools.first { $0.id == id }?.name },
      submitted.map { words.text("sheet.print.submitted", ["day": .text(maker.visit.day(LocalTime($0).day))]) }
        ?? words.text("sheet.print.state"),
    ].compactMap(\.self)
    let tree = maker.tree
    let proposals = ProposalWords(open, words: words)
    branches = tree.branches.map { branch in
      Branch(
        title: branch.title, score: branch.score, points: branch.points,
        items: branch.leaves.compactMap { leaf in maker.state[leaf.id].map { Self.item($0, maker, proposals) } })
    }
    total = tree.total
    scored = tree.scored
    remarkTitle = maker.own("sheet.remark")
  }

  private static func item(_ found: SheetItem, _ maker: SheetMaker, _ proposals: ProposalWords) -> Item {
    let id = found.item.id
    let line =
      maker.panelCard.map { card in (card.lines + card.bonusLines).first { $0.item.id == id } } ?? found.line
    return Item(
      number: found.item.number, title: found.item.title,
      data: maker.isPanel
        ? []
        : found.fields.map { field in
          let writer = FactWords(field: field, words: maker.words, school: maker.open.school(of: field))
          return Datum(
            title: writer.title, before: field.isChanged ? field.base.map { writer.text($0) } ?? "—" : nil,
            value: field.value.map { writer.text($0) } ?? "—", origin: proposals.printed(field, of: id))
        }, points: found.item.points.plain, score: maker.number(maker.score(id)),
      why: maker.reasons(line) + (found.fault.map { [maker.words.text($0)] } ?? []), remark: found.remark)
  }
}
