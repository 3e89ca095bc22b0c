import Demonstration
import Notation
import People
import Policies
import Registry
import Storage

/// Somebody of the city: an account in one of its posts.
struct FilledPerson: Sendable {
  let login: String
  let viewer: Viewer
  /// The authority that keeps the account.
  let keeper: ID
  let seat: Appointment.Seat
  /// A second post, where there is one: an expert who is also of a school.
  var other: (role: Role, seat: Appointment.Seat)?

  var actor: Actor { Actor(account: viewer.account, appointment: viewer.post?.appointment) }
}

/// Everybody who acts in the filled years, and who of them is presented with a password.
struct FilledPeople: Sendable {
  private(set) var all: [FilledPerson] = []
  private(set) var experts: [FilledPerson] = []
  /// By authority.
  private(set) var offices: [ID: FilledPerson] = [:]
  /// By the lead school; by the member school.
  private(set) var schools: [ID: FilledPerson] = [:]
  /// Those with a password: one for each role, experts enough for a panel.
  private(set) var presented: [FilledPerson] = []

  private let ids: IDMaker
  private let now: Instant

  private let isMadeUp: Bool

  /// - Parameters:
  ///   - shown: the group whose schools and district are presented.
  ///   - isMadeUp: whether people have names and experts posts of their own; else accounts are called by their seats.
  init(
    _ registry: FilledRegistry, panel: Int, shown: FilledGroup, isMadeUp: Bool, ids: IDMaker, at now: Instant
  ) {
    self.isMadeUp = isMadeUp
    self.ids = ids
    self.now = now
    let root = registry.root
    let ordered = [root] + registry.authorities.dropFirst().sorted { first, _ in first.id == shown.group.authority }
    for (place, authority) in ordered.enumerated() {
      let login = place == 0 ? "city" : FilledPeople.login("district", place)
      offices[authority.id] = add(login, .office, .authority(authority.id), at: authority, presented: place < 2)
    }
    let groups = [shown] + registry.groups.filter { $0.id != shown.id }
    var members = 0
    for (place, group) in groups.enumerated() {
      let authority = registry.authority(group.group.authority)
      if schools[group.lead.id] == nil {
        schools[group.lead.id] = add(
          FilledPeople.login("lead", place + 1), .lead, .school(group.lead.id), at: authority, of: group.lead,
          presented: place == 0)
      }
      for member in group.members where schools[member.id] == nil {
        members += 1
        schools[member.id] = add(
          FilledPeople.login("member", members), .member, .school(member.id), at: authority, of: member,
          presented: members == 1)
      }
    }
    for number in 1...max(panel, isMadeUp ? max(panel * 3, registry.groups.count * panel / 12) : 1) {
      var expert = make("expert\(number)", .expert, .authority(root.id), at: root, of: nil)
      // Every third teaches at a school: such a person may not evaluate its group.
      if isMadeUp, number % 3 == 0, let school = registry.groups[(number * 5) % registry.groups.count].members.first {
        expert.other = (.member, .school(school.id))
      }
      experts.append(expert)
      all.append(expert)
      if number <= panel { presented.append(expert) }
    }
    for (login, role) in [
      ("thirdparty", Role.thirdParty), ("supervisor", .supervisor), ("system", .system), ("security", .security),
      ("audit", .audit),
    ] {
      _ = add(login, role, .authority(root.id), at: root, presented: true)
    }
  }

  private static func login(_ word: String, _ number: Int) -> String { number == 1 ? word : "\(word)\(number)" }

  private mutating func add(
    _ login: String, _ role: Role, _ seat: Appointment.Seat, at authority: Authority, of school: School? = nil,
    presented isPresented: Bool
  ) -> FilledPerson {
    let person = make(login, role, seat, at: authority, of: school)
    all.append(person)
    if isPresented { presented.append(person) }
    return person
  }

  private func make(
    _ login: String, _ role: Role, _ seat: Appointment.Seat, at authority: Authority, of school: School?
  ) -> FilledPerson {
    let post = Viewer.Post(
      appointment: ids.next(at: now), role: role, authority: authority.id, authorityName: authority.name,
      level: authority.level.rawValue, school: school?.id, schoolName: school?.name)
    return FilledPerson(
      login: login,
      viewer: Viewer(
        account: ids.next(at: now), name: isMadeUp ? FilledPeople.name(all.count) : seatName(post), post: post,
        language: "zh-CN"),
      keeper: authority.id, seat: seat)
  }

  /// A person's place where nobody's name is known.
  private func seatName(_ post: Viewer.Post) -> String {
    let role = Words.made("demo.role.\(post.role.rawValue)")
    guard post.role != .expert else { return "\(role) \(experts.count + 1)" }
    return Words.made("demo.seat", ["place": .text(post.schoolName ?? post.authorityName), "role": .text(role)])
  }

  /// Made-up names, each another one for the first few hundred.
  static func name(_ number: Int) -> String {
    let family = Words.made("demo.families").split(separator: " ").map(String.init)
    let given = Words.made("demo.given").split(separator: " ").map(String.init)
    return family[number * 7 % family.count] + given[(number + number / given.count * 3) % given.count]
  }

  /// Writes accounts and posts down; secrets come later.
  func keep(since day: Day, at now: Instant, _ transaction: any Transaction) throws {
    let (accounts, posts) = (AccountStore(transaction), AppointmentStore(transaction))
    for person in all {
      guard let post = person.viewer.post else { continue }
      try accounts.create(
        Account(
          id: person.viewer.account, login: person.login, name: person.viewer.name, authority: person.keeper,
          createdAt: now), by: .program, at: now)
      try posts.appoint(
        Appointment(
          id: post.appointment, account: person.viewer.account, role: post.role, seat: person.seat, since: day,
          until: nil), by: .program, at: now)
      guard let other = person.other else { continue }
      // A day later: a session begins in the post held longest.
      try posts.appoint(
        Appointment(
          id: ids.next(at: now), account: person.viewer.account, role: other.role, seat: other.seat,
          since: day.adding(days: 1), until: nil), by: .program, at: now)
    }
  }

  /// Who acts for a group at a stage, where an office does; nil where it is the schools' or nobody's.
  func evaluator(of actor: Stage.Actor, for group: FilledGroup, root: ID) -> FilledPerson? {
    switch actor {
    case .district: offices[group.group.authority]
    case .leadAuthority: offices[group.lead.authority]
    case .city, .province: offices[root]
    case .lead: schools[group.lead.id]
    case .member, .thirdParty: nil
    }
  }
}
