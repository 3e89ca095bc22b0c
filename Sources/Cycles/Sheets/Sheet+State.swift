import Notation
import Policies
import Rules
import Scoring

extension Sheet {
  /// The sheet with its marks laid over the base: values, live score, what is missing.
  ///
  /// - Parameters:
  ///   - marks: of one reviewer, where several mark for themselves.
  ///   - only: one item, where no more is wanted.
  public func state(_ marks: [SheetMark], only: String? = nil) -> SheetState {
    let marks = SheetMarks(marks)
    let readings = items(only).map { ItemReading($0, marks, self) }
    var facts = subject
    for reading in readings {
      facts.items[reading.item.id] = reading.facts.isEmpty ? nil : reading.facts
      if reading.item.isBonus, !reading.facts.isEmpty { facts.bonusItems.insert(reading.item.id) }
    }
    let ids = Set(readings.map(\.item.id))
    let (card, faults) = Scorer(policy: policy).card(facts, year: year, peers: peers) { ids.contains($0.id) }
    let lines = Dictionary((card.lines + card.bonusLines).map { ($0.item.id, $0) }) { first, _ in first }
    let wrong = Dictionary(faults.map { ($0.item, $0.message) }) { first, _ in first }
    return SheetState(
      items: readings.map { $0.sheetItem(line: lines[$0.item.id], fault: wrong[$0.item.id]) }, facts: facts, card: card)
  }

  /// Which of the policy's items are asked here: those that apply; of a member's sheet, those that read schools' facts.
  /// One whose condition can't be computed is asked, and the scorer says why it fails.
  private func items(_ only: String?) -> [Item] {
    policy.allItems.filter { item in
      if let only, item.id != only { return false }
      if school != nil, item.of != .members, item.of != .schools { return false }
      return (try? item.applies(to: group.context)) ?? true
    }
  }

  /// The group whose facts are read; of a member's sheet, with that school alone.
  var subject: GroupFacts {
    guard let school else { return group }
    return GroupFacts(
      id: group.id, name: group.name, formed: group.formed,
      schools: group.schools.filter { $0.id == school.description }, context: group.context, vetoes: [])
  }
}

/// One item's marks laid over its base.
private struct ItemReading {
  let item: Item
  let sheet: Sheet
  let choice: Choice?
  let remark: String?
  let fields: [SheetField]
  /// By subject; what counts.
  let facts: [String: ItemFacts]
  /// Whether that is anything else than the base: another value, a claim more or less.
  let isChanged: Bool

  init(_ item: Item, _ marks: SheetMarks, _ sheet: Sheet) {
    self.item = item
    self.sheet = sheet
    choice = sheet.asksChoice ? marks.choice(of: item.id) : nil
    remark = marks.remark(of: item.id)
    let base = sheet.base?.items[item.id]
    let group = sheet.subject
    let usesMarks = !sheet.asksChoice || choice == .correct
    let usesBase = sheet.asksChoice && (choice == .accept || choice == .correct)
    var fields: [SheetField] = []
    var facts: [String: ItemFacts] = [:]
    for subject in group.keys(of: item.of) {
      // A subject's claim alone: `{}` claims without a fact, `null` withdraws what the base claims.
      let claim = usesMarks ? marks[item.id, subject]?.value.flatMap { SheetValue.node($0, field: subject) } : nil
      if claim?.map != nil || (usesBase && claim?.isNull != true && base?[subject] != nil) {
        facts[subject] = ItemFacts(context: group.context, inputs: item.inputs)
      }
      if claim?.isNull == true { facts[subject] = nil }
    }
    for plan in FieldPlan.all(of: item, in: group) {
      let withdrawn = usesMarks && marks[item.id, plan.subject]?.value == "null"
      let before = withdrawn ? nil : plan.fact(in: base)
      var value = usesBase ? before : nil
      var problems: [Problem] = []
      let mark = marks[item.id, plan.path]
      if usesMarks, let json = mark?.value {
        (value, problems) = plan.read(json, item: item, context: group.context)
        if facts[plan.subject] == nil { facts[plan.subject] = ItemFacts(context: group.context, inputs: item.inputs) }
        if let twin = plan.twinPath, value != nil, let other = marks[item.id, twin]?.value, other != "null" {
          problems.append(Problem("fact.awardsAndCounts", at: Place(Place.Source(file: plan.path), line: 1)))
          value = nil
        }
      } else if usesMarks, let twin = plan.twinPath, marks[item.id, twin] != nil {
        value = nil
      } else if !sheet.asksChoice, !item.isBonus || facts[plan.subject] != nil {
        // What is the same each year stands as it was given; another value is entered over it, with a reason.
        if let kept = sheet.proposals[item.id]?[plan.path], kept.kept != nil { value = kept.value }
      }
      if let value { plan.set(value, in: &facts[plan.subject, default: sheet.emptyFacts(item)]) }
      fields.append(
        SheetField(
          path: plan.path, subject: plan.subject, input: plan.input, rule: plan.rule, need: plan.need,
          description: plan.inputs[plan.need.name], twinPath: plan.twinPath, part: plan.parts.last?.title,
          base: plan.fact(in: base),
          mark: marks.stored(item.id, plan.path), value: value, problems: problems,
          isChanged: choice == .correct && problems.isEmpty && !ItemReading.same(value, plan.fact(in: base)),
          isLeft: sheet.isOfSchools && plan.inputs[plan.need.name]?.by != nil,
          proposal: sheet.proposals[item.id]?[plan.path]))
    }
    for index in fields.indices where fields[index].value != nil {
      let field = fields[index]
      guard let known = facts[field.subject] else { continue }
      fields[index].doubts = item.rule.doubts(known).filter { $0.input == field.input }.map(\.message)
    }
    self.fields = fields
    self.facts = facts
    let before = group.keys(of: item.of).filter { base?[$0] != nil }
    isChanged = fields.contains(where: \.isChanged) || Set(facts.keys) != Set(before)
  }

  static func same(_ a: Fact?, _ b: Fact?) -> Bool { a.map { $0.says(b) } ?? (b == nil) }

  func sheetItem(line: Scorecard.Line?, fault: Message?) -> SheetItem {
    let gaps = SheetGaps(
      item: item, sheet: sheet, choice: choice, remark: remark, fields: fields, isChanged: isChanged, line: line,
      fault: fault)
    return SheetItem(
      item: item, choice: choice, remark: remark, fields: fields, line: line, fault: fault, gaps: gaps.all,
      lacks: gaps.lacks, doubts: fields.flatMap { SheetGaps.doubts($0, sheet) })
  }
}

extension Sheet {
  func emptyFacts(_ item: Item) -> ItemFacts { ItemFacts(context: group.context, inputs: item.inputs) }
}
