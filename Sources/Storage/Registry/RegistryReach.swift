public import Notation
public import People

/// What of the registry a post may look at: an authority's all that lies within it, a school's the groups it is in.
public struct RegistryReach: Sendable, Hashable {
  public let authority: ID?
  public let school: ID?

  public init(_ post: Viewer.Post) {
    school = post.school
    authority = post.school == nil ? post.authority : nil
  }

  /// Bound as `$1` where the conditions below stand.
  var value: Value { .id(authority ?? school) }

  /// Whether a school (`s`) may be seen: its own, and those that share a group with one's own.
  var seesSchool: String {
    authority == nil
      ? """
      (s.id = $1 OR EXISTS (
        SELECT 1 FROM membership a JOIN membership b ON b.grp = a.grp WHERE a.school = $1 AND b.school = s.id))
      """
      : """
      (EXISTS (SELECT 1 FROM authority_within w WHERE w.upper_id = $1 AND w.lower_id = s.authority)
        OR EXISTS (
          SELECT 1 FROM membership a JOIN school_group g ON g.id = a.grp
          JOIN authority_within w ON w.lower_id = g.authority AND w.upper_id = $1
          WHERE a.school = s.id))
      """
  }

  /// Whether a group (`g`) may be seen: one's own, and those in which a school of one's own is or was.
  var seesGroup: String {
    authority == nil
      ? "EXISTS (SELECT 1 FROM membership a WHERE a.grp = g.id AND a.school = $1)"
      : """
      (EXISTS (SELECT 1 FROM authority_within w WHERE w.upper_id = $1 AND w.lower_id = g.authority)
        OR EXISTS (
          SELECT 1 FROM membership a JOIN school s ON s.id = a.school
          JOIN authority_within w ON w.lower_id = s.authority AND w.upper_id = $1
          WHERE a.grp = g.id))
      """
  }
}
