public import Notation
public import People

/// Who may keep which records of a group's year, and who sees whole names. What an authority found of a school it keeps
/// itself.
public struct LedgerRights: Sendable, Hashable {
  /// The lead school keeps what is the group's, and helps its members with theirs.
  let isLead: Bool
  /// The school of the post, where it belongs to the group.
  let school: ID?
  let may: Bool
  /// The schools an office keeps records of.
  let under: Set<ID>

  /// - Parameter under: the schools that answer to the post's authority or to one below it.
  public init(_ post: Viewer.Post, of year: GroupYear, under: Set<ID> = []) {
    let own = post.school.flatMap { id in year.present.first { $0.id == id } }
    isLead = post.role == .lead && own?.isLead == true
    school = own?.id
    may = post.role.may(.keepLedger) && own != nil
    self.under = post.role == .office && post.role.may(.keepLedger) ? under : []
  }

  /// - Parameter keeper: the school that keeps it; nil: the lead school for the group.
  public func mayKeep(_ kind: LedgerKind, _ keeper: ID?) -> Bool {
    if kind.keeper == .office { return keeper.map { under.contains($0) } ?? false }
    guard may else { return false }
    if isLead { return true }
    return kind.keeper == .school && keeper == school
  }

  /// Whether there is anything of a kind the post may keep.
  public func mayKeepSome(_ kind: LedgerKind) -> Bool {
    kind.keeper == .office ? !under.isEmpty : may && (isLead || kind.keeper == .school)
  }

  /// The keepers the post may write for.
  public func keepers(of kind: LedgerKind, _ year: GroupYear) -> [ID?] {
    year.keepers(of: kind).filter { mayKeep(kind, $0) }
  }

  /// Whether people's names are shown whole: to the schools that work with them. A member sees its own; everybody else the
  /// family name alone.
  public func seesNames(of keeper: ID?) -> Bool { may && (isLead || keeper == school) }

  /// Whether the people of a record are shown whole: to its keeper, and to the school they are sent to.
  public func seesNames(in record: LedgerRecord) -> Bool {
    seesNames(of: record.school) || (may && school.map { record.schools("host").contains($0) } ?? false)
  }
}
