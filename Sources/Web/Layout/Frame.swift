/// What stands around every page (mockups, «Page frame»).
struct Frame {
  struct Entry {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  let language: String
  let title: String
  /// The main navigation of the role.
  var entries: [Entry] = []
  /// Role and authority of who is signed in; nil where nobody is.
  var role: String?
  var account: String?
  /// How many things wait for the viewer; nil: none, or nobody has counted.
  var tasks: Int? { didSet { if tasks == 0 { tasks = nil } } }
  /// How many messages the viewer hasn't read; nil: none.
  var unread: Int? { didSet { if unread == 0 { unread = nil } } }
  /// Where a search goes; nil for those who may look at nothing.
  var searchLink: String?
  /// What every form carries.
  var csrf: String?
  /// Whether the page is public: other bar, narrower.
  var isPublic = false
  /// The authority that publishes, on pages.
  var publisher: String?
  /// Classes of the body.
  var bodyClass = ""
  var accountLink = Endpoint.account.link()
  var messagesLink = Endpoint.messages.link()
  var signOutLink = Endpoint.endSession.link()
  var homeLink = Endpoint.root.link()
}
