import Fixtures
import Testing

/// Words can be read by whom colours tell little (WCAG 2.2 AA). What only a browser knows, such as what lies on what, is
/// looked at there.
@Suite struct ContrastTests {
  static let sheet = StyleSheet(
    Repository.files(below: "Sources/Web/Assets", ending: ".css").filter { !$0.contains("vendor") })
  /// What words on a page can stand on.
  static let pages = ["--jh-bg", "--jh-paper", "--jh-head", "--jh-blue-soft", "--jh-mute-soft"]

  static func ratio(_ text: String, _ ground: String) -> Double? {
    guard let text = sheet.colour(text), let ground = sheet.colour(ground) else { return nil }
    return text.contrast(with: ground)
  }

  @Test(arguments: [("#000", "#fff", 21.0), ("#777", "#fff", 4.48), ("#ffffff", "#fff", 1), ("#f00", "#0000ff", 2.15)])
  func `contrast is reckoned as the guideline does`(one: String, other: String, ratio: Double) throws {
    #expect(abs(try #require(Self.ratio(one, other)) - ratio) < 0.01)
  }

  @Test func `every colour of words stands out from what they stand on`() {
    var looked = 0
    for rule in Self.sheet.rules {
      guard let text = Self.sheet.colour(rule.declared["color"]) else { continue }
      let grounds =
        Self.sheet.ground(of: rule).map { [$0] } ?? Self.pages.compactMap { Self.sheet.colour("var(\($0))") }
      for ground in grounds {
        looked += 1
        #expect(text.contrast(with: ground) >= 4.5, "\(rule.file): \(rule.selector)")
      }
    }
    #expect(looked > 200)
  }

  @Test(arguments: ["ok", "warn", "bad", "mute", "blue"])
  func `a colour can be read on its soft ground`(name: String) throws {
    #expect(try #require(Self.ratio("var(--jh-\(name))", "var(--jh-\(name)-soft)")) >= 4.5)
    #expect(try #require(Self.ratio("var(--jh-ink)", "var(--jh-\(name)-soft)")) >= 4.5)
  }

  @Test func `fields and what has the focus are seen by their edges`() throws {
    for selector in [".form-control", ".form-select", ".form-check-input"] {
      let border = Self.sheet.rules.lazy.filter { $0.selector == selector }.compactMap { $0.declared["border-color"] }
        .first
      for ground in ["--jh-paper", "--jh-bg"] {
        #expect(try #require(Self.ratio(border ?? "", "var(\(ground))")) >= 3, "\(selector) on \(ground)")
      }
    }
    for ground in Self.pages { #expect(try #require(Self.ratio("var(--jh-blue)", "var(\(ground))")) >= 3) }
    #expect(try #require(Self.ratio("#fff", "var(--jh-navy)")) >= 3)
  }
}
