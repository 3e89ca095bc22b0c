extension Endpoint {
  static let root = Endpoint("root", .get, "/", .signedIn)

  static let home: [Endpoint] = [.root]
}
