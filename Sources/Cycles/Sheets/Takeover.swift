import Policies
import Rules

/// A field that the year's records say something else about than stands in it, and whether one word for all is enough.
public struct Takeover: Sendable {
  public enum Standing: Sendable, Hashable {
    /// Nothing was entered: taken over with all others.
    case free
    /// Somebody entered something else: taken over only where a person says so for this field.
    case entered
    /// The records may still rise: nothing to take over before their keeper says that none is missing.
    case open
  }

  public let item: SheetItem
  public let field: SheetField
  public let proposal: Proposal
  public let standing: Standing
}

extension SheetState {
  /// What the year's records could put into the sheet, item by item; what already stands so isn't among it.
  public func takeovers(of id: String? = nil) -> [Takeover] {
    items.filter { id == nil || $0.item.id == id }.flatMap { item in
      item.fields.compactMap { field in
        guard let proposal = field.proposal else { return nil }
        if let value = field.value, proposal.agrees(with: value) { return nil }
        let isEntered = field.mark?.value != nil || field.value != nil || item.isSaidOtherwise(field)
        return Takeover(
          item: item, field: field, proposal: proposal,
          standing: proposal.mayRise ? .open : isEntered ? .entered : .free)
      }
    }
  }
}

extension SheetItem {
  /// Whether a field's twin holds something: awards one by one, or how many of each level, and not both.
  fileprivate func isSaidOtherwise(_ field: SheetField) -> Bool {
    guard field.need.kind.isOfAwards else { return false }
    return fields.contains { other in
      other.path != field.path && other.place == field.place && other.need.kind.isOfAwards && other.mark?.value != nil
    }
  }
}

extension SheetField {
  /// The path without the input's own name: what twins share.
  fileprivate var place: Substring { path.dropLast(need.name.count) }
}

extension Need.Kind {
  fileprivate var isOfAwards: Bool {
    switch self {
    case .awards, .counts: true
    default: false
    }
  }
}
