import Notation
import People
import Testing

@Suite struct PasswordTests {
  static func keys(_ text: String, words: [String] = []) -> [String] {
    Password(text).problems(words: words).map { String($0.key.dropFirst("people.password.".count)) }
  }

  @Test(arguments: [
    "correct horse battery", "kv7-qmtz-w3", "\u{6625}\u{6C5F}\u{6F6E}\u{6C34}\u{8FDE}\u{6D77}\u{5E73}\u{6D77}",
    "Tr0ub4dor&3", "summer rain on the old roof", "purple7Kettle", "\u{1F42C}river\u{1F41D}stone",
  ])
  func `a phrase of any script will do`(text: String) { #expect(Self.keys(text) == []) }

  @Test func `needs eight characters and takes a hundred and twenty-eight`() {
    #expect(Self.keys("kv7-qmt") == ["short"])
    #expect(Self.keys("") == ["short"])
    let long = String(
      "x7 quiet lanterns over the wide river and nine grey herons asleep in reeds beneath a moon".prefix(64))
    let twice = String((long + String(long.reversed())).prefix(128))
    #expect(Self.keys(twice) == [])
    #expect(Self.keys(twice + "!") == ["long"])
  }

  @Test func `is never cut short`() {
    let start = String(repeating: "kv7-qmtz-w3 ", count: 10)
    #expect(Password(start + "a").bytes != Password(start + "b").bytes)
  }

  @Test func `is the same from every keyboard and input method`() {
    #expect(Password("\u{FF4B}\u{FF56}\u{FF17}-qmtz-w3").bytes == Password("kv7-qmtz-w3").bytes)
    #expect(Password("caf\u{E9} noir 27").bytes == Password("cafe\u{301} noir 27").bytes)
    #expect(Password("Kv7-qmtz-w3").bytes != Password("kv7-qmtz-w3").bytes)
  }

  @Test(arguments: [
    "woaini1314", "WoAiNi1314", "5201314520", "a1234567", "password1", "P@ssw0rd", "qwerty123", "iloveyou520",
    "1qaz@WSX", "woaini-1314", "woaini5201314", "admin@123", "laoshi123456", "19860412", "1986-04-12", "20250901",
  ])
  func `refuses what everybody tries first`(text: String) { #expect(Self.keys(text).contains("common")) }

  @Test(arguments: [
    "aaaaaaaa", "abcabcabc", "12121212", "12345678", "87654321", "abcdefgh", "qwertyui", "asdfghjk", "aaaabbbb",
    "abcd1234!", "1qaz2wsx3edc", "11112222333", "\u{4E2D}\u{4E2D}\u{4E2D}\u{4E2D}\u{4E2D}\u{4E2D}\u{4E2D}\u{4E2D}",
    "!@#$%^&*()",
  ])
  func `refuses rows of repeated and neighbouring characters`(text: String) {
    #expect(Self.keys(text).contains("pattern"))
  }

  @Test func `must be long enough without the words anybody would think of`() {
    let words = ["wangxiaoming", "\u{738B}\u{5C0F}\u{660E}", "Riverside School", "li"]
    #expect(Self.keys("WangXiaoMing27!", words: words) == ["words"])
    #expect(Self.keys("\u{738B}\u{5C0F}\u{660E}kv7-qmt", words: words) == ["words"])
    #expect(Self.keys("junheng-kv7", words: words) == ["words"])
    #expect(Self.keys("\u{5747}\u{8861}\u{5E73}\u{53F0}\u{5BC6}\u{7801}kv7", words: words) == ["words"])
    #expect(Self.keys("wangxiaoming likes grey herons", words: words) == [])
    // A short word stands in too many others.
    #expect(Self.keys("lively-kv7", words: words) == [])
  }

  @Test func `shows itself nowhere`() {
    let password = Password("kv7-qmtz-w3")
    var dumped = ""
    dump(password, to: &dumped)
    for text in ["\(password)", String(reflecting: password), dumped] { #expect(!text.contains("qmtz")) }
  }

  @Test func `everything against a password is said at once`() {
    #expect(Set(Self.keys("11111111")) == ["pattern", "common"])
  }
}
