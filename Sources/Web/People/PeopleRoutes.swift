/// Accounts, posts and the ways into them.
enum PeopleRoutes {
  static func add(to table: inout RouteTable) {
    OwnAccountRoutes.add(to: &table)
    OwnTokenRoutes.add(to: &table)
    InvitationRoutes.add(to: &table)
    AccountListRoutes.add(to: &table)
    KeptAccountRoutes.add(to: &table)
    PostRoutes.add(to: &table)
    PeopleBookRoutes.add(to: &table)
    LinksBookRoutes.add(to: &table)
  }
}
