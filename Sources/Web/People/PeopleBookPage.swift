import Notation
import People

/// Accounts or posts from a workbook: what it would change, before anything is stored.
struct PeopleBookPage {
  struct Row {
    let line: Int
    let login: String
    let name: String
    let role: String
    let seat: String
    let days: String
    let state: String
    let stateKind: String
    let change: String
  }

  let title: String
  let back: String
  let backTitle: String
  let hint: String
  let template: String
  let filled: String
  let preview: String
  let accept: String
  let problems: [String]
  let isPreview: Bool
  let rows: [Row]
  let count: String
  let data: String
  let seal: String
}

extension PeopleBookPage {
  init(_ visit: Visit, _ room: PeopleBook, plan: AccountsPlan? = nil, problems: [String] = []) {
    title = visit.text(room.title)
    back = room.list.link()
    backTitle = visit.text(room.listTitle)
    hint = visit.text(room.hint, ["most": .count(PlanText.mostRows)])
    template = room.book.link()
    filled = room.book.link(query: [("with", "all")])
    preview = room.preview.link()
    accept = room.accept.link()
    self.problems = problems
    isPreview = plan != nil
    let lines = plan?.lines ?? []
    rows = lines.filter { $0.state != .unchanged }.map { line in
      Row(
        line: line.row.place(.login).line, login: line.row.login.text, name: line.row.name,
        role: visit.text(line.row.role.title), seat: line.unit.name, days: visit.days(line.row.since, line.row.until),
        state: visit.text("people.import.state.\(line.state.rawValue)"),
        stateKind: line.state == .new ? "info" : "warn",
        change: Self.words(visit, line))
    }
    count = visit.text(
      "peopleImport.count",
      [
        "new": .count(plan?.count(.new) ?? 0), "changed": .count(plan?.count(.changed) ?? 0),
        "unchanged": .count(plan?.count(.unchanged) ?? 0),
      ])
    data = rows.isEmpty ? "" : PlanText.text(plan?.rows ?? [])
    seal = plan.map { PlanText.seal($0) } ?? ""
  }

  /// What a row would change, in words.
  private static func words(_ visit: Visit, _ line: AccountsPlan.Line) -> String {
    var words: [String] = []
    switch line.account {
    case .new: words.append(visit.text("peopleImport.account.new"))
    case .renamed(_, let from): words.append(visit.text("peopleImport.account.renamed", ["from": .text(from)]))
    case .sameAsAbove, .unchanged: break
    }
    switch line.appointment {
    case .new: words.append(visit.text("peopleImport.post.new"))
    case .ends(_, let from):
      words.append(
        from.map { visit.text("peopleImport.post.ends", ["last": .text($0.adding(days: -1).text)]) }
          ?? visit.text("peopleImport.post.endsOpen"))
    case .left, .unchanged: break
    }
    return visit.list(words)
  }
}

/// Which of the two hands in the workbook: who keeps the accounts, or who hands out the posts (三员分立).
struct PeopleBook: Sendable {
  let power: Power
  let list: Endpoint
  let page: Endpoint
  let book: Endpoint
  let preview: Endpoint
  let accept: Endpoint
  let word: String
  var title: String { "peopleImport.\(word).title" }
  var listTitle: String { "\(word).title" }
  var hint: String { "peopleImport.\(word).hint" }

  static let accounts = PeopleBook(
    power: .keepAccounts, list: .accounts, page: .accountImport, book: .accountBook, preview: .previewAccounts,
    accept: .importAccounts, word: "accounts")
  static let posts = PeopleBook(
    power: .keepRoles, list: .posts, page: .postImport, book: .postBook, preview: .previewPosts, accept: .importPosts,
    word: "posts")
}
