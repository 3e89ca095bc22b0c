public import Notation
public import Policies
import Registry

/// Under which policy an authority forms groups and keeps its tasks.
public enum FormationPolicyStore {
  public struct InForce: Sendable {
    /// Whose policy it is: the authority itself or one above.
    public let authority: ID
    public let authorityName: String
    public let edition: String
    public let policy: Policy

    /// Whether its document says how groups are formed.
    public var formsGroups: Bool { policy.root["formation"] != nil }
  }

  /// The policy that holds for an authority or a school's authority: what the highest authority at or above it set last;
  /// where none set any, that of the latest cycle of the nearest that has one. Nil: there is none.
  public static func inForce(
    for authority: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> InForce? {
    guard
      let row = try transaction.row(
        """
        SELECT x.authority, a.name, x.edition
        FROM (
          SELECT authority, edition, at, 1 AS chosen FROM formation_policy
          UNION ALL
          SELECT authority, edition, opened_at, 0 FROM cycle
        ) x
        JOIN authority_within w ON w.upper_id = x.authority AND w.lower_id = $1
        JOIN authority a ON a.id = x.authority
        JOIN (SELECT lower_id, count(*) AS depth FROM authority_within GROUP BY lower_id) u ON u.lower_id = x.authority
        ORDER BY x.chosen DESC, CASE x.chosen WHEN 1 THEN u.depth ELSE -u.depth END, x.at DESC
        LIMIT 1
        """, [.id(authority)])
    else { return nil }
    let edition = try row.text("edition")
    return InForce(
      authority: try row.id("authority"), authorityName: try row.text("name"), edition: edition,
      policy: try editions.policy(edition, transaction))
  }

  /// What binds an authority from above in forming groups; nil where it may choose itself.
  public static func inForce(
    above authority: ID, _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> InForce? {
    guard
      let parent = try transaction.row("SELECT parent FROM authority WHERE id = $1", [.id(authority)])?
        .optionalID("parent")
    else { return nil }
    return try inForce(for: parent, editions, transaction).flatMap { $0.formsGroups ? $0 : nil }
  }

  /// What rows of the registry may name under the policies that authorities form groups and evaluate under, and which forms
  /// the policies before these had. One statement, and one for each policy not yet read.
  static func terms(
    _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws -> [ID: RegistryTerms.InForce] {
    var found: [ID: RegistryTerms.InForce] = [:]
    var (seen, earlier): (Set<String>, Set<String>) = ([], [])
    for row in try transaction.rows(
      """
      SELECT authority, edition, 1 AS chosen, at FROM formation_policy
      UNION ALL SELECT authority, edition, 0, opened_at FROM cycle
      ORDER BY 1, 3, 4 DESC
      """)
    {
      let authority = try row.id("authority")
      let edition = try row.text("edition")
      var own = found[authority] ?? RegistryTerms.InForce()
      defer { found[authority] = own }
      // Of those set and of those opened the last. Earlier ones say what things were called.
      guard seen.insert("\(authority)/\(try row.int("chosen"))").inserted else {
        guard earlier.insert("\(authority)/\(edition)").inserted else { continue }
        for form in (try? editions.policy(edition, transaction))?.forms ?? [] { own.formerForms[form.id] = form.name }
        continue
      }
      let policy = try editions.policy(edition, transaction)
      for form in policy.forms { own.forms[form.id] = form.name }
      own.areas.merge(policy.areaTitles) { first, _ in first }
      for area in Target.read(policy.root["targets"]).compactMap(\.area) where own.areas[area] == nil {
        own.areas[area] = area
      }
    }
    return found
  }

  /// Sets the policy of an office's own authority from now on.
  ///
  /// Throws `CycleFault` where the appointment is no office's, or what an authority above has set, or evaluates under,
  /// says how groups are formed: that holds below it.
  public static func set(
    _ files: PolicyEditions.Files, title: String, for appointment: ID, at now: Instant, by actor: Actor,
    _ editions: PolicyEditions, _ transaction: any Transaction
  ) throws {
    let authority = try CycleStore.opens(appointment, transaction)
    if let above = try inForce(above: authority, editions, transaction) {
      throw CycleFault.conflict("formation.fault.policyAbove", ["name": .text(above.authorityName)])
    }
    let edition = try PolicyEditions.keep(files, title: title, at: now, transaction)
    try transaction.run(
      """
      INSERT INTO formation_policy (authority, at, edition, by_account) VALUES ($1, $2, $3, $4)
      ON CONFLICT (authority, at) DO UPDATE SET edition = excluded.edition, by_account = excluded.by_account
      """, [.id(authority), .instant(now), .text(edition), .id(actor.account)])
    transaction.record(
      AuditEntry(
        authority: authority, at: now, actor: actor, action: "formation.policySet", object: "authority/\(authority)",
        after: title))
  }
}
