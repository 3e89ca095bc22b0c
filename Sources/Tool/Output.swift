import ArgumentParser
import Foundation
import Notation

/// Files the commands write: whole or not at all.
enum Output {
  /// Writes a file piece by piece, beside its place, and moves it there when it is complete.
  static func file(_ path: String, _ body: (@escaping (String) -> Void) throws -> Void) throws {
    let temporary = path + ".part"
    guard FileManager.default.createFile(atPath: temporary, contents: nil),
      let handle = FileHandle(forWritingAtPath: temporary)
    else { throw refuse(path) }
    let buffer = Buffer(handle)
    do {
      try body { buffer.add($0) }
      try buffer.flush()
      try handle.close()
      _ = try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.moveItem(atPath: temporary, toPath: path)
    } catch {
      try? FileManager.default.removeItem(atPath: temporary)
      throw error is ExitCode ? error : refuse(path)
    }
  }

  /// Refuses to write results over the facts they come from.
  static func keep(_ facts: String, from out: String) throws {
    func real(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard real(facts) == real(out) else { return }
    Terminal.say(Words.text("tool.same", ["path": .text(out)]))
    throw ExitCode.refused
  }

  static func refuse(_ path: String) -> ExitCode {
    Terminal.say(Words.text("tool.write", ["path": .text(path)]))
    return .refused
  }

  /// Gathers small pieces, so that a large file isn't written word by word; keeps the first failure for the end.
  private final class Buffer {
    private let handle: FileHandle
    private var pieces = Data()
    private var failure: (any Error)?

    init(_ handle: FileHandle) { self.handle = handle }

    func add(_ text: String) {
      pieces.append(contentsOf: text.utf8)
      guard pieces.count > 1 << 20 else { return }
      do { try flush() } catch { failure = failure ?? error }
    }

    func flush() throws {
      if let failure { throw failure }
      try handle.write(contentsOf: pieces)
      pieces.removeAll(keepingCapacity: true)
    }
  }
}

/// A progress bar on standard error, on a terminal only and for long work only.
final class Progress {
  private let title: String
  private let total: Int
  private var shown = -1

  init(_ title: String, total: Int) {
    self.title = title
    self.total = total
  }

  func advance(_ done: Int) {
    guard Terminal.showsProgress, total > 5_000 else { return }
    let percent = done * 100 / total
    guard percent != shown else { return }
    shown = percent
    let bar = String(repeating: "█", count: percent / 5) + String(repeating: "░", count: 20 - percent / 5)
    FileHandle.standardError.write(Data("\r\(title) \(bar) \(percent)%".utf8))
  }

  func finish() { if shown >= 0 { Terminal.say("") } }
}
