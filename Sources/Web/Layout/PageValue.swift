import Mustache
import Synchronization

/// A value of a page as templates look into it: its stored fields by name. The template library would go through all
/// fields of a value, and of every value around it, for each word it writes; here a type's fields are listed once.
struct PageValue: MustacheParent, CustomStringConvertible {
  private let value: Any
  private let places: [String: Int]

  func child(named name: String) -> Any? {
    guard let place = places[name] else { return nil }
    let fields = Mirror(reflecting: value).children
    return PageValue.of(fields[fields.index(fields.startIndex, offsetBy: place)].value)
  }

  var description: String { String(describing: value) }

  /// The value itself where it has no fields that templates could ask for; what stands in an optional; nil for none.
  static func of(_ value: Any) -> Any? {
    switch shape(of: value) {
    case .plain: value
    case .optional: (value as? any OptionalValue)?.content.flatMap { of($0) }
    case .list: (value as? any ListValue)?.items ?? value
    case .fields(let places): PageValue(value: value, places: places)
    }
  }

  private enum Shape {
    case plain, optional, list
    case fields([String: Int])
  }

  private static let shapes = Mutex<[ObjectIdentifier: Shape]>([:])

  private static func shape(of value: Any) -> Shape {
    let type = ObjectIdentifier(type(of: value))
    if let known = shapes.withLock({ $0[type] }) { return known }
    let found = look(at: value)
    shapes.withLock { $0[type] = found }
    return found
  }

  private static func look(at value: Any) -> Shape {
    if value is any OptionalValue { return .optional }
    if value is any ListValue { return .list }
    if value is any MustacheParent || value is any MustacheCustomRenderable
      || value is any MustacheCustomRepresentation || value is any MustacheSequence || value is MustacheTemplate
    {
      return .plain
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .struct, .class, .tuple:
      let names = mirror.children.enumerated().compactMap { place, child in child.label.map { ($0, place) } }
      return .fields(Dictionary(names) { first, _ in first })
    default: return .plain
    }
  }
}

private protocol OptionalValue {
  var content: Any? { get }
}

extension Optional: OptionalValue {
  fileprivate var content: Any? { self }
}

private protocol ListValue {
  var items: Any { get }
}

extension Array: ListValue {
  /// The list with every item as templates look into it.
  fileprivate var items: Any { map { PageValue.of($0) ?? $0 } as [Any] }
}
