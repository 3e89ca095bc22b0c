public import Notation

/// A post: a role of a person, bound to an authority or a school and to days.
public struct Appointment: Sendable, Hashable {
  /// What a post is bound to.
  public enum Seat: Sendable, Hashable {
    case authority(ID)
    case school(ID)
  }

  public let id: ID
  public let account: ID
  public let role: Role
  public let seat: Seat
  public let since: Day
  /// The first day it no longer holds; nil: it holds until further notice.
  public let until: Day?

  public init(id: ID, account: ID, role: Role, seat: Seat, since: Day, until: Day?) {
    self.id = id
    self.account = account
    self.role = role
    self.seat = seat
    self.since = since
    self.until = until
  }

  public func isInForce(on day: Day) -> Bool { since <= day && until.map { day < $0 } ?? true }

  public func overlaps(_ other: Appointment) -> Bool {
    (other.until.map { since < $0 } ?? true) && (until.map { other.since < $0 } ?? true)
  }

  /// Why it can't be made beside what the account holds or held, all at once. `by` is who appoints; nil for the program.
  public func problems(beside held: [Appointment], by: ID?) -> [Message] {
    var problems: [Message] = []
    let name = Message.Part.message(role.title)
    if by == account { problems.append(Message("people.appointment.own")) }
    switch seat {
    case .school where !role.isOfSchool: problems.append(Message("people.appointment.authority", ["role": name]))
    case .authority where role.isOfSchool: problems.append(Message("people.appointment.school", ["role": name]))
    default: break
    }
    if let until, until <= since {
      problems.append(
        Message("people.appointment.days", ["since": .text(since.text), "until": .text(until.text)]))
    }
    // Whatever the days: who kept the accounts would later audit their own keeping.
    let others = held.filter { $0.id != id && Role.apart.contains($0.role) && $0.role != role }
    if Role.apart.contains(role), let other = others.first {
      problems.append(
        Message("people.appointment.apart", ["role": name, "other": .message(other.role.title)]))
    }
    if held.contains(where: { $0.id != id && $0.role == role && $0.seat == seat && overlaps($0) }) {
      problems.append(Message("people.appointment.twice", ["role": name]))
    }
    return problems
  }
}

extension Role {
  public var title: Message { Message("role.\(rawValue)") }
}

extension Appointment {
  /// The same post with another end.
  public func ending(_ until: Day?) -> Appointment {
    Appointment(id: id, account: account, role: role, seat: seat, since: since, until: until)
  }
}

extension Appointment.Seat {
  public var authority: ID? { if case .authority(let id) = self { id } else { nil } }
  public var school: ID? { if case .school(let id) = self { id } else { nil } }
}
