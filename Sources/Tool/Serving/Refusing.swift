import ArgumentParser
import Notation
import People
import Storage

/// Why a command can't do what was asked.
struct ToolRefusal: Error {
  let message: Message
}

/// Says in words why something was refused below, and ends the command; other errors go on.
enum Refusing {
  /// - Parameter database: as it may be shown.
  static func said(_ error: any Error, database: String) -> any Error {
    switch error {
    case let refusal as ToolRefusal: Terminal.say(Words.text(refusal.message))
    case let refusal as BackupRefusal: Terminal.say(Words.text(refusal.message))
    case let refusal as PeopleRefusal:
      for message in refusal.messages { Terminal.say(Words.text(message)) }
    case let error as EvidenceFilesError:
      switch error {
      case .full: Terminal.say(Words.text("tool.evidence.full"))
      case .missing(let hash): Terminal.say(Words.text("tool.evidence.missing", ["hash": .text(hash.hex)]))
      case .unavailable(let why): Terminal.say(Words.text("tool.evidence.unavailable", ["why": .text(why)]))
      }
    case let error as DatabaseError: return DatabaseOptions.refuse(error, of: database)
    default: return error
    }
    return ExitCode.refused
  }
}
