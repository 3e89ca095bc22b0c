public import Notation

/// What a workbook of accounts would change. Nothing is stored by it: it is shown, and carried out once accepted.
///
/// Who keeps the accounts doesn't hand out the posts (三员分立). So a plan says what of it its maker may do: with
/// `keepAccounts` accounts are made and renamed, with `keepRoles` people are appointed, on the machine itself both.
public struct AccountsPlan: Sendable, Hashable {
  public enum AccountChange: Sendable, Hashable {
    case new
    /// An earlier row of the file makes it.
    case sameAsAbove
    case renamed(ID, from: String)
    case unchanged(ID)
  }

  public enum AppointmentChange: Sendable, Hashable {
    case new
    /// Its last day changes.
    case ends(ID, from: Day?)
    case unchanged(ID)
    /// To be appointed by who keeps the roles.
    case left
  }

  public enum State: String, Sendable, Hashable { case new, changed, unchanged }

  public struct Line: Sendable, Hashable {
    public let row: AccountRow
    public let unit: Unit
    public let account: AccountChange
    public let appointment: AppointmentChange

    public var state: State {
      switch (account, appointment) {
      case (.new, _), (_, .new): .new
      case (.renamed, _), (_, .ends): .changed
      default: .unchanged
      }
    }
  }

  /// What a code in the file stands for.
  public struct Unit: Sendable, Hashable {
    public let seat: Appointment.Seat
    /// The authority itself, or the one the school answers to.
    public let authority: ID
    public let name: String

    public init(seat: Appointment.Seat, authority: ID, name: String) {
      self.seat = seat
      self.authority = authority
      self.name = name
    }
  }

  public let powers: Set<Power>
  public let rows: [AccountRow]
  /// In the order of the file; empty where there are problems.
  public let lines: [Line]
  public let problems: [Problem]

  public var newAccounts: Int { lines.count { $0.account == .new } }
  public var newAppointments: Int { lines.count { $0.appointment == .new } }
  public func count(_ state: State) -> Int { lines.count { $0.state == state } }
}

/// What is stored of the people and units a file names, as far as the reader of the file reaches.
public struct KnownPeople: Sendable {
  public struct Person: Sendable {
    public let account: Account
    public let appointments: [Appointment]
    /// False for an account that other people keep.
    public let isReached: Bool

    public init(account: Account, appointments: [Appointment], isReached: Bool) {
      self.account = account
      self.appointments = appointments
      self.isReached = isReached
    }
  }

  /// By login.
  public var people: [Login: Person] = [:]
  public var authorities = Units()
  public var schools = Units()

  /// Units as files call them: by code or, where only one has it, by full name.
  public struct Units: Sendable {
    private var byCode: [String: AccountsPlan.Unit] = [:]
    private var byName: [String: [String]] = [:]

    public init() {}

    public mutating func add(_ unit: AccountsPlan.Unit, code: String) {
      byCode[code] = unit
      byName[unit.name, default: []].append(code)
    }

    public subscript(_ text: String) -> AccountsPlan.Unit? {
      if let unit = byCode[text] { return unit }
      let codes = codes(named: text)
      return codes.count == 1 ? byCode[codes[0]] : nil
    }

    /// In rising order.
    public func codes(named name: String) -> [String] { (byName[name] ?? []).sorted() }
  }

  public init() {}
}
