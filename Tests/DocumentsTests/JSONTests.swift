import Documents
import Fixtures
import Notation
import Outcomes
import Policies
import Rules
import Scoring
import Testing

/// Facts and results as JSON.
@Suite struct FactsAndResultsJSONTests {
  private func json(_ facts: FactYears) -> String {
    var text = ""
    FactsJSON(output: { text += $0 }).write(facts)
    return text
  }

  private func read(_ text: String, for policy: Policy) throws -> FactYears {
    let (facts, problems) = FactsReader.read(try JSON.read(Array(text.utf8), file: "facts.json"), for: policy)
    #expect(problems.map { $0.line(in: .chinese) } == [])
    return facts
  }

  @Test(arguments: Sample.ids)
  func `facts come back from JSON as they were, and are written the same again`(id: String) throws {
    let sample = try Sample(id)
    let text = json(sample.facts())
    let read = try read(text, for: sample.policy)
    #expect(FactLines.differences(sample.facts(), read) == [])
    #expect(json(read) == text)
  }

  @Test(arguments: Sample.ids)
  func `a workbook and JSON of the same facts are the same`(id: String) throws {
    let sample = try Sample(id, groups: 3)
    let text = json(sample.facts())
    #expect(json(try sample.throughWorkbook(sample.facts())) == text)
    #expect(json(try sample.throughWorkbook(try read(text, for: sample.policy))) == text)
  }

  static let texts = [
    "\"引号\"", "反\\斜杠", "\u{0}\u{1}\u{1F}", "\n\r\t", "\u{2028}\u{2029}", "𠮷👩‍👧‍👦", "é/e\u{301}", "</script>", "{}[],:",
  ]

  @Test(arguments: texts)
  func `every text survives`(text: String) throws {
    let sample = try Sample("ankang-2022", groups: 1)
    let facts = sample.facts { group, _ in group = group.named(text) { _ in text } }
    let read = try read(json(facts), for: sample.policy)
    #expect(read.years.flatMap(\.groups).allSatisfy { Array($0.name?.utf8 ?? "".utf8) == Array(text.utf8) })
  }

  @Test(arguments: ["0.1", "12.34567890123456789012345", "99.999999999999999999", "0.000000000000000000001", "100"])
  func `every decimal survives`(number: String) throws {
    let sample = try Sample("ankang-2022", groups: 1)
    let facts = sample.facts { group, _ in group.items["18"]?["group"]?.values["percent"] = .number(.decimal(number)) }
    #expect(json(facts).contains("\"percent\": \(number)}"))
    #expect(FactLines.differences(facts, try read(json(facts), for: sample.policy)) == [])
  }

  @Test(arguments: Sample.ids)
  func `results say in JSON what they are`(id: String) throws {
    let sample = try Sample(id)
    let places = sample.policy.rounding.places
    let results = Confirmation(policy: sample.policy).results(
      sample.facts { group, index in if index == 1 { group.items[sample.policy.allItems[0].id] = nil } })
    var text = ""
    ResultsJSON(policy: sample.policy).write(results) { text += $0 }
    let root = try JSON.read(Array(text.utf8), file: "results.json")
    #expect(root.map?.map(\.key) == ["policy", "results"])
    #expect(root["policy"]?.text == id)
    let list = try #require(root["results"]?.list)
    #expect(list.count == results.all.count)
    for (node, result) in zip(list, results.all) {
      let card = result.card
      #expect(node["year"]?.integer == result.year && node["group"]?.text == result.id)
      for (key, number) in [("base", card.base), ("bonus", card.bonus), ("total", card.total)] {
        #expect(node[key]?.text == number.fixed(places: places))
      }
      #expect(node["rank"]?.integer == result.rank && node["grade"]?.text == result.grade)
      #expect(node["unscored"]?.texts() == card.unscored && node["vetoes"]?.texts() == card.group.vetoes)
      #expect(node["consequences"]?.texts() == result.granted && node["pending"]?.texts() == result.pending)
      let items = try #require(node["items"]?.list)
      #expect(items.map { $0["id"]?.text } == (card.lines + card.bonusLines).map(\.item.id))
      #expect(
        items.map { $0["score"]?.text } == (card.lines + card.bonusLines).map { $0.score?.fixed(places: places) })
    }
    #expect(results.all.contains { !$0.card.unscored.isEmpty })
  }
}
