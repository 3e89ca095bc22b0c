import Foundation
import Notation
import People
import Storage
import Web

/// The accounts that are shown with their passwords, and the files beside the database that hold them.
struct Presented: Sendable {
  struct Entry: Sendable {
    let person: FilledPerson
    let password: String

    var role: String { person.viewer.post.map { Words.text("demo.role.\($0.role.rawValue)") } ?? "" }
    var place: String { person.viewer.post.map { $0.schoolName ?? $0.authorityName } ?? "" }
    /// What to try.
    var hint: String {
      let key = person.login == "city" ? "city" : person.viewer.post?.role.rawValue ?? ""
      return Words.text("demo.try.\(key)")
    }
  }

  let entries: [Entry]

  /// Makes passwords at random and keeps their hashes.
  init(_ people: FilledPeople, in database: any Database, at now: Instant) async throws {
    let hasher = PasswordHasher()
    var random = SystemRandomNumberGenerator()
    let passwords = people.presented.map { ($0, Presented.password(&random), PasswordHasher.salt(from: &random)) }
    let hashes = try await withThrowingTaskGroup(of: (ID, String).self) { group in
      for (person, password, salt) in passwords {
        group.addTask { (person.viewer.account, try await hasher.hash(Password(password), salt: salt)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    try await database.write { transaction in
      for (account, hash) in hashes {
        try AccountStore(transaction).setSecret(hash, of: account, by: .program, at: now)
      }
    }
    entries = passwords.map { Entry(person: $0.0, password: $0.1) }
  }

  /// 60 random bits in letters and digits that nobody mistakes for each other.
  private static func password(_ random: inout some RandomNumberGenerator) -> String {
    let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
    return (0..<3).map { _ in
      String((0..<4).map { _ in letters[Int.random(in: letters.indices, using: &random)] })
    }.joined(separator: "-")
  }

  var table: String {
    Terminal.table(
      ["role", "place", "login", "password", "try"].map { Words.text("demo.head.\($0)") },
      entries.map { [$0.role, $0.place, $0.person.login, $0.password, $0.hint] })
  }

  var json: String {
    JSONText.list(
      entries.map { entry in
        .object([
          ("login", .text(entry.person.login)), ("password", .text(entry.password)),
          ("name", .text(entry.person.viewer.name)), ("role", .optional(entry.person.viewer.post?.role.rawValue)),
          ("place", .text(entry.place)),
        ])
      }
    ).text + "\n"
  }

  /// Writes both files, for their owner's eyes only.
  func write(to folder: String) throws {
    for (name, text) in [("accounts.txt", table), ("accounts.json", json)] {
      let path = "\(folder)/\(name)"
      try? FileManager.default.removeItem(atPath: path)
      guard
        FileManager.default.createFile(
          atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
      else { throw Output.refuse(path) }
    }
  }
}
