extension Endpoint {
  static let signIn = Endpoint("signIn", .get, "/sign-in", .everyone)
  static let startSession = Endpoint("startSession", .post, "/sign-in", .everyone)
  static let endSession = Endpoint("endSession", .post, "/sign-out", .signedIn)

  static let session: [Endpoint] = [.signIn, .startSession, .endSession]
}
