import Documents
import Hummingbird
import Notation
import People
import Storage

/// The one-time links of new accounts, shown this once; the workbook of them is made while the page is open.
struct LinksPage {
  struct Row {
    let login: String
    let name: String
    let unit: String
    let address: String
  }

  let rows: [Row]
  let count: String
  let until: String
  let tokens: String
  let book = Endpoint.linksBook.link()
  let back = Endpoint.accounts.link()

  static func answer(_ visit: Visit, _ issued: [IssuedInvitation]) -> Response {
    let page = LinksPage(
      rows: issued.map {
        Row(login: $0.login, name: $0.name, unit: $0.unit, address: visit.origin + Links.invitation($0.token))
      }, count: visit.text("accounts.count", ["count": .count(issued.count)]),
      until: issued.first.map { visit.dated($0.endsAt) } ?? "",
      tokens: issued.map { "\($0.token.text)\t\($0.unit)" }.joined(separator: "\n"))
    return visit.page(
      "people/links", page, visit.frame(visit.text("accounts.links.title"), current: "accounts"))
  }
}

enum LinksBookRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.linksBook) { visit in
      // The school a person works at stands nowhere before they are appointed: the page brings its name back.
      var units: [Token: String] = [:]
      var tokens: [Token] = []
      for line in (visit.form.text("tokens") ?? "").split(whereSeparator: \.isNewline).prefix(PlanText.mostRows) {
        let parts = line.split(separator: "\t", maxSplits: 1)
        guard let token = parts.first.flatMap({ Token($0) }) else { continue }
        tokens.append(token)
        if parts.count > 1 { units[token] = String(parts[1].prefix(200)) }
      }
      let asked = tokens
      let (actor, now) = (visit.actor, visit.now)
      let issued = try await visit.site.database.read {
        try InvitationStore($0).issued(asked, by: actor, at: now)
      }
      guard !issued.isEmpty else { throw Refusal.invalid("accounts.links.none") }
      let links = issued.map {
        InvitationLink(
          login: $0.login, name: $0.name, unit: units[$0.token] ?? $0.unit,
          address: visit.origin + Links.invitation($0.token),
          endsAt: $0.endsAt)
      }
      let words = visit.words
      return try await visit.workbook(named: visit.text("people.links.title")) { (path) throws(WorkbookTrouble) in
        try LinksBook(catalogue: words).write(links, to: path)
      }
    }
  }
}
