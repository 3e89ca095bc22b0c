import Fixtures
import Testing

@testable import Web

@Suite struct MultipartTests {
  static let type = "multipart/form-data; boundary=----WebKitFormBoundaryAb3"

  struct Part {
    var head: String
    var content: [UInt8]
  }

  static func body(_ parts: [Part], boundary: String = "----WebKitFormBoundaryAb3") -> [UInt8] {
    parts.flatMap { "--\(boundary)\r\n\($0.head)\r\n\r\n".utf8 + $0.content + "\r\n".utf8 } + "--\(boundary)--\r\n".utf8
  }

  static func field(_ name: String, _ value: String) -> Part {
    Part(head: "Content-Disposition: form-data; name=\"\(name)\"", content: Array(value.utf8))
  }

  static func file(_ name: String, _ content: [UInt8]) -> Part {
    Part(
      head: "Content-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\nContent-Type: application/pdf",
      content: content)
  }

  /// Reads a body in pieces and joins what follows each other of a file's bytes.
  static func read(_ pieces: [ArraySlice<UInt8>], type: String = type) throws(MultipartProblem) -> [Multipart.Event] {
    var reader = try Multipart(contentType: type)
    var events: [Multipart.Event] = []
    for piece in pieces {
      for event in try reader.feed(piece) {
        if case .bytes(let more) = event, case .bytes(let before)? = events.last {
          events[events.count - 1] = .bytes(before + more)
        } else {
          events.append(event)
        }
      }
    }
    try reader.finish()
    return events
  }

  static let sample = [
    field("item", "4"), field("title", "教师交流名册（盖章）"), field("empty", ""),
    file("名册.pdf", Array("%PDF-1.7\r\n--\r\n------WebKitFormBoundaryAb\r\n\r\n------WebKitFormBoundaryAb".utf8)),
    file("", []), file("a\\\"b%22.pdf", [13, 10, 13, 10, 45, 45]),
  ]

  static let events: [Multipart.Event] = [
    .field(name: "item", value: "4"), .field(name: "title", value: "教师交流名册（盖章）"),
    .field(name: "empty", value: ""), .file(field: "file", name: "名册.pdf"), .bytes(sample[3].content), .endOfFile,
    .file(field: "file", name: ""), .endOfFile, .file(field: "file", name: "a\"b\".pdf"), .bytes(sample[5].content),
    .endOfFile, .end,
  ]

  @Test func `a form with files is read part by part`() throws {
    #expect(try Self.read([Self.body(Self.sample)[...]]) == Self.events)
  }

  @Test func `byte by byte too`() throws {
    let body = Self.body(Self.sample)
    #expect(try Self.read(body.indices.map { body[$0...$0] }) == Self.events)
  }

  @Test func `however it is cut`() throws {
    var dice = Seeded(3)
    let body = Self.body(Self.sample)
    for _ in 0..<500 {
      var pieces: [ArraySlice<UInt8>] = []
      var place = 0
      while place < body.count {
        let end = min(body.count, place + Int.random(in: 1...(Bool.random(using: &dice) ? 3 : 200), using: &dice))
        pieces.append(body[place..<end])
        place = end
      }
      #expect(try Self.read(pieces) == Self.events)
    }
  }

  @Test func `content full of pieces of the boundary arrives unchanged`() throws {
    var dice = Seeded(5)
    let boundary = "-x"
    let type = "multipart/form-data; boundary=\(boundary)"
    for _ in 0..<500 {
      let alphabet: [UInt8] = [13, 10, 45, 120]
      let content = (0..<Int.random(in: 0...60, using: &dice)).map { _ in alphabet.randomElement(using: &dice) ?? 0 }
      let delimiter = Array("\r\n--\(boundary)".utf8)
      guard ([13, 10] + content + [13, 10]).firstRange(of: delimiter) == nil else { continue }
      let body = Self.body([Self.file("a", content)], boundary: boundary)
      let cut = Int.random(in: 0...body.count, using: &dice)
      let expected: [Multipart.Event] =
        [.file(field: "file", name: "a")] + (content.isEmpty ? [] : [.bytes(content)]) + [.endOfFile, .end]
      #expect(try Self.read([body[..<cut], body[cut...]], type: type) == expected)
    }
  }

  @Test(arguments: [
    "", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a", "text/plain",
    "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=a\u{1}b",
    "multipart/form-data; boundary=a; boundary=b",
    "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
  ])
  func `a type without a boundary is no form`(type: String) {
    #expect(throws: MultipartProblem.notAForm) { try Multipart(contentType: type) }
  }

  @Test func `a boundary may stand in quotes and among other parameters`() throws {
    let type = "Multipart/Form-Data; charset=utf-8; Boundary=\"a b'()+_,-./:=?c\""
    let body = Self.body([Self.field("a", "1")], boundary: "a b'()+_,-./:=?c")
    #expect(try Self.read([body[...]], type: type) == [.field(name: "a", value: "1"), .end])
  }

  static let wrong: [(String, MultipartProblem)] = [
    ("", .cut), ("--", .cut), ("--a", .cut), ("--a\r\n", .cut), ("--a--", .cut), ("x--AB", .malformed),
    ("--ABxy", .malformed),
    ("--AB\r\n\r\n\r\n--AB--", .malformed), ("--AB\r\nContent-Type: a\r\n\r\n1\r\n--AB--", .malformed),
    ("--AB\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--AB--", .malformed),
    ("--AB\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--AB--", .malformed),
    ("--AB\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--AB--", .malformed),
    (
      "--AB\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--AB--",
      .malformed
    ),
    ("--AB\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n", .cut),
    ("--AB\r\n" + String(repeating: "a", count: 9000), .tooLarge),
    (
      "--AB\r\nContent-Disposition: form-data; name=a\r\n\r\n" + String(repeating: "1", count: 70_000) + "\r\n--AB--",
      .tooLarge
    ),
    (
      String(repeating: "--AB\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n", count: 201) + "--AB--",
      .tooManyParts
    ),
    (
      String(repeating: "--AB\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n1\r\n", count: 31)
        + "--AB--", .tooManyParts
    ),
  ]

  @Test(arguments: wrong)
  func `what is no such form is refused`(body: String, problem: MultipartProblem) {
    let bytes = Array(body.utf8)
    let expected = body.hasPrefix("--a") ? MultipartProblem.malformed : problem
    #expect(throws: expected) { try Self.read([bytes[...]], type: "multipart/form-data; boundary=AB") }
    #expect(throws: expected) {
      try Self.read(bytes.indices.map { bytes[$0...$0] }, type: "multipart/form-data; boundary=AB")
    }
  }

  @Test func `no bytes trap the reader`() {
    var dice = Seeded(11)
    let body = Self.body(Self.sample)
    for _ in 0..<2_000 {
      var bytes = body
      for _ in 0..<Int.random(in: 1...8, using: &dice) {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        switch Int.random(in: 0...2, using: &dice) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes.remove(at: place)
        default: bytes.insert([13, 10, 45, 0][Int.random(in: 0...3, using: &dice)], at: place)
        }
      }
      let cut = Int.random(in: 0...bytes.count, using: &dice)
      _ = try? Self.read([bytes[..<cut], bytes[cut...]])
    }
  }
}
