/// What a piece of a policy file may look like. One table of shapes checks files, writes the JSON Schema for editors and
/// is held against the documentation, so that the three can't drift apart.
public indirect enum Shape: Sendable {
  case text
  /// A name others refer to: letters of any script, digits, `_ . -`; quoted where it looks like a number.
  case id
  case number
  case integer
  case boolean
  /// A number, or the word `none` for no bound.
  case bound
  /// One of the listed words.
  case word([String])
  /// An expression as text, or a literal number or boolean.
  case expression
  /// An expression, `true`, `false`, or a map of names to allowed values.
  case condition
  /// A day of the year as `MM-DD`.
  case dayOfYear
  /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
  case date
  case list(Shape, least: Int = 0)
  case map(Shape)
  case object(ObjectShape)
  case either([Shape])
  /// One of several maps, told apart by the word under a key.
  case tagged(String, @Sendable () -> [(String, ObjectShape)])
  case anything
  /// Anything, or null for «not yet».
  case openAnything
}

/// A map with fixed keys. `source` and `note` may stand in any of them.
public struct ObjectShape: Sendable {
  public let name: String
  /// Late, because shapes may contain themselves (indicators in indicators).
  let fields: @Sendable () -> [Field]
  let closed: Bool

  public init(_ name: String, closed: Bool = true, _ fields: @escaping @Sendable () -> [Field]) {
    self.name = name
    self.fields = fields
    self.closed = closed
  }

  /// The fields with those that every object has.
  public var allFields: [Field] {
    let own = fields()
    return own + Field.everywhere.filter { extra in !own.contains { $0.key == extra.key } }
  }
}

public struct Field: Sendable {
  public let key: String
  public let shape: Shape
  public let required: Bool

  public init(_ key: String, _ shape: Shape, required: Bool = false) {
    self.key = key
    self.shape = shape
    self.required = required
  }

  static let everywhere = [Field("source", .text), Field("note", .text)]
}
