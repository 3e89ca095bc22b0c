public import Notation

/// One row of a query: its columns by name, in the query's order.
public struct Row: Sendable {
  /// Shared by all rows of a query.
  public final class Columns: Sendable {
    public let names: [String]
    let places: [String: Int]

    public init(_ names: [String]) {
      self.names = names
      places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    }
  }

  public let columns: Columns
  public let values: [Value]

  public init(columns: Columns, values: [Value]) {
    self.columns = columns
    self.values = values
  }

  /// Throws `DatabaseError.statement` where the query has no such column.
  public func value(_ name: String) throws -> Value {
    guard let place = columns.places[name] else { throw DatabaseError.statement("no column \(name)") }
    return values[place]
  }

  public func optionalInteger(_ name: String) throws -> Int64? {
    switch try value(name) {
    case .null: nil
    case .integer(let integer): integer
    default: throw DatabaseError.statement("\(name) is no integer")
    }
  }

  public func optionalText(_ name: String) throws -> String? {
    switch try value(name) {
    case .null: nil
    case .text(let text): text
    default: throw DatabaseError.statement("\(name) is no text")
    }
  }

  public func optionalBytes(_ name: String) throws -> [UInt8]? {
    switch try value(name) {
    case .null: nil
    case .bytes(let bytes): bytes
    default: throw DatabaseError.statement("\(name) is no bytes")
    }
  }

  private func present<T>(_ value: T?, _ name: String) throws -> T {
    guard let value else { throw DatabaseError.statement("\(name) is null") }
    return value
  }

  public func integer(_ name: String) throws -> Int64 { try present(optionalInteger(name), name) }
  public func int(_ name: String) throws -> Int { Int(try integer(name)) }
  public func text(_ name: String) throws -> String { try present(optionalText(name), name) }
  public func bytes(_ name: String) throws -> [UInt8] { try present(optionalBytes(name), name) }
  public func id(_ name: String) throws -> ID { ID(try integer(name)) }
  public func optionalID(_ name: String) throws -> ID? { try optionalInteger(name).map { ID($0) } }
  public func instant(_ name: String) throws -> Instant { Instant(milliseconds: try integer(name)) }
  public func optionalInstant(_ name: String) throws -> Instant? {
    try optionalInteger(name).map { Instant(milliseconds: $0) }
  }

  public func optionalDay(_ name: String) throws -> Day? {
    guard let text = try optionalText(name) else { return nil }
    return try present(Day(text), name)
  }

  public func optionalExact(_ name: String) throws -> Exact? {
    guard let text = try optionalText(name) else { return nil }
    return try present(Exact(decimal: text), name)
  }
}
