import Glibc

/// The processor's time that `work` took on its own thread: what else the machine does doesn't count.
public func processorTime(_ work: () throws -> Void) rethrows -> Duration {
  func spent() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = spent()
  try work()
  return spent() - start
}
