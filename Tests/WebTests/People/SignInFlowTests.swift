import HTTPTypes
import Notation
import People
import Storage
import StorageFixtures
import Testing

@testable import Web

@Suite struct SignInFlowTests {
  static func signIn(_ browser: Browser, _ login: String, _ password: String = TestSite.password) async throws -> Answer
  {
    try await browser.post("/sign-in", [("login", login), ("password", password)])
  }

  static func isAtTheDoor(_ answer: Answer) -> Bool {
    answer.status == 303 && answer.location?.hasPrefix("/sign-in") == true
  }

  @Test(arguments: TestDatabases.engines)
  func `whoever signs in gets a cookie that only this site sees and no script`(engine: Engine) async throws {
    try await TestSite.with(engine) { test in
      try await test.settle(.lead)
      let browser = Browser(test)
      #expect(Self.isAtTheDoor(try await browser.get("/account")))
      let answer = try await browser.post(
        "/sign-in", [("login", " LEAD "), ("password", TestSite.password), ("to", "/account")])
      #expect(answer.status == 303)
      #expect(answer.location == "/account")
      let parts = try #require(answer.headers[.setCookie]).split(separator: ";").map { $0.drop { $0 == " " } }
      #expect(parts.first?.hasPrefix("__Host-junheng=") == true)
      #expect(Set(parts.dropFirst()) == ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"])
      let page = try await browser.get("/account")
      #expect(page.status == 200)
      #expect(page.headers[.cacheControl] == "no-store")
      #expect(test.counter.count <= 8, "\(test.counter.all)")
    }
  }

