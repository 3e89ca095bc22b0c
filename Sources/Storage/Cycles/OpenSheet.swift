public import Cycles
import Documents
import Ledgers
public import Notation
public import People
public import Policies
import Rules
public import Scoring

/// A sheet with all that its page shows and its rules need, as one appointment finds it.
public struct OpenSheet: Sendable {
  public let cycle: StoredCycle
  public let sheet: StoredSheet
  public let stage: CycleStage
  /// Every sheet of the group in this cycle, in the order of stages.
  public let sheets: [FrozenSheet]
  public let marks: [SheetMark]
  public let rights: SheetRights
  /// Whose marks the reader sees as their own: the account of an expert, else nil.
  public let reviewer: ID?
  /// Whose doings on the sheet its reader may see.
  public let sight: PanelSight
  /// Marks laid over the stage before: for scoring.
  public var value: Sheet
  /// What the year's records say to its fields, while it is open.
  public var recorded: [RecordedReading] = []
  /// The stage whose facts lie below; nil at the first.
  public let before: FrozenSheet?
  /// The experts who have handed in their own marks.
  public let handedIn: Set<ID>
  /// The assigned experts with their names, in the order of their accounts.
  public let experts: [Expert]
  public let secondLooks: [SecondLook]
  /// What was shown for the item in question.
  public var evidence: [ItemEvidence] = []
  /// What happened to the item in question last, newest first.
  public var events: [SheetEvent] = []

  /// The experts at work together; nil where none is assigned.
  public var panel: ExpertPanel? {
    experts.isEmpty
      ? nil : ExpertPanel(value, reviewers: experts.map(\.account), marks: marks, secondLooks: secondLooks)
  }

  public struct Expert: Sendable, Hashable {
    public let account: ID
    public let appointment: ID
    public let name: String
  }

  /// The reader's own sheet as it stands.
  public func state(only item: String? = nil) -> SheetState { value.state(own, only: item) }

  public var own: [SheetMark] { marks.filter { $0.reviewer == reviewer } }
}

/// Whose doings on a sheet a reader may see: where a panel marks, everybody's is for those who lead it.
public enum PanelSight: Sendable, Hashable {
  case everybody
  case only(ID)

  /// The account; 0 for everybody's.
  var value: Value {
    switch self {
    case .everybody: .integer(0)
    case .only(let account): .id(account)
    }
  }
}

