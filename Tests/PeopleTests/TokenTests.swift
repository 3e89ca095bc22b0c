import Notation
import People
import Testing

@Suite struct TokenTests {
  /// Rises by one: enough to tell tokens apart.
  struct Counting: RandomNumberGenerator {
    var value: UInt64 = 0
    mutating func next() -> UInt64 {
      value &+= 0x9E37_79B9_7F4A_7C15
      return value
    }
  }

  @Test func `a token is read back from its text`() {
    var random = Counting()
    for _ in 0..<200 {
      let token = Token(from: &random)
      #expect(token.text.utf8.count == 43)
      #expect(Token(token.text) == token)
    }
  }

  @Test func `anything else is no token`() {
    var random = Counting()
    let text = Token(from: &random).text
    for odd in ["", String(text.dropLast()), text + "A", "=" + text.dropFirst(), "\u{4E2D}" + text.dropFirst(3)] {
      #expect(Token(odd) == nil)
    }
    // The last digit carries two bits that mean nothing: only one way of writing them counts.
    #expect(Token(String(repeating: "A", count: 42) + "B") == nil)
  }

  @Test func `shows itself nowhere`() {
    var random = Counting()
    let token = Token(from: &random)
    #expect(!"\(token) \(String(reflecting: token)) \([token])".contains(token.text.prefix(6)))
  }

  @Test func `scopes are written and read in words, unknown ones left out`() {
    let scopes: Set<Scope> = [.writeMarks, .readCycles]
    #expect(Scope.text(scopes) == "cycles:read marks:write")
    #expect(Scope.list("cycles:read marks:write moon:land") == scopes)
  }

  @Test func `every scope stands for something, and none hands out accounts or roles`() {
    for scope in Scope.allCases {
      #expect(!scope.powers.isEmpty)
      #expect(scope.powers.isDisjoint(with: [.keepAccounts, .keepRoles, .readAudit]))
    }
  }
}

@Suite struct LoginTests {
  @Test func `case and width make no difference`() {
    #expect(Login(" Wang.Xiao-Ming@hb ")?.text == "wang.xiao-ming@hb")
    #expect(Login("\u{FF37}ANG\u{FF11}") == Login("wang1"))
    #expect(Login("\u{738B}\u{5C0F}\u{660E}")?.text == "\u{738B}\u{5C0F}\u{660E}")
  }

  @Test(arguments: ["", "a", "two words", "a\u{0}b", "<script>", "=cmd", "a/b", String(repeating: "a", count: 51)])
  func `other texts are none`(text: String) { #expect(Login(text) == nil) }

  @Test func `a session ends when idle, and in any case after twelve hours`() {
    let (terms, now) = (SessionTerms(), Instant(milliseconds: 1_780_272_000_000))
    #expect(terms.end(of: now) == now.adding(seconds: 12 * 3600))
    #expect(terms.idleLimit(at: now) == now.adding(seconds: -1800))
    #expect(InvitationTerms.end(of: now) == now.adding(seconds: 7 * 86_400))
  }
}
