extension Endpoint {
  static let health = Endpoint("health", .get, "/healthz", .everyone, kind: .file)
  static let metrics = Endpoint("metrics", .get, "/metrics", .everyone, kind: .file)
  static let asset = Endpoint("asset", .get, "/assets/:hash/**", .everyone, kind: .file)

  static let operations: [Endpoint] = [.health, .metrics, .asset]
}
