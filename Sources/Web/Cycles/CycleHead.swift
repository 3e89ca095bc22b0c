import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// What stands above every page of a cycle: where one is, its other pages, what went wrong.
struct CycleHead {
  struct Tab {
    let title: String
    let link: String
    let isCurrent: Bool
  }

  let listLink: String
  let cycleTitle: String
  let cycleLink: String
  /// Nil on the cycle's first page.
  let subtitle: String?
  let title: String
  let about: [String]
  let tabs: [Tab]
  let dashboardLink: String
  let problems: [String]
  /// Said where nothing may be changed any more.
  let closed: String?

  init(
    _ visit: Visit, _ cycle: StoredCycle, title: String?, about: [String] = [], fault: CycleFault? = nil,
    saysClosed: Bool = true
  ) {
    listLink = Endpoint.cycleList.link()
    cycleTitle = cycle.title
    cycleLink = Endpoint.cycle.link(cycle.authority, cycle.id)
    subtitle = title
    self.title = title ?? cycle.title
    self.about = about
    dashboardLink = Endpoint.root.link(query: [("cycle", "\(cycle.authority)-\(cycle.id)")])
    problems = (fault?.messages ?? []).map { visit.words.text($0) }
    closed =
      saysClosed
      ? cycle.confirmedAt.map { visit.text("cycle.confirmed", ["day": .text(CycleDays(visit).day($0.day))]) } : nil
    let path = visit.request.uri.path
    tabs = CycleHead.links(visit, cycle).map { Tab(title: $0.title, link: $0.link, isCurrent: $0.link == path) }
  }

  /// The cycle's pages that the viewer has a use for, in the order of its stages.
  private static func links(_ visit: Visit, _ cycle: StoredCycle) -> [(title: String, link: String)] {
    let role = visit.viewer?.post?.role
    func link(_ endpoint: Endpoint, _ stage: CycleStage) -> String {
      endpoint.link(cycle.authority, cycle.id, stage.id)
    }
    var links = [(visit.text("cycle.tab.overview"), Endpoint.cycle.link(cycle.authority, cycle.id))]
    for stage in cycle.stages {
      switch stage.kind {
      case .recommendation: links.append((stage.short, link(.recommendation, stage)))
      case .report: links.append((stage.short, link(.report, stage)))
      case .members: if role?.may(.readSheet) == true { links.append((stage.short, link(.memberSheets, stage))) }
      case .evaluation:
        let title = Message.Part.text(stage.short)
        if stage.draw != nil { links.append((visit.text("cycle.tab.draw", ["stage": title]), link(.draw, stage))) }
        if role?.may(.assignExperts) == true {
          let key = stage.experts == nil ? "cycle.tab.panel.optional" : "cycle.tab.panel"
          links.append((visit.text(key, ["stage": title]), link(.panel, stage)))
        }
      case .selfEvaluation, .objection, .publication: break
      }
    }
    if !cycle.policy.vetoes.isEmpty, role != .thirdParty {
      links.append((visit.text("cycle.tab.vetoes"), Endpoint.vetoes.link(cycle.authority, cycle.id)))
    }
    let key = (cycle.authority, cycle.id)
    if visit.runs(cycle) {
      links.append((visit.text("results.confirmation"), Endpoint.confirmation.link(key.0, key.1)))
    }
    links.append((visit.text("results.list"), Endpoint.results.link(key.0, key.1)))
    if visit.runs(cycle) || role == .lead || role == .supervisor {
      links.append((visit.text("results.objections"), Endpoint.objections.link(key.0, key.1)))
    }
    if visit.runs(cycle) { links.append((visit.text("results.publication"), Endpoint.publication.link(key.0, key.1))) }
    return links
  }
}

/// Days as the pages of a cycle write them.
struct CycleDays {
  let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  func day(_ day: Day) -> String { visit.day(day) }

  func moment(_ instant: Instant) -> String { visit.moment(instant) }

  func left(_ days: Int) -> String { visit.left(days) }

  /// A class for a day so many days away.
  func colour(_ days: Int) -> String { DueWords.colour(days) }
}

/// Who did something and when: `李明 10月31日 14:32`.
extension CycleDays {
  func who(_ name: String?, _ at: Instant) -> String {
    [name ?? visit.text("cycle.program"), moment(at)].joined(separator: " ")
  }
}
