import Notation
import Policies
import Rules
import Scoring

/// What an item still needs before its sheet may be submitted, in words.
struct SheetGaps {
  private(set) var all: [Message] = []
  /// What the register lacks.
  private(set) var lacks: [Message] = []

  init(
    item: Item, sheet: Sheet, choice: Choice?, remark: String?, fields: [SheetField], isChanged: Bool,
    line: Scorecard.Line?, fault: Message?
  ) {
    let isClaimed = fields.contains { $0.base != nil || $0.mark?.value != nil } || sheet.base?.items[item.id] != nil
    if sheet.asksChoice, choice == nil || choice == .open {
      // A bonus item nobody claims needs nobody's word.
      if !item.isBonus || isClaimed { all = [Message("cycles.gap.choice")] }
      return
    }
    if let fault { all.append(Message("cycles.gap.fault", ["why": .message(fault)])) }
    let wrong = fields.filter { !$0.problems.isEmpty }
    for field in wrong {
      guard let why = field.problems.first?.what else { continue }
      all.append(Message("cycles.gap.problem", ["field": SheetGaps.title(field, sheet), "why": .message(why)]))
    }
    let register: Set = ["formed", "members", "pupils"]
    for path in line?.missing ?? [] {
      let rest = path.dropFirst(item.id.count + 1)
      if let name = rest.split(separator: "/").last.map(String.init), register.contains(name),
        !fields.contains(where: { $0.path == rest })
      {
        lacks.append(Message("cycles.lack.\(name)"))
      } else if !wrong.contains(where: { $0.path == rest }) {
        let field = fields.first { $0.path == rest }
        // Whoever gives it enters it at a later stage.
        if field?.isLeft == true { continue }
        // It stands there to be seen: what it lacks is somebody's word.
        let key = field?.proposal == nil ? "cycles.gap.fact" : "cycles.gap.proposed"
        // Of two ways to say the same the one is named that the policy describes.
        let twin = field.flatMap { field in fields.first { $0.path == field.twinPath } }
        let named = field?.description?.title == nil ? twin ?? field : field
        // Where one of them is wrong, that is what is to be put right.
        if let twin, wrong.contains(where: { $0.path == twin.path }) { continue }
        all.append(Message(key, ["field": named.map { SheetGaps.title($0, sheet) } ?? .text(String(rest))]))
      }
    }
    if choice == .correct {
      // Whoever corrects says what, and why.
      if !isChanged, wrong.isEmpty { all.append(Message("cycles.gap.unchanged")) }
      // What nobody could enter before is given, not corrected.
      let isGiven = fields.filter(\.isChanged).allSatisfy { $0.description?.by != nil && $0.base == nil }
      if isChanged, remark == nil, !isGiven || !fields.contains(where: \.isChanged) {
        all.append(Message("cycles.gap.reason"))
      }
    }
    if !sheet.asksChoice, remark == nil {
      all += fields.filter(\.isOverruled).map {
        Message(
          $0.proposal?.kept == nil ? "cycles.gap.overruled" : "cycles.gap.overruledBase",
          ["field": SheetGaps.title($0, sheet)])
      }
    }
  }

  /// What is to be looked at in a field, with the school it is about and the part of the item.
  static func doubts(_ field: SheetField, _ sheet: Sheet) -> [Message] {
    let school = sheet.group.schools.first { $0.id == field.subject }.map { $0.name ?? $0.id }
    return field.doubts.map { doubt in
      let inPart = field.part.map {
        Message("cycles.field.part", ["part": .text($0), "field": .message(doubt)])
      }
      return school.map {
        Message("cycles.field.school", ["school": .text($0), "field": .message(inPart ?? doubt)])
      } ?? inPart ?? doubt
    }
  }

  /// A field by its title, with the school it is about.
  private static func title(_ field: SheetField, _ sheet: Sheet) -> Message.Part {
    let name = field.need.name
    let own = field.description?.title
    let plain: Message.Part =
      switch (own, field.part) {
      case (let own?, let part?) where own != part:
        .message(Message("cycles.field.part", ["part": .text(part), "field": .text(own)]))
      case (let own?, _): .text(own)
      // A part that asks for one thing is called by its own name.
      case (nil, let part?): .text(part)
      case (nil, nil): .message(Message("input.\(name)", ["name": .text(name)]))
      }
    guard let school = sheet.group.schools.first(where: { $0.id == field.subject }) else { return plain }
    return .message(
      Message("cycles.field.school", ["school": .text(school.name ?? school.id), "field": plain]))
  }
}
