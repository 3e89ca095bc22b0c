/// Who may see which rows of results, in SQL.
enum ResultReach {
  /// Whether the appointment bound as a parameter sees the row `r`: what is published, anybody (also nobody, 0); a draft,
  /// the office that runs the cycle, supervision above it, and of its own group the lead school, from the confirmation
  /// on, where results are objected to before they are published.
  static func visible(to parameter: String) -> String {
    """
    (r.edition > 0
      OR EXISTS (
        SELECT 1 FROM appointment p JOIN authority_within w ON w.upper_id = p.authority
        WHERE p.id = \(parameter) AND w.lower_id = r.authority
          AND (p.role = 'supervisor' OR (p.role = 'office' AND p.authority = r.authority)))
      OR (r.edition = 0
        AND EXISTS (
          SELECT 1 FROM appointment p
          JOIN participant_school m ON m.school = p.school AND m.role = 'lead'
          WHERE p.id = \(parameter) AND p.role = 'lead' AND m.authority = r.authority AND m.cycle = r.cycle
            AND m.grp = r.grp)
        AND NOT EXISTS (
          SELECT 1 FROM edition n WHERE n.authority = r.authority AND n.cycle = r.cycle AND n.number > 0)
        AND EXISTS (
          SELECT 1 FROM stage o
          WHERE o.authority = r.authority AND o.cycle = r.cycle AND o.kind = 'objection' AND NOT EXISTS (
            SELECT 1 FROM stage q
            WHERE q.authority = o.authority AND q.cycle = o.cycle AND q.kind = 'publication'
              AND q.position < o.position))))
    """
  }

  /// The latest published edition of the cycle of the row `r`.
  static let latest = """
    (SELECT max(n.number) FROM edition n WHERE n.authority = r.authority AND n.cycle = r.cycle AND n.number > 0)
    """
}
