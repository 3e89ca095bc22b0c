import People

extension Endpoint {
  // One's own account.
  static let account = Endpoint("account", .get, "/account", .signedIn)
  static let choosePost = Endpoint("choosePost", .post, "/account/post", .signedIn)
  static let chooseLanguage = Endpoint("chooseLanguage", .post, "/account/language", .signedIn)
  static let changePassword = Endpoint("changePassword", .post, "/account/password", .signedIn)
  static let signOutEverywhere = Endpoint("signOutEverywhere", .post, "/account/sessions/end", .signedIn)
  static let makeToken = Endpoint("makeToken", .post, "/account/tokens", .signedIn)
  static let revokeToken = Endpoint("revokeToken", .post, "/account/tokens/:id/revocation", .signedIn)

  // The address holds the one-time token.
  static let invitation = Endpoint("invitation", .get, "/invitation/:token", .everyone, isSecret: true)
  static let takeUpInvitation = Endpoint("takeUpInvitation", .post, "/invitation/:token", .everyone, isSecret: true)

  // Accounts, for system administrators.
  static let accounts = Endpoint("accounts", .get, "/accounts", .may(.keepAccounts))
  static let addAccount = Endpoint("addAccount", .post, "/accounts", .may(.keepAccounts))
  static let keptAccount = Endpoint("keptAccount", .get, "/accounts/:account", .may(.keepAccounts))
  static let renameAccount = Endpoint("renameAccount", .post, "/accounts/:account/name", .may(.keepAccounts))
  static let issueLink = Endpoint("issueLink", .post, "/accounts/:account/link", .may(.keepAccounts))
  static let closeAccount = Endpoint("closeAccount", .post, "/accounts/:account/closure", .may(.keepAccounts))
  static let reopenAccount = Endpoint("reopenAccount", .post, "/accounts/:account/reopening", .may(.keepAccounts))
  static let accountImport = Endpoint("accountImport", .get, "/accounts/import", .may(.keepAccounts))
  /// `?with=all` brings the rows there are.
  static let accountBook = Endpoint(
    "accountBook", .get, "/accounts/import/workbook", .may(.keepAccounts), kind: .file)
  static let previewAccounts = Endpoint(
    "previewAccounts", .post, "/accounts/import/preview", .may(.keepAccounts), takesFiles: true)
  static let importAccounts = Endpoint("importAccounts", .post, "/accounts/import", .may(.keepAccounts))
  /// The workbook of links just issued: the form brings their tokens, as only hashes are kept.
  static let linksBook = Endpoint("linksBook", .post, "/accounts/import/links", .may(.keepAccounts), kind: .file)

  // Posts, for security administrators.
  static let posts = Endpoint("posts", .get, "/posts", .may(.keepRoles))
  static let appoint = Endpoint("appoint", .post, "/posts", .may(.keepRoles))
  static let heldPost = Endpoint("heldPost", .get, "/posts/:post", .may(.keepRoles))
  static let endPost = Endpoint("endPost", .post, "/posts/:post/end", .may(.keepRoles))
  /// New links to accounts in use wait for the security administrator.
  static let allowLink = Endpoint("allowLink", .post, "/posts/links/:account/permission", .may(.keepRoles))
  static let refuseLink = Endpoint("refuseLink", .post, "/posts/links/:account/refusal", .may(.keepRoles))
  static let postImport = Endpoint("postImport", .get, "/posts/import", .may(.keepRoles))
  static let postBook = Endpoint("postBook", .get, "/posts/import/workbook", .may(.keepRoles), kind: .file)
  static let previewPosts = Endpoint(
    "previewPosts", .post, "/posts/import/preview", .may(.keepRoles), takesFiles: true)
  static let importPosts = Endpoint("importPosts", .post, "/posts/import", .may(.keepRoles))

  static let people: [Endpoint] = [
    .account, .choosePost, .chooseLanguage, .changePassword, .signOutEverywhere, .makeToken, .revokeToken, .invitation,
    .takeUpInvitation, .accountImport, .accountBook, .previewAccounts, .importAccounts, .linksBook, .accounts,
    .addAccount, .keptAccount, .renameAccount, .issueLink, .closeAccount, .reopenAccount, .postImport, .postBook,
    .previewPosts, .importPosts, .posts, .appoint, .heldPost, .endPost, .allowLink, .refuseLink,
  ]
}
