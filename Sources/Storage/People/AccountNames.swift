public import Notation

/// The names behind account numbers, for pages that tell who did what.
public enum AccountNames {
  public static func names(of accounts: Set<ID>, _ transaction: any Transaction) throws -> [ID: String] {
    guard !accounts.isEmpty else { return [:] }
    let list = accounts.sorted().prefix(500)
    let gaps = list.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    let rows = try transaction.rows("SELECT id, name FROM account WHERE id IN (\(gaps))", list.map { .id($0) })
    return Dictionary(try rows.map { (try $0.id("id"), try $0.text("name")) }) { first, _ in first }
  }
}
