import Cycles
import HTTPTypes
import Notation
import People
import Policies
import Rules
import Scoring
import Storage

/// What handlers of evidence work with: a group in a cycle as the viewer reaches it, and what its policy asks for.
struct EvidenceVisit: Sendable {
  let post: Viewer.Post
  let cycle: StoredCycle
  let ground: EvidenceGround
  let plan: EvidencePlan

  var right: EvidenceWindow.Right
  /// Bytes that a group may add in a cycle, as whoever runs the program decides.
  let quota: Int64
  /// Bytes the request says it brings; 0 where it doesn't say.
  private let coming: Int64

  /// Throws `Refusal.notFound` where the viewer doesn't reach the group.
  init(_ visit: Visit, group: ID) async throws {
    let (authority, id) = (try visit.id("authority"), try visit.id("cycle"))
    let (post, editions) = (try visit.post, visit.site.editions)
    let found = try await visit.site.database.read { transaction in
      guard
        let ground = try EvidenceStore.ground(authority: authority, cycle: id, group: group, for: post, transaction),
        let cycle = try CycleStore.cycle(authority: authority, id, editions, transaction)
      else { throw Refusal.notFound }
      return (ground, cycle)
    }
    self.post = post
    quota = visit.site.settings.evidenceQuota
    coming = visit.endpoint.changes ? Int64(visit.announcedLength ?? 0) : 0
    (ground, cycle) = found
    let facts = ground.participant.facts(year: cycle.year, policy: cycle.policy)
    plan = EvidencePlan(cycle.policy, for: facts.context)
    right = ground.window.right(of: post, at: visit.now)
  }

  /// Throws where so many bytes more don't fit: before a file is kept, since what nothing points to stays in the store.
  func admit(_ bytes: Int64) throws(Refusal) {
    do throws(EvidenceFault) {
      try EvidenceQuota.admit(bytes, to: ground, most: quota)
    } catch {
      throw Refusal.of(error)
    }
  }

  private static let mostForm: Int64 = 1 << 20

  var mayAdd: Bool { if case .may = right { true } else { false } }

  /// Throws why nothing can be added now, before anything is received.
  func open() throws(Refusal) {
    if case .mayNot(let why) = right { throw Refusal(.conflict, [why]) }
    try expect(coming)
  }

  /// Throws where a form of so many bytes can't fit any more: it weighs a little more than its files.
  func expect(_ bytes: some BinaryInteger) throws(Refusal) { try admit(max(1, Int64(clamping: bytes) - Self.mostForm)) }
}

extension Refusal {
  /// What went wrong with evidence, as an answer.
  static func evidence<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let refusal as EvidenceRefusal {
      throw of(refusal)
    } catch let problem as MultipartProblem {
      throw Refusal(
        problem == .tooLarge || problem == .tooManyParts ? .contentTooLarge : .badRequest, [problem.message])
    } catch let fault as EvidenceFault {
      throw of(fault)
    } catch let error as EvidenceFilesError {
      switch error {
      case .full: throw Refusal(.insufficientStorage, "evidence.full")
      case .unavailable: throw Refusal(.serviceUnavailable, "evidence.unreachable")
      case .missing: throw Refusal(.serviceUnavailable, "evidence.missing")
      }
    }
  }

  static func of(_ fault: EvidenceFault) -> Refusal {
    switch fault {
    case .unknown: notFound
    case .closed(let why): Refusal(.conflict, [why])
    case .invalid(let faults): invalid(faults)
    }
  }

  static func of(_ refusal: EvidenceRefusal) -> Refusal {
    if case .tooLarge = refusal { return Refusal(.contentTooLarge, [refusal.message]) }
    return invalid([refusal.message])
  }
}

extension HTTPResponse.Status {
  static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
