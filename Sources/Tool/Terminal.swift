import ArgumentParser
import Foundation
import Notation

/// Where the program speaks: results on standard output, all else on standard error; colour only on a terminal.
enum Terminal {
  static let hasColour = isatty(STDOUT_FILENO) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
  static let showsProgress = isatty(STDERR_FILENO) == 1

  /// Writes to standard output. Where that can't be written (a full disk, a closed end), the program says so and stops:
  /// half a result must not look like a whole one.
  static func out(_ text: String) {
    guard write(text, to: STDOUT_FILENO) else {
      say(Words.text("tool.out"))
      Foundation.exit(ExitCode.refused.rawValue)
    }
  }

  /// Writes a line to standard error; where nobody can read it, nothing is lost.
  static func say(_ text: String) { _ = write(text + "\n", to: STDERR_FILENO) }

  private static func write(_ text: String, to file: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[rest.startIndex...])
          .withMemoryRebound(to: UInt8.self) { Foundation.write(file, $0.baseAddress, $0.count) }
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { return false }
        rest = rest.dropFirst(written)
      }
      return true
    }
  }

  enum Colour: String { case red = "31", green = "32", yellow = "33", blue = "34", bold = "1" }

  static func coloured(_ text: String, _ colour: Colour) -> String {
    hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The columns a text takes: Chinese characters take two.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { width, scalar in
      switch scalar.value {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x20000...0x3FFFD:
        width + 2
      default: width + 1
      }
    }
  }

  /// Rows as columns of even width; numbers to the right.
  static func table(_ heads: [String], _ rows: [[String]], right: Set<Int> = []) -> String {
    let widths = heads.indices.map { column in ([heads] + rows).map { width($0[column]) }.max() ?? 0 }
    func line(_ row: [String]) -> String {
      let cells = row.enumerated().map { column, text in
        let gap = String(repeating: " ", count: widths[column] - width(text))
        return right.contains(column) ? gap + text : text + gap
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return coloured(line(heads), .bold) + line(rule) + rows.map(line).joined()
  }
}

/// The program's exit codes, documented in `--help`.
extension ExitCode {
  /// `policy check` found problems.
  static let problems = ExitCode(1)
  /// What was asked can't be done: facts or policy refused, a file missing.
  static let refused = ExitCode(2)
}
