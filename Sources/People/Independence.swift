public import Notation

/// Nobody evaluates their own school or group.
public enum Independence {
  public enum Obstacle: Sendable, Hashable {
    /// The person holds a post in a school of the group.
    case school(ID)
    /// The person holds a post in a school, or at the authority itself, of the group's district.
    case district(ID)
  }

  /// Why a person mustn't evaluate a group; nil where nothing stands against it. A school of the group makes the whole
  /// group the person's own.
  ///
  /// `held` are all posts of the account; those in force on any day of the cycle count, the expert's own post doesn't.
  /// `districtOf` gives the authority each school answers to.
  public static func obstacle(
    _ held: [Appointment], during cycle: ClosedRange<Day>, schools: Set<ID>, district: ID, districtOf: [ID: ID],
    avoidsDistrict: Bool
  ) -> Obstacle? {
    let counting = held.filter { post in
      post.role != .expert && post.since <= cycle.upperBound && (post.until.map { cycle.lowerBound < $0 } ?? true)
    }
    var found: Obstacle?
    for post in counting {
      switch post.seat {
      case .school(let school):
        if schools.contains(school) { return .school(school) }
        if avoidsDistrict, districtOf[school] == district { found = .district(district) }
      case .authority(let authority):
        if avoidsDistrict, authority == district { found = .district(district) }
      }
    }
    return found
  }
}
