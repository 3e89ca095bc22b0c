import ArgumentParser
import Foundation
import Notation
import Storage
import StoragePostgres
import StorageSQLite

/// `--database`: which one, and how it is opened.
struct DatabaseOptions: ParsableArguments {
  @Option(help: ArgumentHelp(Words.help("database"), valueName: "address"))
  var database: String?

  /// As it was given, else as the environment says, where a password isn't seen by others on the machine.
  func address() throws -> DatabaseAddress {
    guard let given = database ?? ProcessInfo.processInfo.environment["JUNHENG_DATABASE"] else {
      Terminal.say(Words.text("tool.database.none"))
      throw ExitCode.refused
    }
    do throws(DatabaseAddress.Problem) {
      return try DatabaseAddress.parse(given)
    } catch {
      Terminal.say(Words.text(error.message))
      throw ExitCode.refused
    }
  }

  /// Opens it and brings its schema up to date; says why where it can't.
  func open() async throws -> any Database {
    let address = try address()
    do {
      switch address {
      case .sqlite(let path): return try await SQLiteDatabase.open(path: path, at: Clock.now())
      case .postgres(let text): return try await PostgresDatabase.open(address: text, at: Clock.now())
      }
    } catch let error as DatabaseError {
      throw DatabaseOptions.refuse(error, of: address.shown)
    }
  }

  /// Where evidence lies unless another folder is named: beside the file of the embedded engine.
  func evidence(_ given: String?) throws -> String {
    if let given { return given }
    guard case .sqlite = try address() else {
      Terminal.say(Words.text("tool.evidence.none"))
      throw ExitCode.refused
    }
    return "\(try folder())/evidence"
  }

  /// The folder of the embedded engine's file; here, with the other.
  func folder() throws -> String {
    guard case .sqlite(let path) = try address() else { return "." }
    return URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  static func refuse(_ error: DatabaseError, of database: String) -> ExitCode {
    switch error {
    case .unavailable(let why):
      Terminal.say(Words.text("tool.database.unavailable", ["database": .text(database), "why": .text(why)]))
    case .constraint(let why), .statement(let why):
      Terminal.say(Words.text("tool.database.statement", ["database": .text(database), "why": .text(why)]))
    }
    return .refused
  }
}

extension DatabaseOptions {
  /// Opens the database for a piece of work, and closes it however that ends.
  func with<T>(_ body: (any Database) async throws -> T) async throws -> T {
    let database = try await open()
    do {
      let result = try await body(database)
      await database.close()
      return result
    } catch {
      await database.close()
      throw Refusing.said(error, database: try address().shown)
    }
  }
}
