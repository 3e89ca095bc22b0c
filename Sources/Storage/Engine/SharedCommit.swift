/// Many writes, one commit, and the audit chain written once for all. First without savepoints, as nearly all go well;
/// where one fails that has changed something, all of them once more, each on a savepoint of its own.
extension WaitingWrites {
  /// Carries out what waits, commit by commit, until nothing is left.
  package func serve(on session: some Session) {
    while let first = next(ends: true) { share(first, on: session) }
  }

  private func share(_ first: WaitingWrite, on session: some Session) {
    var batch = [first]
    var round = 0
    var onSavepoints = false
    while true {
      do throws(SessionError) {
        guard let told = try carryOut(&batch, round: round, onSavepoints: onSavepoints, on: session) else {
          session.rollback()
          onSavepoints = true
          continue
        }
        for tell in told { tell() }
        return
      } catch {
        session.rollback()
        if case .again = error, round < 4 {
          round += 1
          continue
        }
        for write in batch { write.fail(error.error) }
        return
      }
    }
  }

  /// What is to be told to each, now that the commit is done; nil where one has to be taken back and there is no
  /// savepoint.
  private func carryOut(
    _ batch: inout [WaitingWrite], round: Int, onSavepoints: Bool, on session: some Session
  ) throws(SessionError) -> [@Sendable () -> Void]? {
    do throws(SessionError) {
      try session.begin(alone: round > 0)
    } catch {
      // Each of them would wait as long as the first and fail as it did.
      if case .down = error { while let write = next(ends: false) { batch.append(write) } }
      throw error
    }
    let start = ContinuousClock.now
    var told: [@Sendable () -> Void] = []
    var entries: [AuditEntry] = []
    var anyKept = false
    while told.count < batch.count || (!onSavepoints && joins(&batch, since: start, round: round)) {
      let write = batch[told.count]
      if onSavepoints { try session.mark() }
      let transaction = RunningTransaction(session, writes: true)
      let attempt = write.attempt(transaction)
      transaction.end()
      if let failure = transaction.failure {
        guard case .refused(let error) = failure else { throw failure }
        guard onSavepoints else { return nil }
        try session.takeBack()
        let refuse: @Sendable () -> Void = { write.fail(error) }
        told.append(attempt.threw ? attempt.tell : refuse)
      } else if attempt.threw {
        guard onSavepoints || !transaction.hasChanged else { return nil }
        if onSavepoints { try session.takeBack() }
        told.append(attempt.tell)
      } else {
        if onSavepoints { try session.keep() }
        anyKept = true
        // Of an import alone there are hundreds of thousands: they aren't copied.
        if entries.isEmpty { entries = transaction.entries } else { entries += transaction.entries }
        told.append(attempt.tell)
      }
    }
    if anyKept {
      try AuditChain.append(entries, on: session)
      try session.commit()
    } else {
      session.rollback()
    }
    return told
  }

  /// Takes in one more that came while the others were carried out; a batch that is carried out again stays as it is.
  private func joins(_ batch: inout [WaitingWrite], since start: ContinuousClock.Instant, round: Int) -> Bool {
    guard round == 0, batch.count < most, ContinuousClock.now - start < patience, let write = next(ends: false) else {
      return false
    }
    batch.append(write)
    return true
  }
}
