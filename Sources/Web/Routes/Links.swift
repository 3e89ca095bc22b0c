public import People

/// Addresses that are handed out beside the pages.
public enum Links {
  /// Where an invitation is taken up; the token stands behind it, as only its hash is kept.
  public static func invitation(_ token: Token) -> String { Endpoint.invitation.link(token.text) }
}
