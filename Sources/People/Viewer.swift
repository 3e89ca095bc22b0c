public import Notation

/// Who is asking, in which of their posts: what a session or a token stands for.
public struct Viewer: Sendable, Hashable {
  public let account: ID
  public let name: String
  /// Nil for an account without a post in force: it may do nothing but sign out and change its password.
  public let post: Post?
  public let language: String

  /// An appointment in force.
  public struct Post: Sendable, Hashable {
    public let appointment: ID
    public let role: Role
    /// The authority of the post; for a school's post, the one the school answers to.
    public let authority: ID
    public let authorityName: String
    /// The level of that authority: province, city, district.
    public let level: String
    /// The authority's code, where it was asked for.
    public let authorityCode: String?
    public let school: ID?
    public let schoolName: String?

    public init(
      appointment: ID, role: Role, authority: ID, authorityName: String, level: String, school: ID?,
      schoolName: String?, authorityCode: String? = nil
    ) {
      self.appointment = appointment
      self.role = role
      self.authority = authority
      self.authorityName = authorityName
      self.level = level
      self.authorityCode = authorityCode
      self.school = school
      self.schoolName = schoolName
    }
  }

  public init(account: ID, name: String, post: Post?, language: String) {
    self.account = account
    self.name = name
    self.post = post
    self.language = language
  }
}
