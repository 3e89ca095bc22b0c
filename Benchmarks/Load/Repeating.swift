import Foundation

/// Asks as fast as it is answered, on as many connections as there are who ask.
struct Repeating {
  let port: UInt16
  let askings: [any Asking]
  let warming: Double
  let seconds: Double

  func run() -> Sums {
    let from = DispatchTime.now().uptimeNanoseconds + UInt64(warming * 1e9)
    let end = from + UInt64(seconds * 1e9)
    let all = Threads.run(askings) { asking in one(asking, from: from, until: end) }
    return all.reduce(into: Sums()) { $0.add($1) }
  }

  private func one(_ asking: any Asking, from: UInt64, until end: UInt64) -> Sums {
    var sums = Sums()
    guard let connection = Connection(port: port) else { return Sums(others: [0: 1]) }
    while let request = asking.next() {
      let start = DispatchTime.now().uptimeNanoseconds
      if start >= end { break }
      guard let answer = connection.ask(request) else {
        sums.others[0, default: 0] += 1
        break
      }
      let now = DispatchTime.now().uptimeNanoseconds
      if !asking.take(status: answer.status) {
        sums.others[answer.status, default: 0] += 1
      } else if start >= from, now <= end {
        sums.add(now - start, bytes: answer.bytes)
      }
    }
    return sums
  }
}
