import Storage
import Synchronization

/// The connections that only read, and the reads that wait for one of them.
final class Readers: Sendable {
  typealias Read = @Sendable (PostgresSession) -> Void

  private struct State {
    var idle: [PostgresLane]
    var waiting: [Read] = []
    var served = 0
    var closed = false

    mutating func next() -> Read? {
      guard served < waiting.count else {
        waiting.removeAll(keepingCapacity: true)
        served = 0
        return nil
      }
      defer { served += 1 }
      return waiting[served]
    }
  }

  private let lanes: [PostgresLane]
  private let state: Mutex<State>

  init(_ address: String, count: Int) {
    lanes = (1...max(count, 1)).map { PostgresLane(address, label: "junheng.postgres.reader.\($0)") }
    state = Mutex(State(idle: lanes))
  }

  /// False where the readers are closed.
  func add(_ read: @escaping Read) -> Bool {
    let (closed, lane) = state.withLock { state -> (Bool, PostgresLane?) in
      if state.closed { return (true, nil) }
      if let lane = state.idle.popLast() { return (false, lane) }
      state.waiting.append(read)
      return (false, nil)
    }
    if let lane { Task { await serve(read, on: lane) } }
    return !closed
  }

  private func serve(_ first: @escaping Read, on lane: PostgresLane) async {
    await lane.perform { session in
      first(session)
      while let next = next(orRest: lane) { next(session) }
    }
  }

  private func next(orRest lane: PostgresLane) -> Read? {
    state.withLock { state in
      let next = state.next()
      if next == nil { state.idle.append(lane) }
      return next
    }
  }

  func close() async {
    state.withLock { $0.closed = true }
    for lane in lanes { await lane.close() }
  }
}