extension SheetStore {
  /// All of a sheet in six statements; nil where the appointment doesn't reach it, or may not look at it yet.
  public static func open(
    authority: ID, _ id: ID, for viewer: Viewer, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> OpenSheet? {
    guard
      let standing = try SheetStanding.find(authority: authority, id, for: viewer, at: now, editions, transaction),
      let cycle = try CycleStore.cycle(authority: authority, standing.sheet.cycle, editions, transaction),
      let stage = cycle.stage(standing.sheet.stage)
    else { return nil }
    let sheet = standing.sheet
    let sheets = try sheets(authority: authority, cycle: sheet.cycle, group: sheet.group, transaction)
    let placed = cycle.policy.allItems.filter(\.isPlaced).map(\.id)
    let (marks, peers) = try marks(sheet, placed: placed, transaction)
    let panel = try panel(sheet, transaction)
    let before = sheets.last { other in
      guard other.submission != nil, let earlier = cycle.stage(other.stage) else { return false }
      return earlier.hasGroupSheet && earlier.position < stage.position
    }
    let base = try before.flatMap { try self.facts($0.facts, year: cycle.year, policy: cycle.policy) }
    let reviewer = sheet.isAssigned && viewer.post?.role == .expert ? viewer.account : nil
    var open = OpenSheet(
      cycle: cycle, sheet: sheet, stage: stage, sheets: sheets, marks: marks, rights: standing.rights,
      reviewer: reviewer,
      sight: sheet.assigned == 0 || standing.rights.seesPanel ? .everybody : .only(viewer.account),
      value: Sheet(
        policy: cycle.policy, year: cycle.year,
        group: sheet.participant.facts(year: cycle.year, policy: cycle.policy), base: base, school: sheet.school,
        peers: peerValues(peers, placed: placed)), before: before, handedIn: panel.handedIn, experts: panel.experts,
      secondLooks: panel.secondLooks)
    open.value.isOfSchools = standing.rights.isOfSchools
    if !sheet.isSubmitted, panel.experts.isEmpty, cycle.confirmedAt == nil {
      open.recorded = try LedgerStore.readings(for: open, on: now.day, transaction)
      for found in open.recorded {
        guard let value = found.reading.value else { continue }
        open.value.proposals[found.item, default: [:]][found.path] = Proposal(
          value: value, from: found.from, mayRise: found.reading.mayRise, isSaid: !found.reading.rows.isEmpty)
      }
      try keepFixed(in: &open.value, of: sheet, cycle, editions, transaction)
    } else if sheet.isSubmitted, sheet.hasRecords || open.value.asksFixedYears {
      open.value.proposals = try LedgerStore.kept(for: open, transaction)
    }
    return open
  }

  /// The facts of a frozen copy; nil where there is none.
  ///
  /// Throws `DatabaseError` where it can't be read: an evaluator mustn't take it for nothing.
  public static func facts(_ json: String?, year: Int, policy: Policy) throws -> GroupFacts? {
    guard let json else { return nil }
    let text = "{\"years\":[{\"year\":\(year),\"groups\":[\(json)]}]}"
    guard let root = try? JSON.read(Array(text.utf8), file: "") else {
      throw DatabaseError.statement("a submission's facts can't be read")
    }
    return FactsReader.read(root, for: policy).facts.years.first?.groups.first
  }

  private static func peerValues(_ marks: [ID: [SheetMark]], placed: [String]) -> [String: Peers] {
    guard !placed.isEmpty else { return [:] }
    var values: [String: [Exact]] = [:]
    for mark in marks.values.joined() {
      guard let number = mark.value.flatMap({ Exact(decimal: $0) }) else { continue }
      values[mark.item, default: []].append(number)
    }
    return values.mapValues { Peers($0) }
  }

  private static func panel(
    _ sheet: StoredSheet, _ transaction: any Transaction
  ) throws -> (experts: [OpenSheet.Expert], handedIn: Set<ID>, secondLooks: [SecondLook]) {
    guard sheet.assigned > 0 else { return ([], [], []) }
    let rows = try transaction.rows(
      """
      SELECT 'expert' AS what, p.account, x.appointment, a.name, h.at, NULL AS item, NULL AS closed_at
      FROM assignment x JOIN appointment p ON p.id = x.appointment JOIN account a ON a.id = p.account
      LEFT JOIN hand_in h ON h.authority = x.authority AND h.sheet = $5 AND h.reviewer = p.account
      WHERE x.authority = $1 AND x.cycle = $2 AND x.stage = $3 AND x.grp = $4
      UNION ALL
      SELECT 'look', 0, 0, '', l.at, l.item, l.closed_at FROM second_look l
      WHERE l.authority = $1 AND l.sheet = $5
      ORDER BY 2, 5
      """, [.id(sheet.authority), .id(sheet.cycle), .text(sheet.stage), .id(sheet.group), .id(sheet.id)])
    var experts: [OpenSheet.Expert] = []
    var handedIn: Set<ID> = []
    var looks: [SecondLook] = []
    for row in rows {
      if try row.text("what") == "look" {
        looks.append(
          SecondLook(
            item: try row.text("item"), at: try row.instant("at"), closed: try row.optionalInstant("closed_at")))
        continue
      }
      let account = try row.id("account")
      experts.append(
        OpenSheet.Expert(account: account, appointment: try row.id("appointment"), name: try row.text("name")))
      if try row.optionalInteger("at") != nil { handedIn.insert(account) }
    }
    return (experts, handedIn, looks)
  }
}
