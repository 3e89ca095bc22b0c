import Documents
import Notation
import Policies
import Publishing

/// Results in the reader's words: numbers with the policy's places, grades as chips, moves in rank.
struct ResultWords {
  let policy: Policy
  let words: Catalogue
  let names: EditionWords

  init(_ policy: Policy, _ words: Catalogue) {
    self.policy = policy
    self.words = words
    names = EditionWords(policy)
  }

  /// «92.40»; missing is «—».
  func number(_ number: Exact?) -> String { signed(number) ?? "—" }

  private func signed(_ number: Exact?) -> String? {
    number.map { ($0.isNegative ? "−" : "") + $0.magnitude.fixed(places: policy.rounding.places) }
  }

  func rank(_ rank: Int?) -> String { rank.map { String($0) } ?? "—" }

  /// «上升 3 名», «下降 2 名», «持平».
  func change(_ change: Int?) -> String {
    switch change {
    case nil: "—"
    case 0?: words.text("results.change.none")
    case let change?:
      words.text(change > 0 ? "results.change.up" : "results.change.down", ["places": .count(abs(change))])
    }
  }

  /// Moves are coloured from three places on.
  func changeClass(_ change: Int?) -> String {
    guard let change else { return "mut" }
    if change >= SlopeChart.notable { return "okc b" }
    return change <= -SlopeChart.notable ? "badc b" : "ink2"
  }

  func grade(_ result: FrozenResult) -> String {
    result.grade ?? words.text(result.isEligible ? "results.grade.none" : "results.grade.ineligible")
  }

  /// The chip's look by the grade's place: the best, the second, the last.
  func gradeClass(_ grade: String?) -> String {
    guard let grading = policy.grading, let place = grade.flatMap({ grading.position($0) }) else { return "" }
    if place == 0 { return "ok" }
    if place == grading.grades.count - 1 { return "bad" }
    return place == 1 ? "info" : ""
  }

  /// «第 4 项»; ids that are words aren't for readers.
  func place(_ item: String) -> String {
    item.contains(where: \.isNumber)
      ? words.text("results.item.place", ["item": .text(item)])
      : words.text("results.item.named", ["title": .text(names.item(item))])
  }

  /// «4 教师交流比例».
  func item(_ id: String) -> String {
    id.contains(where: \.isNumber) ? "\(id) \(names.item(id))" : names.item(id)
  }

  /// That the reasons, frozen with the scores, are in another language than the page; nil where they are in the same.
  var reasonsNote: String? {
    policy.language == words.language ? nil : words.text("results.why.language")
  }

  func form(_ id: String?) -> String { names.form(id) ?? "—" }
  func list(_ names: [String]) -> String { names.joined(separator: words.text("list.separator")) }

  func day(_ instant: Instant) -> String { day(instant.day) }

  /// «2023年11月20日».
  func day(_ day: Day) -> String {
    words.text("results.day", day.parts)
  }

  /// «11月20日 14:32».
  func moment(_ instant: Instant) -> String {
    let local = LocalTime(instant)
    return words.text(
      "results.moment",
      local.day.parts.merging(["clock": .text(local.shortClock)]) { first, _ in first })
  }
}

/// A row of results as tables show it.
struct ResultRow {
  let rank: String
  let name: String
  let link: String?
  let district: String
  let form: String
  let base: String
  let bonus: String
  let total: String
  let grade: String
  let gradeClass: String
  let change: String
  let changeClass: String
  let vetoes: String
  let hasVetoes: Bool
  let follows: String
  let hasFollows: Bool
  /// The number of the correction that touched it last.
  let corrected: Int?
  /// Last year's, where it is shown.
  let totalBefore: String
  let rankBefore: String
  let gradeBefore: String

  init(
    _ result: FrozenResult, _ words: ResultWords, link: String?, corrected: Int? = nil, before: FrozenResult? = nil
  ) {
    rank = words.rank(result.rank)
    name = result.name
    self.link = link
    district = result.district
    form = words.form(result.form)
    base = words.number(result.publicBase)
    bonus = words.number(result.publicBonus)
    total = words.number(result.publicTotal)
    grade = words.grade(result)
    gradeClass = words.gradeClass(result.grade)
    change = words.change(result.rankChange)
    changeClass = words.changeClass(result.rankChange)
    vetoes = words.list(result.vetoes.map(words.names.veto))
    follows = words.list(result.granted.map(words.names.consequence))
    hasVetoes = !result.vetoes.isEmpty
    hasFollows = !result.granted.isEmpty
    self.corrected = corrected
    totalBefore = words.number(before?.publicTotal)
    rankBefore = words.rank(before?.rank)
    gradeBefore = before?.grade ?? "—"
  }
}
