import Documents
import Formations
import HTTPTypes
import Hummingbird
import Notation
import People
import Storage
import Tasks

/// What one was told, where mail goes, and calendars to subscribe to.
enum MessageRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.messages) { try await show($0) }
    table.on(.readMessages) { visit in
      let (account, now) = (try visit.account, visit.now)
      let until = visit.form.number("until", in: .versions).map { Int64($0) }.map { Instant(milliseconds: $0) } ?? now
      try await visit.site.database.write {
        try MessageStore.read(until: until, of: account, at: now, $0)
      }
      return visit.redirect(Endpoint.messages.link())
    }
    table.on(.setMailbox) { visit in
      let (account, now, actor, address) = (try visit.account, visit.now, visit.actor, visit.form.text("address"))
      let fault = try await visit.attempt {
        try MessageStore.setMailbox(address, of: account, at: now, by: actor, $0)
      }
      if let fault { return try await show(visit, problems: fault.messages, status: fault.status) }
      return visit.redirect(Endpoint.messages.link())
    }
    table.on(.makeCalendar) { visit in
      let (account, now, actor, id, post) = (
        try visit.account, visit.now, visit.actor, visit.site.newID(visit.now), try visit.post
      )
      var random = SystemRandomNumberGenerator()
      let token = Token(from: &random)
      try await visit.site.database.write {
        try CalendarStore.create(
          token, id: id, account: account, appointment: post.appointment, by: actor, at: now, $0)
      }
      // The answer to the form itself: only the secret's hash is kept, no later page could show it.
      return try await show(visit, made: Endpoint.calendar.link(token.text))
    }
    table.on(.revokeCalendar) { visit in
      let (id, account, now, actor) = (try visit.id("id"), try visit.account, visit.now, visit.actor)
      let isRevoked = try await visit.site.database.write {
        try CalendarStore.revoke(id, of: account, by: actor, at: now, $0)
      }
      guard isRevoked else { throw Refusal.notFound }
      return visit.redirect(Endpoint.messages.link())
    }
    table.on(.calendar) { try await CalendarFile.answer($0) }
  }

  private static func show(
    _ visit: Visit, made: String? = nil, problems: [Message] = [], status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let account = try visit.account
    let found = try await visit.site.database.read { transaction in
      (
        list: try MessageStore.list(of: account, transaction),
        mailbox: try MessageStore.mailbox(of: account, transaction),
        feeds: try CalendarStore.list(of: account, transaction)
      )
    }
    let page = MessagesPage(
      visit, found.list.messages, unread: found.list.unread, mailbox: found.mailbox, feeds: found.feeds, made: made,
      problems: problems)
    return visit.page("messages/list", page, visit.frame(page.title), status: status)
  }
}

struct MessagesPage {
  struct Row {
    let at: String
    let title: String
    let text: String
    let link: String?
    let isNew: Bool
  }

  struct Feed {
    let made: String
    let link: String
  }

  let title: String
  let unread: String?
  let rows: [Row]
  let hasRows: Bool
  let readLink: String
  let until: String
  let mailboxLink: String
  let address: String
  let feeds: [Feed]
  let hasFeeds: Bool
  let makeLink: String
  let mayMake: Bool
  let made: String?
  let problems: [String]

  init(
    _ visit: Visit, _ messages: [StoredMessage], unread: Int, mailbox: String?, feeds: [CalendarFeed], made: String?,
    problems: [Message]
  ) {
    let days = CycleDays(visit)
    title = visit.text("messages.title")
    self.unread = unread > 0 ? visit.text("messages.unread", ["count": .count(unread)]) : nil
    rows = messages.map {
      Row(at: days.moment($0.at), title: $0.title, text: $0.text, link: $0.link, isNew: !$0.isRead)
    }
    hasRows = !rows.isEmpty
    readLink = Endpoint.readMessages.link()
    until = String(messages.first?.at.milliseconds ?? 0)
    mailboxLink = Endpoint.setMailbox.link()
    address = visit.form.text("address") ?? mailbox ?? ""
    self.feeds = feeds.map { Feed(made: days.moment($0.createdAt), link: Endpoint.revokeCalendar.link($0.id)) }
    hasFeeds = !feeds.isEmpty
    makeLink = Endpoint.makeCalendar.link()
    mayMake = visit.viewer?.post != nil
    self.made = made.map { visit.origin + $0 }
    self.problems = problems.map { visit.words.text($0) }
  }
}
