public import Cycles
public import Notation
public import People
public import Policies
import Rules

/// Whether a post may enter something on a sheet, found in one statement (`SheetStanding`): for programs that save many
/// marks. What a page needs besides is read by `SheetStore.open`.
public struct MarkGate: Sendable {
  public let authority: ID
  public let sheet: ID
  /// The policy's, by their ids.
  public let items: [String: Item]
  public let rights: SheetRights
  /// The schools of the group, as subjects of facts are named.
  public let schools: Set<String>
  /// Whether experts mark it each for themselves: then what may be changed depends on the others' marks too.
  public let hasPanel: Bool

  /// Nil where the appointment doesn't reach the sheet, or may not look at it yet.
  public static func find(
    authority: ID, _ sheet: ID, for viewer: Viewer, at now: Instant, _ editions: PolicyEditions,
    _ transaction: any Transaction
  ) throws -> MarkGate? {
    guard
      let standing = try SheetStanding.find(
        authority: authority, sheet, for: viewer, at: now, editions, transaction)
    else { return nil }
    return MarkGate(
      authority: authority, sheet: sheet, items: try editions.items(standing.edition, transaction),
      rights: standing.rights, schools: Set(standing.sheet.participant.schools.map(\.id.description)),
      hasPanel: standing.sheet.assigned > 0)
  }

  /// Whether the sheet has such a field: `choice`, `remark`, or a fact the item asks of the group or of one of its
  /// schools.
  public func asks(_ item: String, _ field: String) -> Bool {
    guard let found = items[item] else { return false }
    if field == SheetMark.choice || field == SheetMark.remark { return true }
    guard let cut = field.firstIndex(of: "/") else { return false }
    let subject = String(field[..<cut])
    guard found.readsSchools ? schools.contains(subject) : subject == "group" else { return false }
    return found.hasInput(String(field[field.index(after: cut)...]))
  }

  /// Whether a change's value is written as its field asks.
  public func takes(_ change: MarkChange) -> Bool {
    guard let item = items[change.item] else { return false }
    guard let value = change.value else { return true }
    guard let node = try? JSON.read(Array(value.utf8), file: "") else { return false }
    return SheetMark.takes(node, for: change.field, of: item)
  }

  /// Whether what an item's field is about may be entered by the post.
  public func mayEnter(_ item: String, _ field: String) -> Bool {
    guard let cut = field.firstIndex(of: "/") else { return rights.mayRemark }
    let giver = items[item]?.asked(String(field[field.index(after: cut)...]))?.description?.by
    return rights.mayEnter(subject: String(field[..<cut]), given: giver)
  }
}
