import HTTPTypes
import HummingbirdTesting
import Notation
import Storage
import Testing

@testable import Web

/// Whether a form is ours.
@Suite struct GateTests {
  @Test func `a form that calls itself one with files needs its secret like any other`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      let body = MultipartTests.body([MultipartTests.field("keep", "here")])
      for link in [
        Endpoint.signOutEverywhere.link(), Endpoint.endSession.link(), "/sheets/10/\(sheet)/submission",
        "/sheets/10/\(sheet)/items/4", "/sheets/10/\(sheet)/presence",
      ] {
        let answer = try await test.fetch(.lead, .post, link, [.contentType: MultipartTests.type], body: body)
        #expect(answer.status == .forbidden, "\(link)")
      }
    }
  }

  @Test func `only what reads files itself takes a form with files, and asks it for the secret`() async throws {
    let takers = Endpoint.all.filter(\.takesFiles)
    #expect(
      Set(takers.map(\.name)) == [
        "addEvidence", "replacePiece", "sheetImportPreview", "previewAccounts", "previewPosts", "previewRegistry",
        "attachPapers", "previewLedger", "attachRecommendationPapers",
      ])
    #expect(takers.allSatisfy { $0.method == .post })
  }

  @Test(arguments: [
    ("https://junheng.example", true), ("http://junheng.example", true), ("null", true),
    ("https://elsewhere.example", false), ("https://elsewhere.example/junheng.example", false),
    ("junheng.example", false), ("ftp://junheng.example", false), ("https://junheng.example:444", false),
  ])
  func `a form comes from our own origin, in full`(origin: String, isOwn: Bool) {
    #expect(Gate.isOwn(origin, authority: "junheng.example") == isOwn)
    #expect(Gate.isOwn("https://junheng.example", authority: nil) == false)
  }

  @Test(arguments: [
    ("bytes=0-3", AskedRange.part(0..<4)), ("bytes=4-", .part(4..<10)), ("bytes=-3", .part(7..<10)),
    ("bytes=0-99", .part(0..<10)), ("bytes=-99", .part(0..<10)), ("bytes=9-9", .part(9..<10)), ("bytes=10-", .outside),
    ("bytes=-0", .outside), ("bytes=0-99999999999999999999", .part(0..<10)), ("bytes=99999999999999999999-", .outside),
    ("items=0-3", .whole), ("bytes=0-1,3-4", .whole), ("bytes=3-1", .whole), ("bytes=-", .whole), ("bytes", .whole),
    ("bytes=a-b", .whole), ("bytes=+1-3", .whole), ("", .whole), ("bytes=1-2-3", .whole),
  ])
  func `a range is one part, the whole, or nothing`(header: String, range: AskedRange) {
    #expect(AskedRange(header, of: 10) == range)
    #expect(AskedRange("bytes=-1", of: 0) == .outside)
  }

  @Test func `a range that isn't understood gets the whole file, and says so`() async throws {
    try await TestSite.with { test in
      #expect(try await test.put(.lead, "a.pdf", EvidenceTests.pdf).status == .created)
      let piece = try #require(try await test.evidence().first)
      let link = Endpoint.evidenceFile.link(TestSite.city, piece.id)
      for header in ["items=0-3", "bytes=0-1,3-4"] {
        let answer = try await test.fetch(.lead, .get, link, [.range: header])
        #expect(answer.status == .ok && answer.headers[.contentRange] == nil)
      }
      #expect(try await test.fetch(.lead, .get, link, [.range: "bytes=1-3"]).status == .partialContent)
    }
  }

  @Test func `the next page after a save is an address and nothing else`() async throws {
    try await TestSite.with { test in
      let sheet = try await SheetTests.sheet(test, group: 31)
      for next in ["/sheets/中文", "/sheets/1\r\nSet-Cookie: a=b", "//elsewhere.example/sheets/"] {
        let answer = try await test.ask(
          .lead, .post, "/sheets/10/\(sheet)/items/4", form: [("then", "next"), ("next", next)])
        #expect(answer.location?.hasPrefix("/sheets/10/\(sheet)?item=4") == true)
      }
    }
  }
}
