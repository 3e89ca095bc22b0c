public import Notation
public import People
import Policies

/// An expert who may be chosen from, with the posts that stand in the way.
public struct PanelCandidate: Sendable, Hashable {
  /// A school or an authority somebody belongs to, with the authority a school answers to.
  public struct Tie: Sendable, Hashable {
    public let seat: Appointment.Seat
    public let authority: ID
    public let name: String

    public init(seat: Appointment.Seat, authority: ID, name: String) {
      self.seat = seat
      self.authority = authority
      self.name = name
    }
  }

  public let appointment: ID
  public let account: ID
  public let name: String
  /// The authority that keeps the expert in its pool.
  public let seat: String
  public let ties: [Tie]

  public init(appointment: ID, account: ID, name: String, seat: String, ties: [Tie]) {
    self.appointment = appointment
    self.account = account
    self.name = name
    self.seat = seat
    self.ties = ties
  }

  public var expert: PanelPlan.Expert {
    PanelPlan.Expert(
      id: appointment, schools: Set(ties.compactMap(\.seat.school)), districts: Set(ties.map(\.authority)))
  }

  /// Why the expert mustn't evaluate a group; nil where nothing stands against it.
  public func obstacle(_ group: PanelPlan.Group, avoidsDistrict: Bool) -> Message? {
    let own = ties.first { tie in tie.seat.school.map { group.schools.contains($0) } ?? false }
    if let own { return Message("panel.obstacle.school", ["school": .text(own.name)]) }
    if avoidsDistrict, let near = ties.first(where: { $0.authority == group.district }) {
      return Message("panel.obstacle.district", ["seat": .text(near.name)])
    }
    return nil
  }
}

extension PanelPlan.Group {
  public init(_ participant: Participant) {
    self.init(id: participant.group, schools: Set(participant.schools.map(\.id)), district: participant.district)
  }
}

extension PanelPlan {
  /// A text that two plans share only where they assign the same: what was previewed is what is stored.
  public var fingerprint: String {
    let lines = added.map { "\($0.group) \($0.expert)" }.sorted()
    return String(Draw.hex(lines.joined(separator: "\n")).prefix(16))
  }
}

extension CycleStage {
  /// Whether a group may be given experts here: it hasn't been left out before, and where a draw decides, it was drawn.
  public func mayHavePanel(_ turn: Turn, in cycle: CycleProgress) -> Bool {
    guard kind == .evaluation else { return false }
    if let out = turn.out, out.stage.position <= position { return false }
    guard draw != nil else { return true }
    guard case .drawn(let drawn) = cycle.draws[id] else { return false }
    return drawn.contains(turn.group)
  }
}
