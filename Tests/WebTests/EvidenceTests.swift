import Cycles
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Notation
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct EvidenceTests {
  static let home = Endpoint.evidence.link(TestSite.city, TestSite.cycle, 31)
  static let pdf = Array("%PDF-1.4\n内容".utf8)
  static let png: [UInt8] = [0x89] + "PNG\r\n".utf8 + [0x1A, 0x0A, 0, 0]

  static func piece(_ id: ID) -> String { Endpoint.piece.link(TestSite.city, TestSite.cycle, id) }

  @Test func `a form with files adds them, and the page shows them`() async throws {
    try await TestSite.with { test in
      let answer = try await test.upload(
        .lead, [("教师交流名册（盖章）.pdf", Self.pdf), ("照片.png", Self.png)])
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == Self.home + "?saved=2-0")
      let page = try await test.fetch(.lead, .get, Self.home + "?saved=2-0").text
      #expect(page.contains("教师交流名册（盖章）</a>") && page.contains("已收 2 份。") && page.contains("符合交流条件教师名册"))
      #expect(test.keptFiles.count == 2)
      let again = try await test.upload(.lead, [("另一个名.pdf", Self.pdf)], [("place", "5")])
      #expect(again.headers[.location]?.hasSuffix("?saved=0-1") == true)
      #expect(test.keptFiles.count == 2)
    }
  }

  @Test func `a form is taken as a whole or not at all`() async throws {
    try await TestSite.with { test in
      let answer = try await test.upload(
        .lead, [("好.pdf", Self.pdf), ("网页.txt", Array("<html>".utf8)), ("a.exe", [77, 90])])
      #expect(answer.status == .unprocessableContent)
      #expect(answer.text.contains("“网页.txt”的内容是网页") && answer.text.contains("“a.exe”的类型不收"))
      #expect(test.keptFiles == [])
      let elsewhere = try await test.upload(.lead, [("好.pdf", Self.pdf)], [("place", "99"), ("place", "4/<b>")])
      #expect(elsewhere.status == .unprocessableContent && !elsewhere.text.contains("4/<b>"))
      #expect(test.keptFiles == [])
      #expect(try await test.upload(.lead, []).status == .unprocessableContent)
    }
  }

  @Test func `a form without its secret is refused before its file is taken in`() async throws {
    try await TestSite.with { test in
      #expect(try await test.upload(.lead, [("a.pdf", Self.pdf)], secret: "x").status == .forbidden)
      let late = MultipartTests.body([
        MultipartTests.file("a.pdf", Self.pdf), MultipartTests.field("csrf", try await test.csrf(.lead)),
      ])
      let answer = try await test.fetch(.lead, .post, Self.home, [.contentType: MultipartTests.type], body: late)
      #expect(answer.status == .forbidden)
      let link = Endpoint.sendEvidence.link(TestSite.city, TestSite.cycle, 31, query: [("name", "a.pdf")])
      #expect(try await test.fetch(.lead, .put, link, body: Self.pdf).status == .forbidden)
      #expect(test.keptFiles == [])
    }
  }

  @Test func `what a group may add is told before anything is received`() async throws {
    // Nothing fits; and a file that says its size only by coming is measured before it is kept.
    for quota in [0, 1] as [Int64] {
      try await TestSite.with(quota: quota) { test in
        let link = Endpoint.apiAddEvidence.link(TestSite.city, TestSite.cycle, 31, query: [("name", "a.pdf")])
        #expect(try await test.call(.lead, .post, link, bytes: Self.pdf).status == 409)
        for answer in [
          try await test.put(.lead, "a.pdf", Self.pdf), try await test.upload(.lead, [("a.pdf", Self.pdf)]),
        ] {
          #expect(answer.status == .conflict && answer.text.contains("限额"))
        }
        #expect(test.keptFiles == [])
      }
    }
  }

  @Test func `a script sends a file as it is`() async throws {
    try await TestSite.with { test in
      let answer = try await test.put(
        .member, "江北校区 到岗+记录.pdf", Self.pdf, [("place", "4/roster"), ("place", "5"), ("year", "2025")])
      #expect(answer.status == .created && answer.text.contains("\"said\":\"已收\""))
      let piece = try #require(try await test.evidence().first)
      #expect(piece.fileName == "江北校区 到岗+记录.pdf" && piece.year == 2025 && piece.school == ID(22))
      #expect(piece.links.map(\.place.item) == ["4", "5"])
      let refused = try await test.put(.member, "a.pdf", Self.png)
      #expect(refused.status == .unprocessableContent && refused.text.contains("内容却是PNG 图片"))
      #expect(refused.headers[.contentType] == "application/problem+json")
      #expect(try await test.put(.member, "..", Self.pdf).status == .unprocessableContent)
      #expect(try await test.put(.otherLead, "a.pdf", Self.pdf).status == .notFound)
      #expect(try await test.put(.district, "a.pdf", Self.pdf).status == .conflict)
      #expect(try await test.put(.supervisor, "a.pdf", Self.pdf).status == .forbidden)
      #expect(test.keptFiles.count == 1)
    }
  }

  @Test func `a body larger than anything taken is refused at once`() async throws {
    try await TestSite.with { test in
      let headers: HTTPFields = [.contentType: MultipartTests.type, .contentLength: "2147483648"]
      #expect(try await test.fetch(.lead, .post, Self.home, headers).status == .contentTooLarge)
      let link = Endpoint.sendEvidence.link(TestSite.city, TestSite.cycle, 31, query: [("name", "a.pdf")])
      let put = try await test.fetch(
        .lead, .put, link, [.csrf: try await test.csrf(.lead), .contentLength: "2147483648"])
      #expect(put.status == .contentTooLarge)
    }
  }

  @Test func `a file is saved under its name and never taken for a page`() async throws {
    try await TestSite.with { test in
      _ = try await test.put(.lead, "名\"册;a.pdf", Self.pdf)
      let id = try #require(try await test.evidence().first).id
      let link = Endpoint.evidenceFile.link(TestSite.city, id)
      let file = try await test.fetch(.district, .get, link)
      #expect(file.status == .ok && Array(file.body.readableBytesView) == Self.pdf)
      #expect(
        file.headers[.contentDisposition]
          == "attachment; filename=\"__;a.pdf\"; filename*=UTF-8''%E5%90%8D_%E5%86%8C%3Ba.pdf".replacing(
            "__;", with: "___;"))
      #expect(file.headers[.contentSecurityPolicy] == "sandbox; default-src 'none'")
      #expect(file.headers[.xContentTypeOptions] == "nosniff" && file.headers[.contentType] == "application/pdf")
      let part = try await test.fetch(.district, .get, link, [.range: "bytes=1-3"])
      #expect(part.status == .partialContent && part.text == "PDF")
      #expect(part.headers[.contentRange] == "bytes 1-3/\(Self.pdf.count)")
      #expect(try await test.fetch(.district, .get, link, [.range: "bytes=900-"]).status == .rangeNotSatisfiable)
      let preview = try await test.fetch(.district, .get, Endpoint.evidencePreview.link(TestSite.city, id))
      #expect(preview.headers[.contentDisposition]?.hasPrefix("inline") == true)
      #expect(preview.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
      for stranger in [TestPerson.otherLead, .otherDistrict] {
        for link in [link, Self.piece(id), Endpoint.evidencePreview.link(TestSite.city, id), Self.home] {
          #expect(try await test.fetch(stranger, .get, link).status == .notFound)
        }
      }
      #expect(try await test.fetch(nil, .get, link).status == .unauthorized)
      #expect(try await test.fetch(.lead, .get, Endpoint.evidenceFile.link(19, id)).status == .notFound)
    }
  }

  @Test func `one piece is linked, replaced, unlinked and withdrawn`() async throws {
    try await TestSite.with { test in
      _ = try await test.put(.lead, "a.pdf", Self.pdf)
      let first = try #require(try await test.evidence().first).id
      func link(_ endpoint: Endpoint, _ id: ID) -> String { endpoint.link(TestSite.city, TestSite.cycle, id) }
      #expect(try await test.post(.lead, link(.linkPiece, first), [("place", "5")]).status == .seeOther)
      #expect(try await test.post(.lead, link(.linkPiece, first), [("place", "99")]).status == .unprocessableContent)
      #expect(try await test.post(.lead, link(.linkPiece, first), [("place", "6")], secret: "").status == .forbidden)
      #expect(try await test.post(.member, link(.linkPiece, first), [("place", "6")]).status == .conflict)
      #expect(try await test.post(.otherLead, link(.withdrawPiece, first), []).status == .notFound)
      let replaced = try await test.upload(
        .lead, [("b.pdf", Self.pdf + [1])], [], to: link(.replacePiece, first))
      let second = try #require(try await test.evidence().first).id
      #expect(replaced.headers[.location] == Self.piece(second) && second != first)
      let page = try await test.fetch(.lead, .get, Self.piece(second)).text
      #expect(
        page.contains("第 2 版") && page.contains("第 1 版") && page.contains("<iframe src=\"/files/10/\(second)/preview\"")
      )
      #expect(try await test.post(.lead, link(.unlinkPiece, second), [("place", "5")]).status == .seeOther)
      #expect(try await test.post(.lead, link(.unlinkPiece, second), [("place", "5")]).status == .notFound)
      #expect(try await test.post(.lead, link(.withdrawPiece, second), []).status == .seeOther)
      #expect(try await test.fetch(.city, .get, Self.home).text.contains("已撤回"))
      #expect(try await test.post(.lead, link(.withdrawPiece, second), []).status == .conflict)
    }
  }

  @Test func `what people write is shown as text`() async throws {
    try await TestSite.with { test in
      let title = "<script>alert(1)</script>\"'`\u{301}"
      _ = try await test.put(.lead, "<img src=x onerror=alert(1)>.pdf", Self.pdf, [("title", title), ("place", "4")])
      let piece = try #require(try await test.evidence().first)
      for link in [Self.home, Self.piece(piece.id)] {
        let page = try await test.fetch(.district, .get, link).text
        #expect(!page.contains("<script>alert") && !page.contains("<img src=x"))
      }
    }
  }

  @Test func `all of a group's evidence comes as one archive`() async throws {
    try await TestSite.with { test in
      _ = try await test.put(.lead, "名册.pdf", Self.pdf)
      let link = Endpoint.evidenceArchive.link(TestSite.city, TestSite.cycle, 31)
      let zip = try await test.fetch(.district, .get, link)
      #expect(
        zip.headers[.contentLength] == "\(zip.body.readableBytes)" && zip.headers[.contentType] == "application/zip")
      #expect(zip.body.readableBytesView.starts(with: "PK\u{3}\u{4}".utf8) && zip.text.contains("4 教师交流比例/名册.pdf"))
      #expect(try await test.fetch(.otherLead, .get, link).status == .notFound)
    }
  }

  @Test func `pages of evidence take few statements`() async throws {
    try await TestSite.with { test in
      for number in 0..<12 { _ = try await test.put(.lead, "\(number).pdf", Self.pdf + [UInt8(number)]) }
      let piece = try #require(try await test.evidence().first)
      for link in [Self.home, Self.piece(piece.id)] {
        #expect(try await test.fetch(.lead, .get, link).status == .ok)
        #expect(test.counter.count <= 8, "\(test.counter.all)")
      }
    }
  }
}
