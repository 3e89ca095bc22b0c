import Foundation
import Notation
import Web

/// The texts of the command line, in the user's language: `JUNHENG_LANGUAGE=en` for English, Chinese otherwise.
enum Words {
  static let catalogue = joined(.of(language: ProcessInfo.processInfo.environment["JUNHENG_LANGUAGE"] ?? "zh-CN"))
  private static let chinese = joined(.chinese)
  /// With what the rooms say to people on pages, for the commands that work on a database.
  private static let whole = joined((try? Texts())?.catalogue(catalogue.language) ?? catalogue)

  private static func joined(_ kernel: Catalogue) -> Catalogue {
    kernel.joined(with: kernel.language == "en" ? PackageResources.en_txt : PackageResources.zh_CN_txt)
  }

  static func text(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { catalogue.text(key, parts) }

  /// What a room says.
  static func text(_ message: Message) -> String { whole.text(message) }

  /// What `--help` says of a command or option.
  static func help(_ key: String) -> String { text("help.\(key)") }

  /// A word of a made-up city: in Chinese, whoever reads the command line.
  static func made(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { chinese.text(key, parts) }

  static func made(_ message: Message) -> String { chinese.text(message) }

  /// What keeps a policy from being run; whoever writes policies is told the decision's id too.
  static func obstacle(_ obstacle: Message) -> String {
    guard obstacle.key == "obstacle.undecided" else { return text(obstacle.key, obstacle.parts) }
    return text("tool.policy.undecided", obstacle.parts)
  }

  /// The education authority of a place, or the name as it is where it is an authority's already.
  static func bureau(_ place: String) -> String {
    let word = made("demo.bureau", ["place": .text("")]).suffix(1)
    return place.hasSuffix(word) ? place : made("demo.bureau", ["place": .text(place)])
  }

  /// A school year by its two years.
  static func year(_ year: Int) -> Message.Part {
    .text(text("schoolYear", ["from": .text(String(year - 1)), "to": .text(String(year))]))
  }

  /// Which school years a workbook holds.
  static func knownYears(_ years: [Int]) -> String {
    let listed = years.map { text("schoolYear", ["from": .text(String($0 - 1)), "to": .text(String($0))]) }
    return text("tool.fill.known", ["years": .text(listed.joined(separator: text("list.separator")))])
  }
}
