import People
import Synchronization
import Testing

@testable import Web

@Suite struct HasherTests {
  static let cheap = HashCost(rounds: 2, blockSize: 1, parallelism: 1)
  static let salt = [UInt8](repeating: 7, count: 16)

  @Test func `the standard cost is OWASP's minimum or better`() {
    let (cost, least) = (HashCost.standard, [1 << 17: 1, 1 << 16: 2, 1 << 15: 3, 1 << 14: 5, 1 << 13: 10])
    #expect(cost.blockSize == 8)
    #expect(least[cost.rounds].map { cost.parallelism >= $0 } == true)
    #expect(cost.isBounded)
  }

  @Test func `hashes as RFC 7914 does, with the standard cost`() async throws {
    let hash = try await PasswordHasher().hash(Password("kv7-qmtz-w3"), salt: Self.salt)
    // Python's hashlib.scrypt with n=32768, r=8, p=3 gives the same.
    #expect(hash == "scrypt$32768$8$3$BwcHBwcHBwcHBwcHBwcHBw==$Dg3NKpYKNgiXQPCDZN5o4yh4CuaXrI+beS+JJn9Q35Y=")
  }

  @Test func `tells right from wrong, and cheap from today's`() async throws {
    let hasher = PasswordHasher(cost: Self.cheap)
    let hash = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
    #expect(try await hasher.verdict(on: Password("kv7-qmtz-w3"), against: hash) == .right)
    #expect(try await hasher.verdict(on: Password("kv7-qmtz-w4"), against: hash) == .wrong)
    #expect(try await hasher.verdict(on: Password("kv7-qmtz-w3"), against: nil) == .wrong)
    #expect(try await hasher.verdict(on: Password(""), against: nil) == .wrong)
    let dearer = PasswordHasher(cost: HashCost(rounds: 4, blockSize: 1, parallelism: 1))
    #expect(try await dearer.verdict(on: Password("kv7-qmtz-w3"), against: hash) == .rightButCheap)
  }

  @Test(arguments: [
    "", "scrypt", "scrypt$2$1$1$$", "bcrypt$2$1$1$BwcHBwcHBwcHBwcHBwcHBw==$AA==",
    "scrypt$1073741824$8$1$BwcHBwcHBwcHBwcHBwcHBw==$BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
    "scrypt$3$8$1$BwcHBwcHBwcHBwcHBwcHBw==$BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
    "scrypt$-2$8$1$BwcHBwcHBwcHBwcHBwcHBw==$BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
  ])
  func `a row that is no hash lets nobody in and costs no more than another`(kept: String) async throws {
    #expect(PasswordHash(kept) == nil)
    #expect(try await PasswordHasher(cost: Self.cheap).verdict(on: Password("kv7-qmtz-w3"), against: kept) == .wrong)
  }

  @Test func `no more than so many stand in line`() async throws {
    let hasher = PasswordHasher(cost: HashCost(rounds: 1 << 12, blockSize: 8, parallelism: 1), most: 1, mostWaiting: 3)
    let busy = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<12 {
        group.addTask {
          do {
            _ = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
            return false
          } catch { return error is PasswordHasher.Busy }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(busy >= 1 && busy <= 8)
    // Afterwards it is as free as before.
    _ = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
  }

  @Test func `an unknown login takes the time of a known one`() async throws {
    let hasher = PasswordHasher(cost: HashCost(rounds: 1 << 12, blockSize: 8, parallelism: 1), most: 1)
    let hash = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
    func time(_ kept: String?) async throws -> Duration {
      let start = ContinuousClock.now
      _ = try await hasher.verdict(on: Password("wrong wrong"), against: kept)
      return ContinuousClock.now - start
    }
    // In turns, so that whatever else the machine does falls on both.
    var (known, unknown) = (Duration.seconds(60), Duration.seconds(60))
    for _ in 0..<12 {
      known = min(known, try await time(hash))
      unknown = min(unknown, try await time(nil))
    }
    #expect(unknown > known * 0.3 && known > unknown * 0.3)
  }
}
