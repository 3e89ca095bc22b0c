public import Notation

/// Something that was changed, as the audit chain keeps it: who, when, from where, what, before and after.
public struct AuditEntry: Sendable, Hashable {
  /// The authority whose chain it belongs to; 0 for what concerns the program as a whole (accounts, sign-ins).
  public var authority: ID
  public var at: Instant
  public var actor: Actor
  /// A word of the table of actions, such as `mark.saved`.
  public var action: String
  /// What was changed, as `sheet/12` or `account/7`.
  public var object: String
  /// The item of a sheet, where there is one, so that an item's history is found.
  public var item: String?
  public var before: String?
  public var after: String?

  public init(
    authority: ID, at: Instant, actor: Actor, action: String, object: String, item: String? = nil,
    before: String? = nil, after: String? = nil
  ) {
    self.authority = authority
    self.at = at
    self.actor = actor
    self.action = action
    self.object = object
    self.item = item
    self.before = before
    self.after = after
  }
}

/// Who acts: the account in one of its appointments, and the request it came by.
public struct Actor: Sendable, Hashable {
  /// Nil for the program itself.
  public var account: ID?
  public var appointment: ID?
  /// The address it came from; nil on the command line.
  public var address: String?
  public var request: String?

  public init(account: ID?, appointment: ID? = nil, address: String? = nil, request: String? = nil) {
    self.account = account
    self.appointment = appointment
    self.address = address
    self.request = request
  }

  /// The program, started by whoever may run it on the machine.
  public static let program = Actor(account: nil)
}
