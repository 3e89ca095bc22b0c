/// The tests' turns at databases of their own. Without them a thousand tests begin at once, hundreds of server
/// processes share two cores, and connections run out of time that nothing is wrong with.
actor TestTurns {
  static let shared = TestTurns(24)

  /// A test that already has its turn gets further databases without another, or it would wait for itself.
  @TaskLocal private static var isTaken = false

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(_ turns: Int) { free = turns }

  nonisolated func take<T>(_ body: () async throws -> T) async throws -> T {
    if Self.isTaken { return try await body() }
    await begin()
    do {
      let result = try await Self.$isTaken.withValue(true) { try await body() }
      await end()
      return result
    } catch {
      await end()
      throw error
    }
  }

  private func begin() async {
    if free > 0 {
      free -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func end() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }
}
