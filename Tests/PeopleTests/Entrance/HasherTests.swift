import Dispatch
import Foundation
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
    let gate = DispatchSemaphore(value: 0)
    let hasher = PasswordHasher(cost: Self.cheap, most: 1, mostWaiting: 3) { password, cost, salt in
      gate.wait()
      return try PasswordHash(password, cost: cost, salt: salt)
    }
    let busy = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<12 {
        group.addTask {
          do {
            _ = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
            return false
          } catch { return error is WaitingLine.Busy }
        }
      }
      var busy = 0
      for await refused in group where refused {
        busy += 1
        // One works, three wait, all others were sent away: now they may go on, and one more after them.
        if busy == 8 { for _ in 0..<5 { gate.signal() } }
      }
      return busy
    }
    #expect(busy == 8)
    // Afterwards it is as free as before.
    _ = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
  }

  @Test func `a crowd behind one address keeps nobody else from signing in`() async throws {
    let gate = DispatchSemaphore(value: 0)
    let served = Mutex<[String]>([])
    let hasher = PasswordHasher(cost: Self.cheap, most: 1, mostWaiting: 8) { password, cost, salt in
      gate.wait()
      served.withLock { $0.append(String(decoding: password.bytes, as: UTF8.self)) }
      return try PasswordHash(password, cost: cost, salt: salt)
    }
    let outcome = await withTaskGroup(of: (String, Bool).self) { group in
      func come(_ password: String, from address: String) {
        group.addTask {
          let hash = try? await hasher.hash(Password(password), salt: Self.salt, from: address)
          return (password, hash != nil)
        }
      }
      for _ in 0..<20 { come("crowd", from: "1.1.1.1") }
      // One works, eight wait, eleven were sent away: the line is full when somebody else comes.
      for _ in 0..<11 { _ = await group.next() }
      come("principal", from: "2.2.2.2")
      // The last of the crowd gave way.
      let sent = await group.next()
      for _ in 0..<9 { gate.signal() }
      var outcome = [sent].compactMap { $0 }
      for await each in group { outcome.append(each) }
      return outcome
    }
    #expect(outcome.first?.0 == "crowd" && outcome.first?.1 == false)
    #expect(outcome.contains { $0 == ("principal", true) })
    let order = served.withLock { $0 }
    #expect(order.count == 9)
    // One is at work, one of the crowd is next, then the other address has its turn.
    #expect(order.firstIndex(of: "principal").map { $0 <= 2 } == true)
  }

  @Test func `hashing takes threads of its own, which give way to those that answer pages`() async throws {
    let seen = Mutex<Int32?>(nil)
    let hasher = PasswordHasher(cost: Self.cheap) { password, cost, salt in
      seen.withLock { $0 = nice(0) }
      return try PasswordHash(password, cost: cost, salt: salt)
    }
    let usual = nice(0)
    _ = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
    #expect(seen.withLock { $0 } == min(19, usual + PasswordHasher.patience))
    #expect(nice(0) == usual)
  }

  @Test func `an unknown login costs the work of a known one`() async throws {
    let works = Mutex<[HashCost]>([])
    let hasher = PasswordHasher(cost: Self.cheap) { password, cost, salt in
      works.withLock { $0.append(cost) }
      return try PasswordHash(password, cost: cost, salt: salt)
    }
    let hash = try await hasher.hash(Password("kv7-qmtz-w3"), salt: Self.salt)
    let lesser = HashCost(rounds: 2, blockSize: 1, parallelism: 2)
    let cheaper = try PasswordHash(Password("kv7-qmtz-w3"), cost: lesser, salt: Self.salt).text
    for (kept, work) in [
      (hash, [Self.cheap]), (nil, [Self.cheap]), ("none", [Self.cheap]), (cheaper, [lesser, Self.cheap]),
    ] {
      works.withLock { $0 = [] }
      #expect(try await hasher.verdict(on: Password("wrong wrong"), against: kept) == .wrong)
      #expect(works.withLock { $0 } == work)
    }
  }
}
