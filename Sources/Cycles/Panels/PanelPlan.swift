public import Notation

/// Who evaluates which group: balanced, avoiding what must be avoided, the same for the same seed.
public struct PanelPlan: Sendable {
  public struct Expert: Sendable, Hashable {
    /// The appointment.
    public let id: ID
    /// The schools the person belongs to by any of their posts.
    public let schools: Set<ID>
    /// The authorities those schools answer to, and those the person works for.
    public let districts: Set<ID>

    public init(id: ID, schools: Set<ID>, districts: Set<ID>) {
      self.id = id
      self.schools = schools
      self.districts = districts
    }
  }

  public struct Group: Sendable, Hashable {
    public let id: ID
    public let schools: Set<ID>
    public let district: ID

    public init(id: ID, schools: Set<ID>, district: ID) {
      self.id = id
      self.schools = schools
      self.district = district
    }
  }

  public struct Assignment: Sendable, Hashable {
    public let group: ID
    public let expert: ID

    public init(group: ID, expert: ID) {
      self.group = group
      self.expert = expert
    }
  }

  /// A group with fewer experts than wanted, and why.
  public struct Unfilled: Sendable, Hashable {
    public let group: ID
    public let lacking: Int
    /// Experts who may not: of a school of the group; of its district.
    public let ofOwnSchool: Int
    public let ofOwnDistrict: Int

    public init(group: ID, lacking: Int, ofOwnSchool: Int, ofOwnDistrict: Int) {
      self.group = group
      self.lacking = lacking
      self.ofOwnSchool = ofOwnSchool
      self.ofOwnDistrict = ofOwnDistrict
    }
  }

  /// Those that were there before included, group by group in the order given.
  public let assignments: [Assignment]
  /// Only those to be stored.
  public let added: [Assignment]
  public let unfilled: [Unfilled]
  /// Of those that were there before: experts who should not evaluate the group.
  public let conflicts: [Assignment]
}
