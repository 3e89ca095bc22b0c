public import Notation

/// How long sign-ins have to wait after failures.
///
/// Failures are counted on three tracks: of a login from an address, of a login from anywhere, of an address for any
/// login. Some are free; each one more doubles the wait; every so often one is forgotten. Who tries at full speed is
/// thrown back to the rate of forgetting: 4 an hour for one login from one address, 2 an hour for one login from
/// everywhere together, 60 an hour for one address with ever other logins.
///
/// A login that has signed in from an address before (within `knownDays`) waits for its own failures there only. So an
/// attack from elsewhere doesn't keep the owner out, and one colleague's attack doesn't keep out an office behind the
/// same address. 300 free failures an address let an office of 200 begin a new year, all at once, with slips.
///
/// Beside the waits, failures in a row are counted that no time forgets, only a success of the login: NIST SP 800-63B
/// 5.2.2 allows 100 for one account. Half of them are for addresses the login isn't known at, so that nobody who uses
/// them up keeps the owner out; half are for all addresses it is known at together, no more than a quarter for one.
public struct Lockout: Sendable, Hashable {
  public struct Track: Sendable, Hashable {
    /// Failures that cost no wait.
    public var free: Int64
    /// The first wait, in seconds; doubled by every further failure.
    public var first: Int64
    /// The longest wait, in seconds.
    public var most: Int64
    /// After how many seconds one failure is forgotten.
    public var forgets: Int64

    public init(free: Int64, first: Int64, most: Int64, forgets: Int64) {
      self.free = free
      self.first = first
      self.most = most
      self.forgets = forgets
    }
  }

  /// The failures on one track: the moment by which all are forgotten says how many they are.
  public struct Record: Sendable, Hashable {
    public var clearsAt: Instant
    public var lastAt: Instant

    public init(clearsAt: Instant, lastAt: Instant) {
      self.clearsAt = clearsAt
      self.lastAt = lastAt
    }
  }

  public var pair = Track(free: 5, first: 30, most: 900, forgets: 900)
  public var login = Track(free: 20, first: 15, most: 1800, forgets: 1800)
  public var address = Track(free: 300, first: 5, most: 900, forgets: 60)
  /// For how many days an address is one the login is known to sign in from.
  public var knownDays = 90
  /// Failures in a row after which a login is refused wherever it isn't known.
  public var mostElsewhere: Int64 = 50
  /// Failures in a row after which a login is refused at every address it is known at.
  public var mostKnown: Int64 = 50
  /// Failures in a row after which a login is refused at one address it is known at.
  public var mostAtKnownAddress: Int64 = 25

  public init() {}

  public func isKnown(since succeeded: Instant?, at now: Instant) -> Bool {
    guard let succeeded else { return false }
    return now < succeeded.adding(seconds: Int64(knownDays) * 86_400)
  }
}

extension Lockout.Record {
  /// Whether a clock wrote it that ran ahead by more than those of several programs may differ.
  public func isAhead(of now: Instant) -> Bool { lastAt > now.adding(seconds: 60) }

  /// As many failures, the last of them at another moment.
  public func moved(to now: Instant) -> Lockout.Record {
    let left = clearsAt.milliseconds - lastAt.milliseconds
    return Lockout.Record(clearsAt: Instant(milliseconds: now.milliseconds + left), lastAt: now)
  }
}

extension Lockout.Track {
  /// More aren't told apart, so that forgetting never takes longer than it should.
  private var mostCounted: Int64 { free + 16 }

  /// How many failures stood when the last one fell.
  private func failures(_ record: Lockout.Record) -> Int64 {
    let left = record.clearsAt.milliseconds - record.lastAt.milliseconds
    return max(0, (left + forgets * 1000 - 1) / (forgets * 1000))
  }

  /// From when on one may try again.
  public func opens(_ record: Lockout.Record) -> Instant {
    let beyond = min(failures(record) - free, 16)
    guard beyond > 0 else { return record.lastAt }
    return record.lastAt.adding(seconds: min(most, first << (beyond - 1)))
  }

  /// The record with one more failure.
  public func adding(to record: Lockout.Record?, at now: Instant) -> Lockout.Record {
    let from = max(record?.clearsAt ?? now, now)
    let highest = now.adding(seconds: forgets * mostCounted)
    return Lockout.Record(clearsAt: min(from.adding(seconds: forgets), highest), lastAt: now)
  }
}

extension Lockout {
  /// The address as it is counted: an IPv6 network (/64) is one household, an IPv4 address in IPv6 dress is itself.
  public static func counted(_ address: String) -> String {
    let lower = address.lowercased()
    if let mapped = lower.split(separator: ":").last, mapped.contains(".") { return String(mapped) }
    guard lower.contains(":") else { return lower }
    let halves = lower.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.split(separator: ":").map(String.init) }
    let tail = halves.count > 1 ? halves[1] : []
    let zeros = halves.count > 1 ? max(0, 8 - halves[0].count - tail.count) : 0
    let groups = halves[0] + Array(repeating: "0", count: zeros) + tail
    return groups.prefix(4).joined(separator: ":") + "::/64"
  }
}
