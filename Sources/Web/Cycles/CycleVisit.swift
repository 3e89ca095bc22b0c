import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

extension Visit {
  /// A cycle the viewer has to do with, and what else a page needs of it, at one moment.
  func readCycle<T: Sendable>(
    _ body: @escaping @Sendable (StoredCycle, any Transaction) throws -> T
  ) async throws -> (cycle: StoredCycle, rest: T) {
    let (authority, id, post, editions) = (try id("authority"), try id("cycle"), try post, site.editions)
    return try await site.database.read { transaction in
      guard
        let cycle = try CycleStore.cycle(authority: authority, id, for: post.appointment, editions, transaction)
      else { throw Refusal.notFound }
      return (cycle, try body(cycle, transaction))
    }
  }

  /// Carries out a change of a cycle the viewer has to do with.
  ///
  /// - Returns: what stands against it, for the page to show beside what was entered; nil: it is done. What isn't theirs
  ///   to do is refused.
  func changeCycle(
    _ body: @escaping @Sendable (StoredCycle, any Transaction) throws -> Void
  ) async throws -> CycleFault? {
    let (authority, id, post, editions) = (try id("authority"), try id("cycle"), try post, site.editions)
    return try await attempt { transaction in
      guard
        let cycle = try CycleStore.cycle(authority: authority, id, for: post.appointment, editions, transaction)
      else { throw Refusal.notFound }
      try body(cycle, transaction)
    }
  }

  /// The same for a cycle that the viewer's office runs.
  func changeOwnCycle(
    _ body: @escaping @Sendable (StoredCycle, any Transaction) throws -> Void
  ) async throws -> CycleFault? {
    let (authority, id, post, editions) = (try id("authority"), try id("cycle"), try post, site.editions)
    return try await attempt { transaction in
      guard try CycleStore.cycle(authority: authority, id, for: post.appointment, editions, transaction) != nil else {
        throw Refusal.notFound
      }
      let cycle = try CycleStore.cycle(authority: authority, id, runBy: post.appointment, editions, transaction)
      try body(cycle, transaction)
    }
  }

  /// Carries out a change, whole or not at all.
  func attempt(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws -> CycleFault? {
    do {
      try await site.database.write { try body($0) }
      return nil
    } catch let fault as CycleFault {
      if fault.kind == .forbidden { throw Refusal.forbidden }
      return fault
    }
  }

  /// Carries out a change of something the viewer sees and leads back to it; what stands against it is shown there.
  func changing(
    backTo link: String, seen: @escaping @Sendable (any Transaction) throws -> Bool,
    show: (CycleFault) async throws -> Response, _ body: @escaping @Sendable (any Transaction) throws -> Void
  ) async throws -> Response {
    let fault = try await attempt { transaction in
      guard try seen(transaction) else { throw Refusal.notFound }
      try body(transaction)
    }
    if let fault { return try await show(fault) }
    return redirect(link)
  }

  /// Whether the viewer's office runs a cycle.
  func runs(_ cycle: StoredCycle) -> Bool {
    viewer?.post.map { $0.role == .office && $0.authority == cycle.authority } ?? false
  }
}

extension CycleFault {
  var status: HTTPResponse.Status { kind == .conflict ? .conflict : .unprocessableContent }
}

extension Form {
  /// A text of at most so many characters as Unicode counts them: one that people see may be made of thousands.
  func text(_ name: String, most: Int) -> String? {
    text(name).map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(most))) }
  }

  /// A day as a date field sends it; nil where there is none or it is no day.
  func day(_ name: String) -> Day? { text(name).flatMap { Day($0) } }

  func id(_ name: String) -> ID? { text(name).flatMap { ID($0) } }
}
