public import Notation

/// Which registered authority a unit of a document means: by its full name, or by a short one (`units.txt` has what
/// education authorities are called).
public struct UnitNames: Sendable {
  /// An authority of the registry.
  public struct Office: Sendable, Hashable {
    public let id: ID
    public let name: String

    public init(id: ID, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// The authority whose document it is.
  private let own: Office
  private let offices: [Office]

  /// - Parameter offices: those within the authority whose document it is, itself among them.
  public init(of own: Office, among offices: [Office]) {
    self.own = own
    self.offices = offices
  }

  private static let designations: [String] = String(decoding: PackageResources.units_txt, as: UTF8.self)
    .split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    .sorted { $0.count > $1.count }

  /// A name without what kind of office it is; nil where it isn't called like an education authority.
  static func place(_ name: String) -> Substring? {
    designations.first { name.hasSuffix($0) }.map { name.dropLast($0.count) }
  }

  /// The one office that bears a name; nil where none does, or several do.
  public func office(called name: String) -> ID? {
    let exact = offices.filter { $0.name == name }
    if exact.count == 1 { return exact[0].id }
    guard exact.isEmpty, let place = UnitNames.place(name), !place.isEmpty else { return nil }
    // A level alone means the document's own authority, where that ends so.
    if place.count == 1 { return UnitNames.place(own.name)?.hasSuffix(place) == true ? own.id : nil }
    let places = offices.compactMap { office in UnitNames.place(office.name).map { (id: office.id, place: $0) } }
    let same = places.filter { $0.place == place }
    if !same.isEmpty { return same.count == 1 ? same[0].id : nil }
    // With the city before it on one side and without on the other.
    let close = places.filter { other in
      other.place.count > 1 && (other.place.hasSuffix(place) || place.hasSuffix(other.place))
    }
    return close.count == 1 ? close[0].id : nil
  }
}
