import Hummingbird
import Notation
import People
import Policies
import Storage

/// The audit log of the chains a reader may read, and checks of them.
enum AuditRoutes {
  /// Rows a page, and rows a request checks at most.
  static let most = 50
  static let portion: Int64 = 50_000

  static func add(to table: inout RouteTable) {
    table.on(.auditLog) { try await page($0) }
    table.on(.checkAudit) { try await check($0) }
  }

  /// The chain the address names, of those the viewer may read; else the first.
  private static func chain(
    _ named: String?, _ chains: [AuditChainSummary]
  ) throws(Refusal) -> AuditChainSummary? {
    guard let named else { return chains.first }
    guard let chain = chains.first(where: { $0.authority.description == named }) else { throw .notFound }
    return chain
  }

  private static func page(_ visit: Visit) async throws -> Response {
    let (post, filter) = (try visit.post, try self.filter(visit))
    let reading = try await visit.site.database.read { transaction -> AuditReading in
      let chains = try AuditStore.chains(for: post.appointment, transaction)
      guard let chain = try chain(visit.query("chain"), chains) else { return AuditReading(chains: chains) }
      let rows = try AuditStore.rows(of: chain.authority, filter, transaction)
      let mentioned = rows.reduce(into: Set(rows.map(\.object))) { $0.formUnion(AuditChange($1).mentions) }
      let names = try AuditStore.names(of: mentioned, transaction)
      var policies: [String: Policy] = [:]
      for hash in Set(names.editions.values) { policies[hash] = try visit.site.editions.policy(hash, transaction) }
      return AuditReading(
        chains: chains, chain: chain, rows: rows, names: names, policies: policies,
        check: try AuditChecks.latest(of: chain.authority, transaction))
    }
    let page = AuditPage(visit, reading, filter)
    return visit.page("audit/log", page, visit.frame(visit.text("audit.title"), current: "audit"))
  }

  private static func filter(_ visit: Visit) throws(Refusal) -> AuditFilter {
    func text(_ name: String) -> String? { visit.query(name).map { String($0.prefix(100)) } }
    func day(_ name: String) throws(Refusal) -> Day? {
      guard let typed = text(name) else { return nil }
      guard let day = Day(typed) else { throw .invalid("audit.day", ["typed": .text(typed)]) }
      return day
    }
    return AuditFilter(
      object: text("object"), account: text("account"), action: text("action"), from: try day("from"),
      to: try day("to"), before: visit.number("before", in: .counts).map { Int64($0) }, count: most + 1)
  }

  private static func check(_ visit: Visit) async throws -> Response {
    let (post, named) = (try visit.post, visit.form.text("chain"))
    let chains = try await visit.site.database.read { try AuditStore.chains(for: post.appointment, $0) }
    guard let chain = try chain(named, chains) else { throw Refusal.notFound }
    try await AuditChecks.goOn(
      chain.authority, at: visit.now, by: visit.actor, most: portion, in: visit.site.database)
    return visit.redirect(Endpoint.auditLog.link(query: [("chain", chain.authority.description)]))
  }
}

struct AuditReading {
  let chains: [AuditChainSummary]
  var chain: AuditChainSummary?
  var rows: [AuditLine] = []
  var names = AuditNames()
  var policies: [String: Policy] = [:]
  var check: AuditCheck?
}
