extension Endpoint {
  static let messages = Endpoint("messages", .get, "/messages", .signedIn)
  static let readMessages = Endpoint("readMessages", .post, "/messages/read", .signedIn)
  static let setMailbox = Endpoint("setMailbox", .post, "/messages/mailbox", .signedIn)
  static let makeCalendar = Endpoint("makeCalendar", .post, "/messages/calendars", .signedIn)
  static let revokeCalendar = Endpoint("revokeCalendar", .post, "/messages/calendars/:id/revocation", .signedIn)
  /// The address holds the calendar's secret: programs that subscribe sign in nowhere.
  static let calendar = Endpoint("calendar", .get, "/calendar/:token", .everyone, kind: .file, isSecret: true)

  static let messageRoom: [Endpoint] = [
    .messages, .readMessages, .setMailbox, .makeCalendar, .revokeCalendar, .calendar,
  ]
}
