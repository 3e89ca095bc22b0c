public import Notation

/// How long a session lasts.
///
/// A new token is given, and the old one ends, at every sign-in, choice of post and change of password: a token somebody
/// planted beforehand is worth nothing afterwards.
public struct SessionTerms: Sendable, Hashable {
  /// Seconds without a request after which it ends.
  public var idle: Int64
  /// Seconds after which it ends in any case.
  public var absolute: Int64
  /// Seconds during which further requests aren't noted, so that reading a page writes nothing.
  public var touch: Int64

  public init(idle: Int64 = 1800, absolute: Int64 = 43_200, touch: Int64 = 60) {
    self.idle = idle
    self.absolute = absolute
    self.touch = touch
  }

  public func end(of created: Instant) -> Instant { created.adding(seconds: absolute) }
  /// A session last seen at this moment or before has ended.
  public func idleLimit(at now: Instant) -> Instant { now.adding(seconds: -idle) }
  /// A session last seen at this moment or before is noted anew.
  public func touchLimit(at now: Instant) -> Instant { now.adding(seconds: -touch) }
}

/// One-time links by which a person takes up an account or chooses a new password.
public enum InvitationTerms {
  public static let days: Int64 = 7

  public static func end(of created: Instant) -> Instant { created.adding(seconds: days * 86_400) }
}
