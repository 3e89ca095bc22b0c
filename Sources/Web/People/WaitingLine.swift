/// Lets a few work at once and the others wait: by whose they are, and of each of those one in turn. Who sends a hundred
/// at once waits for themselves; anybody else waits for one of them.
actor WaitingLine {
  /// So many wait already that one more would wait too long.
  struct Busy: Error, Sendable {}

  private let most: Int
  private let mostWaiting: Int
  private var running = 0
  private var waiting = 0
  private var lines: [String: [CheckedContinuation<Bool, Never>]] = [:]
  /// Whose line is served next, and then.
  private var turns: [String] = []

  init(most: Int, mostWaiting: Int) {
    self.most = max(1, most)
    self.mostWaiting = max(0, mostWaiting)
  }

  /// Does the work when its turn has come.
  ///
  /// - Parameter whose: the address or account it is done for.
  /// Throws `Busy`, and what the work throws.
  func pass<T: Sendable>(_ whose: String, _ work: @Sendable () async throws -> T) async throws -> T {
    try await enter(whose)
    defer { leave() }
    return try await work()
  }

  private func enter(_ whose: String) async throws {
    if running < most {
      running += 1
      return
    }
    if waiting >= mostWaiting { try makeRoom(for: whose) }
    waiting += 1
    if lines[whose] == nil { turns.append(whose) }
    // The place is handed on, so that nobody slips in between.
    guard await withCheckedContinuation({ lines[whose, default: []].append($0) }) else { throw Busy() }
  }

  /// Of a full line the last of who has most in it gives way to who has less.
  private func makeRoom(for whose: String) throws {
    guard let longest = lines.max(by: { $0.value.count < $1.value.count }),
      longest.value.count > (lines[whose]?.count ?? 0) + 1
    else { throw Busy() }
    waiting -= 1
    lines[longest.key]?.removeLast().resume(returning: false)
  }

  private func leave() {
    guard let whose = turns.first, var line = lines[whose] else {
      running -= 1
      return
    }
    turns.removeFirst()
    let next = line.removeFirst()
    lines[whose] = line.isEmpty ? nil : line
    if !line.isEmpty { turns.append(whose) }
    waiting -= 1
    next.resume(returning: true)
  }
}
