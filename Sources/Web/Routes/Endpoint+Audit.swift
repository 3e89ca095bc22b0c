import People

extension Endpoint {
  static let auditLog = Endpoint("audit", .get, "/audit", .may(.readAudit))
  /// Goes through a chain, a portion at a time.
  static let checkAudit = Endpoint("checkAudit", .post, "/audit", .may(.readAudit))

  static let audits: [Endpoint] = [.auditLog, .checkAudit]
}
