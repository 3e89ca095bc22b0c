import Synchronization

/// The reads that wait for one of an engine's connections. A connection serves until none waits any more, so that under
/// load nobody is woken for each of them.
package final class WaitingReads<Lane: Sendable, Connection>: Sendable {
  package typealias Read = @Sendable (Connection) -> Void

  private struct State {
    var idle: [Lane]
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

  package let lanes: [Lane]
  private let state: Mutex<State>

  package init(_ lanes: [Lane]) {
    self.lanes = lanes
    state = Mutex(State(idle: lanes))
  }

  /// False where there are no reads any more. `start` is called where a connection is idle; it has to call `serve`
  /// there.
  package func add(_ read: @escaping Read, start: (Lane, @escaping Read) -> Void) -> Bool {
    let (closed, lane) = state.withLock { state -> (Bool, Lane?) in
      if state.closed { return (true, nil) }
      if let lane = state.idle.popLast() { return (false, lane) }
      state.waiting.append(read)
      return (false, nil)
    }
    if let lane { start(lane, read) }
    return !closed
  }

  /// Carries out a read and then all that wait.
  ///
  /// - Parameter rest: what is to be done before the connection idles.
  package func serve(_ first: Read, on connection: Connection, of lane: Lane, rest: (Connection) -> Void = { _ in }) {
    first(connection)
    while true {
      if let next = state.withLock({ $0.next() }) {
        next(connection)
        continue
      }
      rest(connection)
      let last = state.withLock { state -> Read? in
        let next = state.next()
        if next == nil { state.idle.append(lane) }
        return next
      }
      guard let last else { return }
      last(connection)
    }
  }

  /// A connection that idles, for who carries out a read on it at once and then gives it back; nil: all are busy, or there
  /// are no reads any more.
  package func take() -> Lane? { state.withLock { $0.closed ? nil : $0.idle.popLast() } }

  /// - Parameter start: as of `add`, where reads have come to wait meanwhile.
  package func giveBack(_ lane: Lane, start: (Lane, @escaping Read) -> Void) {
    let next = state.withLock { state -> Read? in
      let next = state.next()
      if next == nil { state.idle.append(lane) }
      return next
    }
    if let next { start(lane, next) }
  }

  package func close() { state.withLock { $0.closed = true } }
}
