import Notation

/// Accounts beside what the platform's chain says of them: whether they are closed, and that nobody was given another's
/// password.
struct AccountRecords {
  private(set) var discrepancies: [AuditDiscrepancy] = []

  init(_ said: SaidRows, _ transaction: any Transaction) throws {
    let accounts = said.all("account")
    guard !accounts.isEmpty else { return }
    let places = accounts.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let rows = try transaction.rows(
      "SELECT id, secret, closed_at FROM account WHERE id IN (\(places))", accounts.map { Value.id($0.id) })
    let kept = Dictionary(try rows.map { (try $0.id("id"), $0) }) { first, _ in first }
    for account in accounts {
      guard let row = kept[account.id] else {
        note(.account, account.object)
        continue
      }
      let closed = account.events.last { $0.action == "account.closed" || $0.action == "account.reopened" }
      if try row.optionalInstant("closed_at") != (closed?.action == "account.closed" ? closed?.at : nil) {
        note(.account, account.object)
      }
      let secret = try row.optionalText("secret")
      let set = account.events.last {
        $0.action == "account.passwordSet" || $0.action == "account.passwordRehashed"
      }
      // Earlier releases wrote down that a password was set, and nothing of it.
      let isSame = set?.text("secret").map { $0 == secret.map(AuditRecords.hash) } ?? ((set == nil) == (secret == nil))
      if !isSame { note(.secret, account.object) }
    }
  }

  private mutating func note(_ kind: AuditDiscrepancy.Kind, _ object: String) {
    discrepancies.append(AuditDiscrepancy(kind: kind, object: object, part: ""))
  }
}
