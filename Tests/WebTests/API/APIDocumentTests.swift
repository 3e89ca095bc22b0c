import HTTPTypes
import Notation
import Testing

@testable import Web

@Suite struct APIDocumentTests {
  static let catalogues = ["zh-CN", "en"]

  static func document(_ language: String = "en") throws -> Node {
    try JSON.read(Array(OpenAPIDocument(words: Texts().catalogue(language)).text.utf8), file: "openapi.json")
  }

  /// `GET /api/v1/cycles` of each endpoint for programs, and of each operation of the document.
  static func endpoints() -> Set<String> {
    Set(
      Endpoint.all.filter { $0.kind == .api }.map { "\($0.method.rawValue) \(OpenAPIDocument.path(of: $0))" })
  }

  @Test func `the document tells every endpoint for programs, and no other`() throws {
    let paths = try #require(try Self.document()["paths"]?.map)
    let told = paths.flatMap { path in
      (path.value.map ?? []).map { "\($0.key.uppercased()) \(path.key)" }
    }
    #expect(Set(told) == Self.endpoints())
    #expect(told.count == Self.endpoints().count)
    #expect(Set(OpenAPIDocument.operations.map(\.endpoint)) == Set(Endpoint.all.filter { $0.kind == .api }))
  }

  @Test func `every gap of a path is a parameter, and every operation names its scope`() throws {
    for (path, methods) in try #require(try Self.document()["paths"]?.map).map({ ($0.key, $0.value) }) {
      let gaps = Set(path.matches(of: #/\{([a-z]+)\}/#).map { String($0.output.1) })
      for method in methods.map ?? [] {
        let told = (method.value["parameters"]?.list ?? []).filter { $0["in"]?.text == "path" }
        #expect(Set(told.compactMap { $0["name"]?.text }) == gaps, "\(path)")
        #expect(method.value["security"]?.list?.first?["token"]?.texts()?.count == 1, "\(path)")
      }
    }
  }

  @Test(arguments: catalogues)
  func `everything that is told has its words`(language: String) throws {
    let words = try Texts().catalogue(language)
    var keys: Set<String> = []
    for operation in OpenAPIDocument.operations {
      keys.insert("api.operation.\(operation.endpoint.name)")
      keys.formUnion(operation.allParameters.map { "api.parameter.\($0.name)" })
      keys.formUnion((operation.allProblems + operation.answers.map(\.status)).map { "api.status.\($0)" })
      keys.formUnion(operation.answers.flatMap(\.headers).map { "api.parameter.\($0.name)" })
    }
    keys.formUnion(APIForm.allCases.map { "api.kind.\($0)" })
    #expect(keys.filter { words.named($0) == nil }.sorted() == [])
  }

  @Test func `what the document refers to is in it`() throws {
    let document = try Self.document()
    let components = Set((document["components"]?["schemas"]?.map ?? []).map(\.key))
    func references(_ node: Node) -> [String] {
      switch node.value {
      case .map(let entries):
        entries.flatMap { $0.key == "$ref" ? [$0.value.text ?? ""] : references($0.value) }
      case .list(let list): list.flatMap { references($0) }
      default: []
      }
    }
    let used = Set(references(document).map { String($0.split(separator: "/").last ?? "") })
    #expect(used == components)
  }

  @Test func `a sample fits the schema it is a sample of`() throws {
    let words = try Texts().catalogue("en")
    for operation in OpenAPIDocument.operations {
      var schemas = operation.answers.compactMap { answer -> APISchema? in
        if case .json(let schema)? = answer.content { schema } else { nil }
      }
      if case .json(let schema, _)? = operation.body { schemas.append(schema) }
      for schema in schemas {
        let sample = try JSON.read(Array(schema.sample(words).text.utf8), file: "sample")
        let faults = schema.faults(in: sample)
        #expect(faults == [], "\(operation.endpoint.name)")
      }
    }
  }

  @Test func `people read the same table, also without an account`() async throws {
    try await TestSite.with { test in
      let page = try await test.ask(nil, .get, "/api?language=en")
      #expect(page.status == 200)
      for operation in OpenAPIDocument.operations {
        let anchor = "id=\"\(operation.endpoint.name)\""
        #expect(page.text.contains(anchor))
      }
      #expect(!page.text.contains(">api."), "a word is missing")
      let document = try await test.call(nil, .get, "/api/openapi.json")
      #expect(document.status == 200)
      #expect(try document.json["openapi"]?.text == "3.1.0")
    }
  }
}
