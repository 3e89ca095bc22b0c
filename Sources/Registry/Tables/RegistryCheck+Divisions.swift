import Notation

/// Codes of divisions, and the lists of them that authorities give.
extension RegistryCheck {
  mutating func checkedDivision(_ change: RegistryPlan.Change, _ column: String) -> Division? {
    guard let text = value(change, column) else { return nil }
    if let fault = Division.fault(in: text) {
      note("code", change, column, ["why": .message(fault)])
      return nil
    }
    let isStored = change.table.index(column).map { change.before?[$0] == text } ?? false
    if !isStored, let division = Division(text), divisions.lacks(division) {
      note("division.unknown", change, column, ["code": .text(text)])
    }
    return Division(text)
  }

  /// A line of a list of divisions: within the authority's own, whole only for that itself.
  mutating func division(_ change: RegistryPlan.Change) {
    guard let code = value(change, "code"), let authority = value(change, "authority") else { return }
    if let fault = Division.fault(in: code) { return note("code", change, "code", ["why": .message(fault)]) }
    let successors = value(change, "successors")
    // What has become a part of it may have had digits of its own.
    let codes = [code] + (DivisionList.Entry.successors(successors)?.map(\.text) ?? [])
    guard let own = Division(authority), codes.contains(where: { $0.hasPrefix(own.place) }) else {
      return note("division.place", change, "code", ["code": .text(code), "authority": .text(authority)])
    }
    if value(change, "whole") != nil, code != authority { note("division.whole", change, "whole") }
    if DivisionList.Entry.successors(successors) == nil {
      note("division.successors", change, "successors", ["found": .text(successors ?? "")])
    }
    if value(change, "ended") == nil {
      if successors != nil { note("division.ended", change, "ended") }
    } else if !change.row.removes {
      became(change, code: code, within: own)
    }
  }

  /// What became of a division that is no more: others, which there are, and not in the end itself.
  private mutating func became(_ change: RegistryPlan.Change, code: String, within own: Division) {
    guard let division = Division(code), !isUnread(change, "successors"),
      let successors = DivisionList.Entry.successors(value(change, "successors"))
    else { return }
    if successors.isEmpty, divisions.isWhole(at: division) {
      remark("division.lost", change, "successors", ["code": .text(code)])
    }
    if successors.contains(division) { note("division.itself", change, "successors", ["code": .text(code)]) }
    let unknown = successors.filter { $0 != division && !exists($0, within: own) }.map(\.text)
    if !unknown.isEmpty { note("division.successor", change, "successors", ["codes": .names(unknown)]) }
    if let circle = divisions.circle(from: division), circle.count > 1 {
      note(
        "division.circle", change, "successors",
        ["path": .text((circle + [division]).map(\.text).joined(separator: " → "))])
    }
  }

  /// Whether there is a division, as far as that is known: within the list's own place it stands in the list.
  private func exists(_ division: Division, within own: Division) -> Bool {
    if divisions.knows(division) || known.things[.authorities]?[division.text] != nil { return true }
    if comes(.authorities, division.text) { return true }
    return !division.text.hasPrefix(own.place) && !divisions.lacks(division)
  }
}

extension RegistryRow {
  /// What a row of a list of divisions says; nil where it can't be read.
  public var division: DivisionList.Entry? {
    let table = RegistryTable.divisions
    func text(_ code: String) -> String? { table.index(code).flatMap { $0 < values.count ? values[$0] : nil } }
    guard let division = text("code").flatMap({ Division($0) }), let name = text("name"),
      let successors = DivisionList.Entry.successors(text("successors"))
    else { return nil }
    return DivisionList.Entry(
      division: division, name: name, ended: text("ended").flatMap { Day($0) }, successors: successors,
      isWhole: text("whole") != nil)
  }
}
