import Notation
import Storage

/// The audit log: is the chain intact, and what was done, row by row in words.
struct AuditPage {
  struct Option {
    let value: String
    let title: String
    let isChosen: Bool
  }

  struct Row {
    let number: String
    let when: String
    let who: String
    let login: String
    let action: String
    let object: String
    let objectLink: String
    let details: [String]
    let address: String
    let hash: String
  }

  let chains: [Option]
  let hasChains: Bool
  let chain: String
  let count: String
  let verdict: String
  let verdictClass: String
  let checkTitle: String
  let action: String
  let rows: [Row]
  let hasRows: Bool
  let object: String
  let account: String
  let actions: [Option]
  let from: String
  let to: String
  let newest: String?
  let older: String?

  init(_ visit: Visit, _ reading: AuditReading, _ filter: AuditFilter) {
    let chain = reading.chain?.authority.description ?? ""
    let shown = reading.rows.prefix(AuditRoutes.most)
    chains = reading.chains.map {
      Option(
        value: $0.authority.description, title: $0.name ?? visit.text("audit.chain.program"),
        isChosen: $0.authority == reading.chain?.authority)
    }
    hasChains = !chains.isEmpty
    self.chain = chain
    count = visit.text("audit.count", ["count": .text(String(reading.chain?.number ?? 0))])
    (verdict, verdictClass) = AuditPage.verdict(visit, reading.check)
    checkTitle = visit.text(reading.check.map { $0.isFinished } ?? true ? "audit.check" : "audit.check.goOn")
    action = Endpoint.auditLog.link()
    let query: [(String, String?)] = [
      ("chain", chain), ("account", filter.account), ("action", filter.action), ("from", filter.from?.text),
      ("to", filter.to?.text),
    ]
    let words = AuditWords(words: visit.words, names: reading.names, policies: reading.policies)
    rows = shown.map { line in
      Row(
        number: String(line.number), when: LocalTime(line.at).text,
        who: line.who ?? visit.text("audit.program"), login: line.login ?? "", action: words.action(line.action),
        object: words.object(line.object),
        objectLink: Endpoint.auditLog.link(query: query + [("object", line.object)]), details: words.details(line),
        address: line.address ?? "", hash: line.hash)
    }
    hasRows = !rows.isEmpty
    object = filter.object ?? ""
    account = filter.account ?? ""
    actions = words.actions.map {
      Option(value: $0, title: words.action($0), isChosen: $0 == filter.action)
    }.sorted { $0.title < $1.title }
    from = filter.from?.text ?? ""
    to = filter.to?.text ?? ""
    let whole = query + [("object", filter.object)]
    newest = filter.before == nil ? nil : Endpoint.auditLog.link(query: whole)
    older =
      reading.rows.count > shown.count
      ? shown.last.map { Endpoint.auditLog.link(query: whole + [("before", String($0.number))]) } : nil
  }

  private static func verdict(_ visit: Visit, _ check: AuditCheck?) -> (String, String) {
    guard let check else { return (visit.text("audit.verdict.none"), "warn") }
    let parts: [String: Message.Part] = [
      "good": .text(String(check.good)), "last": .text(String(check.last)), "next": .text(String(check.good + 1)),
      "when": .text(LocalTime(check.finishedAt ?? check.at).text),
      "who": .text(check.who ?? visit.text("audit.program")),
    ]
    guard check.isFinished else { return (visit.text("audit.verdict.running", parts), "warn") }
    guard let fault = check.fault else { return (visit.text("audit.verdict.good", parts), "") }
    return (visit.text("audit.verdict.\(fault.rawValue)", parts), "bad")
  }
}