  @Test func `the way back leads to this site only`() async throws {
    try await TestSite.with { test in
      try await test.settle(.lead)
      for to in ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"] {
        let answer = try await Browser(test).post(
          "/sign-in", [("login", "lead"), ("password", TestSite.password), ("to", to)])
        #expect(answer.location == "/", "\(to)")
      }
    }
  }

  @Test func `every sign-in gives a new token, and the one brought along ends`() async throws {
    try await TestSite.with { test in
      try await test.settle(.lead)
      let browser = Browser(test)
      _ = try await Self.signIn(browser, "lead")
      let first = try #require(browser.cookie)
      _ = try await Self.signIn(browser, "lead")
      #expect(browser.cookie != first)
      #expect(try await browser.get("/account").status == 200)
      #expect(Self.isAtTheDoor(try await Browser(test, cookie: first).get("/account")))
    }
  }

  @Test func `a wrong password, an unknown login and a closed account are answered in the same words`() async throws {
    try await TestSite.with { test in
      try await test.settle(.lead)
      try await test.settle(.member)
      let now = test.clock.now
      try await test.site.database.write {
        try AccountStore($0).close(TestPerson.member.account, by: .program, at: now)
      }
      func words(_ login: String, _ password: String) async throws -> String {
        let answer = try await Self.signIn(Browser(test), login, password)
        #expect(answer.status == 422)
        #expect(answer.headers[.setCookie] == nil)
        return answer.text.replacing("value=\"\(login)\"", with: "")
      }
      let wrong = try await words("lead", "not the password")
      #expect(wrong.contains(test.site.words(nil).text("people.signIn.wrong")))
      #expect(try await words("nobody", TestSite.password) == wrong)
      #expect(try await words("member", TestSite.password) == wrong)
      #expect(try await words("district", TestSite.password) == wrong)
    }
  }

  @Test func `signing out everywhere, closing an account and idling hold at the next request`() async throws {
    try await TestSite.with { test in
      let (here, there) = (try await test.browser(.lead), try await test.browser(.member))
      #expect(try await here.get("/account").status == 200)
      let old = try #require(here.cookie)
      let out = try await here.post("/account/sessions/end")
      #expect(Self.isAtTheDoor(out))
      #expect(here.cookie == nil)
      #expect(Self.isAtTheDoor(try await Browser(test, cookie: old).get("/account")))

      #expect(try await there.get("/account").status == 200)
      let now = test.clock.now
      try await test.site.database.write {
        try AccountStore($0).close(TestPerson.member.account, by: .program, at: now)
      }
      #expect(Self.isAtTheDoor(try await there.get("/account")))

      let idle = try await test.browser(.district)
      test.clock.set(now.adding(seconds: 1799))
      #expect(try await idle.get("/account").status == 200)
      test.clock.set(now.adding(seconds: 1799 + 1800))
      #expect(Self.isAtTheDoor(try await idle.get("/account")))
    }
  }

  @Test func `the other places end, this one goes on`() async throws {
    try await TestSite.with { test in
      try await test.settle(.lead)
      let (here, there) = (Browser(test), Browser(test))
      _ = try await Self.signIn(here, "lead")
      _ = try await Self.signIn(there, "lead")
      let answer = try await here.post("/account/sessions/end", [("keep", "here")])
      #expect(answer.location == "/account?done=others")
      #expect(try await here.get("/account").status == 200)
      #expect(Self.isAtTheDoor(try await there.get("/account")))
    }
  }

  @Test func `a form that is not of this session is refused`() async throws {
    try await TestSite.with { test in
      let (mine, other) = (try await test.browser(.lead), try await test.browser(.member))
      let fields = [("language", "en")]
      #expect(try await mine.post("/account/language", fields, csrf: "").status == 403)
      #expect(try await mine.post("/account/language", fields, csrf: other.csrf).status == 403)
      #expect(
        try await mine.post("/account/language", fields, headers: [.secFetchSite: "cross-site"]).status == 403)
      #expect(
        try await mine.post("/account/language", fields, headers: [.origin: "https://elsewhere.example"]).status == 403)
      #expect(try await mine.post("/account/language", fields).status == 303)
      #expect(try await mine.get("/account").text.contains("lang=\"en\""))
    }
  }

  @Test func `an English date says which number is the day`() throws {
    let texts = try Texts()
    let day = try #require(Day("2026-11-25"))
    let (english, chinese) = (texts.catalogue("en"), texts.catalogue("zh-CN"))
    #expect(english.text("date.day", day.parts) == "25 Nov")
    #expect(english.text("cycle.dayOfYear", day.parts) == "25 Nov 2026")
    #expect(english.text("results.day", day.parts) == "25 Nov 2026")
    #expect(chinese.text("results.day", day.parts) == "2026年11月25日")
    #expect(chinese.text("date.day", day.parts) == "11月25日")
    #expect(english.text("overview.groups", ["count": .count(1)]) == "1 group")
    #expect(english.text("overview.groups", ["count": .count(2)]) == "2 groups")
  }

  @Test func `where the site knows its address, forms come from there and nowhere else`() async throws {
    try await TestSite.with(origin: "https://junheng.example.cn") { test in
      let mine = try await test.browser(.lead)
      let fields = [("language", "en")]
      for (origin, status) in [("https://elsewhere.example", 403), ("https://junheng.example.cn", 303)] {
        #expect(try await mine.post("/account/language", fields, headers: [.origin: origin]).status == status)
      }
    }
  }

  @Test func `an address of a site has a scheme and a host and nothing behind`() {
    for text in ["https://junheng.example.cn", "http://10.0.0.1:8080", "https://[2001:db8::1]:8443"] {
      #expect(Settings.isOrigin(text), "\(text)")
    }
    for text in ["junheng.example.cn", "https://a/", "ftp://a", "https://", "https://a b", "https://a:b"] {
      #expect(!Settings.isOrigin(text), "\(text)")
    }
  }

  @Test func `a new password ends the other sessions, asks for the present one, and says all that is wrong`()
    async throws
  {
    try await TestSite.with { test in
      try await test.settle(.lead)
      let (here, there) = (Browser(test), Browser(test))
      _ = try await Self.signIn(here, "lead")
      _ = try await Self.signIn(there, "lead")
      let words = test.site.words(nil)
      let short = try await here.post(
        "/account/password", [("present", TestSite.password), ("password", "abc"), ("repeat", "abd")])
      #expect(short.status == 422)
      #expect(short.text.contains(words.text("people.password.repeat")))
      #expect(short.text.contains(words.text("people.password.short", ["found": "3", "least": "8"])))
      let wrong = try await here.post(
        "/account/password", [("present", "wrong"), ("password", "lamp otter brick"), ("repeat", "lamp otter brick")])
      #expect(wrong.status == 422)
      let before = here.cookie
      let done = try await here.post(
        "/account/password",
        [("present", TestSite.password), ("password", "lamp otter brick"), ("repeat", "lamp otter brick")])
      #expect(done.location == "/account?done=password")
      #expect(here.cookie != before)
      #expect(try await here.get("/account").status == 200)
      #expect(Self.isAtTheDoor(try await there.get("/account")))
    }
  }
}
