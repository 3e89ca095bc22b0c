import Notation
import Policies

/// The kinds of rules that need more than a sentence.
extension Reading {
  typealias Sentence = RuleWording.Sentence

  private func say(_ key: String, _ parts: [String: Message.Part] = [:], _ under: [Sentence] = []) -> Sentence {
    wording.say(key, parts, under)
  }

  var checklist: [Sentence] {
    let entries = rule["entries"]?.list ?? []
    let count = Message.Part.count(entries.count)
    let titles = entries.map { entry in
      let title = Message.Part.text(entry["title"]?.text ?? "")
      guard let points = entry["points"] else { return Sentence(entry["title"]?.text ?? "") }
      return say("entry", ["title": title, "points": .text(number(points))])
    }
    if let lose = rule["lose"] {
      return [say("checklist.lose", ["count": count, "lose": .text(number(lose))], titles)]
    }
    if entries.contains(where: { $0["points"] != nil }) { return [say("checklist.own", ["count": count], titles)] }
    guard let points, !entries.isEmpty else { return [say("checklist.equal", ["count": count], titles)] }
    let share = points / Exact(entries.count)
    return [say("checklist.share", ["count": count, "lose": .text(share.plain)], titles)]
  }

  var shortfall: [Sentence] {
    let thresholds = rule["thresholds"]?.list ?? []
    let demands = thresholds.map { threshold in
      let input = threshold["input"]?.text ?? ""
      let parts: [String: Message.Part] = [
        "title": .text(title(input)), "atLeast": .text(amount(threshold["atLeast"], of: input)),
      ]
      guard let when = threshold["when"] else { return say("shortfall.demand", parts) }
      return say("shortfall.when", parts.merging(["when": .text(condition(when))]) { $1 })
    }
    let unit = catalogue.named("unit.gap.\(inputs?[thresholds.first?["input"]?.text ?? ""]?["unit"]?.text ?? "none")")
    var sentences = [
      say(
        "shortfall",
        [
          "per": .text(number(rule["per"]) + (unit ?? "")), "lose": .text(number(rule["lose"])),
        ], demands),
      choice("step", usual: "linear", of: "shortfall"),
    ]
    if thresholds.count > 1 { sentences.append(choice("combine", usual: "sum", of: "shortfall")) }
    return sentences
  }

  /// What a word among the parameters means.
  private func choice(_ key: String, usual: String, of kind: String) -> Sentence {
    guard let node = rule[key] else { return say("\(kind).\(key).\(usual)") }
    guard let word = node.text else { return Sentence(wording.undecided(node)) }
    return say("\(kind).\(key).\(word)")
  }

  var levels: [Sentence] {
    let shares = (rule["levels"]?.map ?? []).map { entry -> Sentence in
      let share = say("level", ["level": .text(entry.key), "percent": .text(number(entry.value))])
      guard let describe = rule["describe"]?[entry.key]?.text else { return share }
      return Sentence(share.text, [Sentence(describe)])
    }
    return [say("levels", ["title": .text(title("level"))], shares)]
  }

  var bands: [Sentence] {
    let bands = (rule["bands"]?.list ?? []).map { band in
      say("band", ["from": .text(amount(band["from"], of: "value")), "points": .text(number(band["points"]))])
    }
    return [say("bands", ["title": .text(title("value"))], bands + [say("bands.below")])]
  }

  var tiers: [Sentence] {
    let tiers = (rule["tiers"]?.map ?? []).map { entry in
      say(
        "tier",
        [
          "level": .text(catalogue.named("level.\(entry.key)") ?? entry.key), "points": .text(number(entry.value)),
        ])
    }
    if let over = rule["over"] { return [say("tiers.over", ["over": .text(over.plainText)], tiers)] }
    let kinds = (rule["kinds"]?.list ?? []).compactMap { $0["title"]?.text }
    return [say("tiers", [:], tiers), choice("take", usual: "all", of: "tiers")]
      + (kinds.isEmpty ? [] : [say("tiers.kinds", ["kinds": .names(kinds)])])
  }

  var deduct: [Sentence] { [say("deduct")] + deductions }

  private var deductions: [Sentence] {
    adjustments("deductions", amount: "lose", key: "loss")
      + (rule["zeroWhen"].map { [say("zero", ["when": .text(condition($0))])] } ?? [])
  }

  func adjustments(_ list: String, amount: String, key: String) -> [Sentence] {
    (rule[list]?.list ?? []).map { node in
      let parts: [String: Message.Part] = [
        "title": .text(node["title"]?.text ?? ""), "amount": .text(number(node[amount])),
        "cap": .text(number(node["cap"])),
      ]
      if node["when"] != nil { return say("\(key).when", parts) }
      return say(node["cap"]?.number == nil ? "\(key).each" : "\(key).capped", parts)
    }
  }

  var parts: [Sentence] {
    let list = rule["parts"]?.list ?? []
    let sentences = list.map { part -> Sentence in
      let own = part["points"]?.number ?? points.map { $0 / Exact(max(1, list.count)) }
      let inner = part["rule"].map { rule -> [Sentence] in
        let share = own.map { Node(.number($0), at: part.place) }
        return wording.rules(rule, points: share, inputs: partInputs(part))
      }
      let title = Message.Part.text(part["title"]?.text ?? "")
      let shown = part["points"].map(number) ?? own.map(\.plain) ?? ""
      return say("entry", ["title": title, "points": .text(shown)], inner ?? [])
    }
    return [say("parts", ["count": .count(list.count)], sentences)] + deductions
  }

  /// A part's own inputs, and those that the item describes as `part.input`.
  private func partInputs(_ part: Node) -> Node {
    let prefix = "\(part["id"]?.text ?? "")."
    let described = (inputs?.map ?? []).compactMap { entry -> Node.Entry? in
      guard entry.key.hasPrefix(prefix) else { return nil }
      return Node.Entry(
        key: String(entry.key.dropFirst(prefix.count)), keyPlace: entry.keyPlace, value: entry.value)
    }
    return Node(.map((part["inputs"]?.map ?? []) + described), at: part.place)
  }

  var placed: [Sentence] {
    let places = (rule["places"]?.list ?? []).enumerated().map { place, points in
      say("place", ["place": .count(place + 1), "points": .text(number(points))])
    }
    let better = rule["better"]?.text ?? "higher"
    var sentences = [say("placed.\(better)", ["title": .text(title("value"))], places)]
    if let from = rule["fullFrom"], from.number != nil || from.isUndecided {
      sentences.append(say("placed.full.\(better)", ["from": .text(amount(from, of: "value"))]))
    }
    return sentences
  }
}
