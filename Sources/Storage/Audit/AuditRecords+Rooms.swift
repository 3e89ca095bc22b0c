import Notation

extension AuditRecords {
  /// Registry, records, formation and tasks of an authority held against the chain, a portion at a time.
  static func rooms(
    of authority: ID, in database: some Database, portion: Int, most: Int
  ) async throws -> [AuditDiscrepancy] {
    var found = try await database.read { transaction in
      try RegistryRecords.unsaid(of: authority, most: mostUnsaid, transaction)
        + KeptDigest.all.flatMap { try $0.unsaid(of: authority, most: mostUnsaid, transaction) }
        + SpokenRecords.unsaid(of: authority, most: mostUnsaid, transaction)
    }
    found += try await walk(in: database, most: most) { last, transaction in
      let objects = try RegistryRecords.objects(of: authority, after: last, most: portion, transaction)
      return (objects.last, try RegistryRecords(objects, authority: authority, transaction).discrepancies)
    }
    for digest in KeptDigest.all {
      found += try await walk(in: database, most: most) { last, transaction in
        try digest.discrepancies(of: authority, after: last, most: portion, transaction)
      }
    }
    found += try await walk(in: database, most: most) { last, transaction in
      try SpokenRecords.discrepancies(of: authority, after: last, most: portion, transaction)
    }
    // Records by the thousand: few groups at a time.
    found += try await walk(in: database, most: most) { last, transaction in
      let groups = try LedgerRecords.groups(
        of: authority, after: ID(last) ?? ID(0), most: min(portion, 10), transaction)
      let all = try groups.flatMap { try LedgerRecords($0, authority: authority, transaction).discrepancies }
      return (groups.last?.description, all)
    }
    return found
  }

  /// From one object to the next until there is none, or enough was found.
  private static func walk(
    in database: some Database, most: Int,
    _ step: @escaping @Sendable (String, any Transaction) throws -> (last: String?, found: [AuditDiscrepancy])
  ) async throws -> [AuditDiscrepancy] {
    var found: [AuditDiscrepancy] = []
    var last = ""
    while found.count < most {
      let from = last
      let (end, more) = try await database.read { try step(from, $0) }
      found += more
      guard let end else { break }
      last = end
    }
    return found
  }
}
