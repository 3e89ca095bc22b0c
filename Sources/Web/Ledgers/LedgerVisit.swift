import Ledgers
import Notation
import People
import Policies
import Storage

/// What handlers of records work with: a group's year as the viewer reaches it, and what they may do there.
struct LedgerVisit: Sendable {
  let post: Viewer.Post
  let ground: LedgerGround
  let year: GroupYear
  let rights: LedgerRights
  let teachers: [Teacher]
  /// What may be linked.
  let evidence: [LedgerStore.Piece]
  /// By every version there ever was: the newest, withdrawn ones too.
  let pieces: [ID: LedgerStore.Piece]
  let context: RecordContext

  /// Six statements with the session's.
  ///
  /// Throws `Refusal.notFound` where the viewer doesn't reach the group in that year.
  init(_ visit: Visit) async throws {
    let arguments = try Arguments(visit)
    self = try await visit.site.database.read { try LedgerVisit(arguments, $0) }
  }

  /// What a read or a write needs of the visit.
  struct Arguments: Sendable {
    let group: ID
    let year: Int
    let post: Viewer.Post
    let today: Day
    let editions: PolicyEditions
    let catalogues: [Catalogue]

    init(_ visit: Visit) throws {
      group = try visit.id("group")
      guard let year = try visit.parameter("year").number(in: 1902...2199) else { throw Refusal.notFound }
      self.year = year
      post = try visit.post
      today = visit.now.day
      editions = visit.site.editions
      catalogues = [visit.words] + OwnAccountPage.languages.map { visit.site.words($0) }
    }
  }

  init(_ arguments: Arguments, _ transaction: any Transaction) throws {
    post = arguments.post
    guard
      let ground = try LedgerStore.ground(
        group: arguments.group, year: arguments.year, for: post.appointment, today: arguments.today,
        arguments.editions, transaction)
    else { throw Refusal.notFound }
    self.ground = ground
    year = try LedgerStore.year(on: ground, transaction)
    rights = LedgerRights(post, of: year, under: ground.under)
    teachers = try LedgerStore.teachers(of: year.known, transaction)
    let all = try LedgerStore.evidence(of: ground.group, most: 2_000, transaction)
    evidence = Array(all.filter { !$0.isWithdrawn }.prefix(500))
    pieces = Dictionary(all.flatMap { piece in ([piece.id] + piece.earlier).map { ($0, piece) } }) { first, _ in first }
    context = RecordContext(
      year: year, teachers: teachers, catalogues: arguments.catalogues, today: arguments.today)
  }

  /// The kind the address names.
  static func kind(_ visit: Visit) throws(Refusal) -> LedgerKind {
    guard let kind = LedgerKinds.byID[try visit.parameter("kind")] else { throw .notFound }
    return kind
  }

  func keeper(_ school: ID?, _ words: Catalogue) -> String {
    school.map { id in year.school(id)?.name ?? id.description } ?? words.text("ledger.keeper.group")
  }

  /// A writer of records as the viewer may see them.
  func text(_ record: LedgerRecord, _ words: Catalogue) -> RecordText {
    RecordText(context, catalogue: words, isMasked: !rights.seesNames(in: record))
  }
}

extension Refusal {
  /// What went wrong with a record, as an answer.
  static func ledger<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let conflict as LedgerConflict {
      switch conflict {
      case .changed: throw Refusal.conflict("ledgers.changed")
      case .forbidden: throw Refusal.forbidden
      case .refused(let faults): throw Refusal.invalid(faults.map(\.message))
      }
    }
  }
}
