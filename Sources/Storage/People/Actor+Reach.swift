import Notation

extension Actor {
  /// The appointment whose authority bounds what may be changed; null for the program, which is bound by nothing. An
  /// account without a post reaches nothing.
  var reach: Value { account == nil ? .null : .integer(appointment?.number ?? 0) }
}

/// Bounds in SQL: what lies within the authority of the appointment bound as `$n`, all where that is null.
enum ReachSQL {
  static func covers(_ authority: String, by parameter: String) -> String {
    """
    (CAST(\(parameter) AS BIGINT) IS NULL OR \(authority) IN (
      SELECT w.lower_id FROM appointment actor JOIN authority_within w ON w.upper_id = actor.authority
      WHERE actor.id = \(parameter)))
    """
  }
}
