import Fixtures
import Notation
import Testing

/// What templates ask for is kept by the pages they are filled with.
@Suite struct TemplateNames {
  static let folder = "Sources/Web/Templates"
  static let types = SwiftTypes(Source.all.map { (path: $0.path, text: $0.text) })
  static let words = Catalogue.chinese.keys.union(WebTexts.keys)

  static let templates = Dictionary(
    uniqueKeysWithValues: Repository.files(below: folder, ending: ".mustache").map { path in
      let name = String(path.dropFirst(folder.count + 1).dropLast(9))
      return (name, Template(name: name, text: Repository.text(path)))
    })

  /// Which page each template is filled with, as the calls say: `visit.page("room/name", page, …`.
  static let pages: [String: Set<String>] = web.reduce(into: [:]) { pages, source in
    let calls = source.text.matches(of: #/\(\s*"([a-z]+\/[a-z-]+)",\s*([A-Za-z]+)[,(]/#)
    for call in calls where call.output.1 != "application/json" {
      let before = source.text[..<call.range.lowerBound]
      pages[String(call.output.1), default: []].insert(type(of: call.output.2, before, source) ?? "?")
    }
  }

  static let web = Source.all.filter { $0.room == "Web" }

  /// A value's type: the one that makes it, or the one a declaration before says; else the one its file is named after.
  static func type(of word: Substring, _ before: Substring, _ source: Source) -> String? {
    if word.first?.isUppercase == true { return String(word) }
    let said = before.matches(of: #/\b(\w+): ([A-Z][A-Za-z.]*)|\b(?:let|var) (\w+) = ([^\n]*)/#)
    for match in said.reversed() where (match.output.1 ?? match.output.3) == word {
      if let type = match.output.2 { return String(type) }
      let earlier = before[..<match.range.lowerBound]
      if let type = match.output.4.flatMap({ made(by: $0, earlier, source) }) { return type }
    }
    let own = source.path.split(separator: "/").last?.prefix { $0 != "." }
    return own.map(String.init).flatMap { types.find($0, within: "")?.name }
  }

  /// What an expression gives: `Page(…`, `Maker(…).page`, `maker.page(…`, `page(…`, or a transaction that says it.
  static func made(by expression: Substring, _ before: Substring, _ source: Source) -> String? {
    let plain = expression.replacing(#/^(?:try |await )+/#, with: "")
    if let type = plain.firstMatch(of: #/-> ([A-Z]\w+) in$/#) { return String(type.output.1) }
    if plain.hasPrefix("page(") { return returned(in: [source.text]) }
    guard let begin = plain.firstMatch(of: #/^(\w+)/#)?.output.1 else { return nil }
    let type = begin.first?.isUppercase == true ? String(begin) : Self.type(of: Substring(begin), before, source)
    guard plain.contains(#/\.page\b/#), let type else { return begin.first?.isUppercase == true ? type : nil }
    return returned(in: web.map(\.text).filter { $0.contains("struct \(type)") || $0.contains("extension \(type)") })
  }

  /// The type of what is called `page` in some files.
  static func returned(in texts: [String]) -> String? {
    texts.lazy.compactMap { text in
      text.firstMatch(of: #/(?:var page: |func page\((?:[^{])*?\) (?:async )?(?:throws )?-> )([A-Z]\w+)\?? \{/#)
        .flatMap { $0.output.1 == "Response" ? nil : String($0.output.1) }
    }.first
  }

  @Test func `every template is filled by a page or stands in another`() {
    let included = Set(Self.templates.values.flatMap(\.partials)).union(["layout/page"])
    #expect(Set(Self.templates.keys).subtracting(included).subtracting(Self.pages.keys).sorted() == [])
    #expect(Self.pages.filter { $0.value.contains("?") || Self.templates[$0.key] == nil }.keys.sorted() == [])
    #expect(Self.pages.count > 40)
  }

  @Test(arguments: pages.keys.sorted())
  func `every name a template uses is kept by its page`(template: String) {
    for page in Self.pages[template] ?? [] {
      #expect(Self.types.find(page, within: "") != nil, "\(page)")
      #expect(TemplateCheck.faults(of: template, page: page, Self.types, Self.templates, words: Self.words) == [])
    }
    #expect(
      TemplateCheck.faults(of: "layout/page", page: "Frame", Self.types, Self.templates, words: Self.words) == [])
  }

  /// The check itself: what it must not let through.
  @Test(arguments: [
    ("{{title}}", []), ("{{#rows}}{{name}} {{title}}{{/rows}}", []), ("{{count}}", ["Page"]),
    ("{{#rows}}{{long}}{{/rows}}", ["Row"]), ("{{#rows}}{{#note}}{{note}}{{/note}}{{/rows}}", []),
    ("{{^empty(rows)}}{{/empty(rows)}}{{#rows}}{{^last()}}, {{/last()}}{{/rows}}", []), ("{{nonsense}}", ["nonsense"]),
    ("{{name}}", ["name"]), ("{{t.no.such}}", ["no.such"]), ("{{#pair}}{{left}}{{right}}{{/pair}}", ["right"]),
    ("{{watched}}{{row.name}}{{row.nothing}}", ["row.nothing"]), ("{{#title}}{{size}}{{/title}}", ["size"]),
  ])
  func `a property that is worked out is caught`(text: String, faults: [String]) {
    let types = SwiftTypes([
      (
        "page.swift",
        """
        struct Page: Sendable {
          struct Row {
            let name, code: String
            let note: String?
            var long: String { name + "}" }
          }
          let title: String
          let rows: [Row]
          let row: Row?
          let pair: (left: String, about: Int)?
          var watched = Row(name: "{", code: "") {
            didSet { }
          }
          static let size = 5

          init() { let nonsense = 1; }
        }
        extension Page {
          var count: Int { rows.count }
        }
        """
      )
    ])
    let templates = ["a/b": Template(name: "a/b", text: "{{#page}}" + text + "{{/page}}")]
    let found = TemplateCheck.faults(of: "a/b", page: "Page", types, templates, words: [])
    #expect(found.count == faults.count)
    for fault in faults { #expect(found.contains { $0.contains(fault) }, "\(found)") }
  }
}
