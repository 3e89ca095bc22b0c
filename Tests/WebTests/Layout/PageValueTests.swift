import Mustache
import Notation
import Testing

@testable import Web

@Suite struct PageValueTests {
  private struct Leaf {
    let name: String
    let note: String?
    let isLast: Bool
  }

  private struct Page {
    let title: String
    let number: ID
    let leaf: Leaf?
    let none: Leaf?
    let leaves: [Leaf]
    let empty: [Leaf]
    let words: [String]
    let pair: (first: String, second: Int)
    var computed: String { title }
  }

  private static let page = Page(
    title: "<甲>", number: ID(12), leaf: Leaf(name: "叶", note: nil, isLast: true), none: nil,
    leaves: [Leaf(name: "一", note: "注", isLast: false), Leaf(name: "二", note: nil, isLast: true)], empty: [],
    words: ["a", "b"], pair: ("x", 2))

  @Test(arguments: [
    "{{page.title}} {{page.number}} {{page.computed}}.", "{{#page.leaf}}{{name}}{{note}}{{title}}{{/page.leaf}}",
    "{{#page}}{{#none}}some{{/none}}{{^none}}none{{/none}}{{/page}}",
    "{{#page}}{{#leaves}}{{name}}{{#note}}({{.}}){{/note}}{{^isLast}}, {{/isLast}}{{title}}{{/leaves}}{{/page}}",
    "{{#page}}{{^empty(empty)}}some{{/empty(empty)}}{{#empty(empty)}}no{{/empty(empty)}}{{/page}}",
    "{{#page.words}}{{.}}{{^last()}}-{{/last()}}{{/page.words}} {{page.pair.first}}{{page.pair.second}}",
    "{{#page.leaves}}{{#isLast}}{{name}}{{/isLast}}{{/page.leaves}}{{page.leaf.name.x}}{{page.nothing}}",
  ])
  func `a template finds the same in it as in the value itself`(text: String) throws {
    let template = try MustacheTemplate(string: text)
    let library = MustacheLibrary(templates: ["t": template])
    let plain = library.render(["page": Self.page] as [String: Any], withTemplate: "t")
    let wrapped = library.render(["page": PageValue.of(Self.page) ?? 0] as [String: Any], withTemplate: "t")
    #expect(wrapped == plain && wrapped?.isEmpty == false)
  }
}
