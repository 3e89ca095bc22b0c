import Notation
import People
import Testing

/// The arithmetic of waiting; how the tracks work together is tested with the database.
@Suite struct LockoutTests {
  static let start = Instant(milliseconds: 1_780_272_000_000)

  /// How many tries get through when somebody tries every `every` seconds.
  static func tries(_ track: Lockout.Track, count: Int, every seconds: Int64) -> Int {
    var record: Lockout.Record?
    var through = 0
    for number in 0..<count {
      let now = start.adding(seconds: Int64(number) * seconds)
      if let record, track.opens(record) > now { continue }
      record = track.adding(to: record, at: now)
      through += 1
    }
    return through
  }

  static func waits(_ track: Lockout.Track, _ count: Int) -> [Int64] {
    var record: Lockout.Record?
    var now = start
    return (0..<count).map { _ in
      let next = track.adding(to: record, at: now)
      record = next
      let wait = (track.opens(next).milliseconds - now.milliseconds) / 1000
      now = track.opens(next)
      return wait
    }
  }

  @Test func `some failures are free, then each doubles the wait`() {
    let track = Lockout.Track(free: 3, first: 30, most: 900, forgets: 100_000)
    #expect(Self.waits(track, 10) == [0, 0, 0, 30, 60, 120, 240, 480, 900, 900])
  }

  @Test func `ten thousand tries from one address come to nothing`() {
    #expect(Self.tries(Lockout().pair, count: 10_000, every: 0) == 5 + 1)
    // In a second each, 2.8 hours.
    #expect(Self.tries(Lockout().pair, count: 10_000, every: 1) < 25)
    #expect(Self.tries(Lockout().login, count: 10_000, every: 1) < 35)
    #expect(Self.tries(Lockout().address, count: 10_000, every: 1) < 500)
  }

  @Test func `whoever goes on for a week tries no faster than failures are forgotten`() {
    let week = 7 * 24 * 60
    #expect(Self.tries(Lockout().pair, count: week, every: 60) < 7 * 24 * 4 + 20)
    #expect(Self.tries(Lockout().login, count: week, every: 60) < 7 * 24 * 2 + 40)
  }

  @Test func `failures are forgotten one by one`() {
    let track = Lockout().pair
    var record = track.adding(to: nil, at: Self.start)
    for _ in 0..<9 { record = track.adding(to: record, at: Self.start) }
    #expect(track.opens(record) > Self.start)
    let later = Self.start.adding(seconds: 8 * track.forgets)
    #expect(track.opens(track.adding(to: record, at: later)) == later)
  }

  @Test func `no number of failures keeps anybody out for longer than the longest wait`() {
    for track in [Lockout().pair, Lockout().login, Lockout().address] {
      var record: Lockout.Record?
      for _ in 0..<5000 { record = track.adding(to: record, at: Self.start) }
      #expect(record.map { track.opens($0) } == Self.start.adding(seconds: track.most))
    }
  }

  @Test func `an address is known for ninety days`() {
    let lockout = Lockout()
    #expect(!lockout.isKnown(since: nil, at: Self.start))
    #expect(lockout.isKnown(since: Self.start, at: Self.start.adding(seconds: 89 * 86_400)))
    #expect(!lockout.isKnown(since: Self.start, at: Self.start.adding(seconds: 90 * 86_400)))
  }

  @Test func `a household's many addresses are one`() {
    #expect(Lockout.counted("192.0.2.7") == "192.0.2.7")
    #expect(Lockout.counted("::ffff:192.0.2.7") == "192.0.2.7")
    #expect(Lockout.counted("2001:db8:1:2:3:4:5:6") == Lockout.counted("2001:DB8:1:2::9"))
    #expect(Lockout.counted("2001:db8::1") == "2001:db8:0:0::/64")
    #expect(Lockout.counted("2001:db8:1:3::1") != Lockout.counted("2001:db8:1:2::1"))
    for odd in ["", "::", ":::::", "nonsense", "1.2.3.4:5"] { _ = Lockout.counted(odd) }
  }
}
