import Crypto
package import Notation

/// The numbered SQL files that make the schema, each carried out once and in order.
package struct Migration: Sendable {
  let number: Int64
  let name: String
  let sql: String

  var hash: String { SHA256.hash(data: Array(sql.utf8)).hexadecimal }

  /// All of them. A released one is never changed, only followed by another.
  static let all = [
    Migration(number: 1, name: "registry", sql: PackageResources._001_registry_sql),
    Migration(number: 2, name: "people", sql: PackageResources._002_people_sql),
    Migration(number: 3, name: "cycles", sql: PackageResources._003_cycles_sql),
    Migration(number: 4, name: "evidence", sql: PackageResources._004_evidence_sql),
    Migration(number: 5, name: "results", sql: PackageResources._005_results_sql),
    Migration(number: 6, name: "audit", sql: PackageResources._006_audit_sql),
    Migration(number: 7, name: "registry-history", sql: PackageResources._007_registry_history_sql),
    Migration(number: 8, name: "ledgers", sql: PackageResources._008_ledgers_sql),
    Migration(number: 9, name: "formation", sql: PackageResources._009_formation_sql),
    Migration(number: 10, name: "tasks", sql: PackageResources._010_tasks_sql),
    Migration(number: 11, name: "recorded", sql: PackageResources._011_recorded_sql),
    Migration(number: 12, name: "recommendation-papers", sql: PackageResources._012_recommendation_papers_sql),
    Migration(number: 13, name: "links", sql: PackageResources._013_links_sql),
    Migration(number: 14, name: "divisions", sql: PackageResources._014_divisions_sql),
    Migration(number: 15, name: "open-cases", sql: PackageResources._015_open_cases_sql),
    Migration(number: 16, name: "given-numbers", sql: PackageResources._016_given_numbers_sql),
    Migration(number: 17, name: "conferences-off", sql: PackageResources._017_conferences_off_sql),
    Migration(number: 18, name: "memberships-end", sql: PackageResources._018_memberships_end_sql),
    Migration(number: 19, name: "drafts-refusals", sql: PackageResources._019_drafts_refusals_sql),
    Migration(number: 20, name: "coverage-anew", sql: PackageResources._020_coverage_anew_sql),
  ]

  init(number: Int64, name: String, sql: [UInt8]) {
    self.number = number
    self.name = name
    self.sql = String(decoding: sql, as: UTF8.self)
  }

  /// Brings a database up to date. Programs that start at the same time wait for each other; what is done is skipped.
  ///
  /// Throws `DatabaseError.statement` for a database that a newer or a changed program has made.
  package static func bringUpToDate(
    _ session: some Session, at now: Instant, migrations: [Migration]? = nil
  ) throws(DatabaseError) {
    let migrations = migrations ?? all
    do throws(SessionError) {
      while try step(migrations, at: now, on: session) {}
    } catch {
      session.rollback()
      throw error.error
    }
  }

  /// One migration, in a transaction of its own; false where none was left.
  private static func step(
    _ migrations: [Migration], at now: Instant, on session: some Session
  ) throws(SessionError) -> Bool {
    try session.beginMigrating()
    try session.script(
      """
      CREATE TABLE IF NOT EXISTS migration (
        number BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, at BIGINT NOT NULL
      )
      """)
    let done = try session.rows("SELECT number, name, hash FROM migration ORDER BY number", [])
    for (place, row) in done.enumerated() {
      guard let number = try? row.integer("number"), let name = try? row.text("name"), let hash = try? row.text("hash")
      else { throw .refused(.statement("the table of migrations cannot be read")) }
      guard place < migrations.count else {
        throw .refused(.statement("the database is newer than this program: it has had migration \(number) \(name)"))
      }
      guard migrations[place].number == number, migrations[place].hash == hash else {
        throw .refused(
          .statement(
            "migration \(number) \(name) of the database isn't the one this program knows; "
              + "start the program that made this database"))
      }
    }
    guard done.count < migrations.count else {
      try session.commit()
      return false
    }
    let next = migrations[done.count]
    try session.script(next.sql)
    _ = try session.run(
      "INSERT INTO migration (number, name, hash, at) VALUES ($1, $2, $3, $4)",
      [.integer(next.number), .text(next.name), .text(next.hash), .instant(now)])
    try session.commit()
    return true
  }
}
