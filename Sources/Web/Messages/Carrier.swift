public import Storage

/// Takes letters to a mail server.
public protocol Carrier: Sendable {
  /// Throws `CarrierFailure`.
  func carry(_ letter: Letter) async throws(CarrierFailure)
}

/// Why a letter couldn't be handed over.
public struct CarrierFailure: Error, Sendable, Hashable {
  public let why: String
  /// The server will never take it: trying again is of no use.
  public let isFinal: Bool

  public init(why: String, isFinal: Bool) {
    self.why = why
    self.isFinal = isFinal
  }
}
