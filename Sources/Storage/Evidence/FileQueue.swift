import Dispatch

/// Lets an actor wait for a disk on a thread of its own, so that a slow disk holds up nobody else's work.
final class FileQueue: SerialExecutor {
  private let queue = DispatchQueue(label: "junheng.evidence")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
