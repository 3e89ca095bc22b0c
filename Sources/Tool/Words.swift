import Foundation
import Notation

/// The texts of the command line, in the user's language: `JUNHENG_LANGUAGE=en` for English, Chinese otherwise.
enum Words {
  static let catalogue: Catalogue = {
    let kernel = Catalogue.of(language: ProcessInfo.processInfo.environment["JUNHENG_LANGUAGE"] ?? "zh-CN")
    return kernel.joined(with: kernel.language == "en" ? PackageResources.en_txt : PackageResources.zh_CN_txt)
  }()

  static func text(_ key: String, _ parts: [String: Message.Part] = [:]) -> String { catalogue.text(key, parts) }

  /// What `--help` says of a command or option.
  static func help(_ key: String) -> String { text("help.\(key)") }
}
