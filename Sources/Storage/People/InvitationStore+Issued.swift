public import Notation
public import People

extension InvitationStore {
  /// The links of some tokens that the actor issued and nobody used yet, in the order of the tokens: for the workbook of
  /// links, made while their page is still open.
  public func issued(_ tokens: [Token], by actor: Actor, at now: Instant) throws -> [IssuedInvitation] {
    var found: [[UInt8]: IssuedInvitation] = [:]
    for start in stride(from: 0, to: tokens.count, by: 500) {
      let part = Array(tokens[start..<min(start + 500, tokens.count)])
      let hashes = Dictionary(part.map { ($0.hash, $0) }) { first, _ in first }
      let rows = try transaction.rows(
        """
        SELECT i.token, i.ends_at, a.login, a.name, u.name AS unit
        FROM invitation i JOIN account a ON a.id = i.account JOIN authority u ON u.id = a.authority
        WHERE i.created_by = $1 AND i.used_at IS NULL AND i.ends_at > $2 AND i.token IN (\(places(part.count, from: 3)))
        """, [.id(actor.account), .instant(now)] + part.map(\.hash))
      for row in rows {
        guard let token = hashes[.bytes(try row.bytes("token"))] else { continue }
        found[token.bytes] = IssuedInvitation(
          token: token, login: try row.text("login"), name: try row.text("name"), unit: try row.text("unit"),
          endsAt: try row.instant("ends_at"))
      }
    }
    return tokens.compactMap { found.removeValue(forKey: $0.bytes) }
  }
}
