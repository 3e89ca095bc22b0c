import Cycles
import Hummingbird
import Notation
import People
import Policies
import Storage

/// A group in a cycle: its schools, the sheets of all stages side by side, item by item, what has happened.
struct GroupPage {
  struct Stage {
    let title: String
    let link: String?
    let base: String
    let bonus: String
    let total: String
    let grade: String?
    let gradeKind: String
    let chip: String
    let word: String
    let when: String
  }

  struct School {
    let name: String
    let link: String
    let isLead: Bool
    let pupils: String
  }

  struct Score {
    let text: String
    let sheetLink: String?
    let colour: String
  }

  struct Item {
    let number: String
    let title: String
    let link: String
    let points: String
    let scores: [Score]
    let evidence: String
    let beginsPart: String?
  }

  struct Event {
    let when: String
    let title: String
    let detail: String
    let by: String
  }

  let title: String
  let facts: String
  let crumbs: [RatePanel.Link]
  let steps: [StageStep]
  let vetoes: [String]
  let schools: [School]
  let pupilsSum: String
  let stages: [Stage]
  let memberSheets: MemberSheets?
  /// What its recommendation is handed in with.
  let papers: [Papers]
  let stageTitles: [String]
  let items: [Item]
  let sums: [String]
  let evidenceCount: Int
  let evidenceLink: String
  let events: [Event]

  /// The sheets of a stage of members: one for each school.
  struct MemberSheets {
    struct Row {
      let name: String
      let link: String?
      let total: String
      let chip: String
      let word: String
    }

    let title: String
    let rows: [Row]
  }

  struct Papers {
    let title: String
    let link: String
    let lines: [RecommendationPapers.Line]
  }

  static func answer(_ visit: Visit) async throws -> Response {
    let read = try await GroupReading.read(visit)
    let page = GroupPageMaker(visit: visit, post: try visit.post, reading: read).page
    return visit.page("overview/group", page, visit.frame(page.title, current: "cycles"))
  }
}

/// One group with all that its page and its schools' pages show.
struct GroupReading {
  let overview: CycleOverview
  let group: GroupOverview
  let records: GroupRecords
  let events: [GroupEvent]
  let papers: RecommendationPaperStore.Papers

  /// Six statements at most and the session's; not found where the viewer's post doesn't reach the group.
  static func read(_ visit: Visit) async throws -> GroupReading {
    let (authority, id) = (try visit.id("authority"), try visit.id("cycle"))
    let (wanted, post) = (try visit.id("group"), try visit.post)
    let (editions, now) = (visit.site.editions, visit.now)
    let found = try await visit.site.database.read { transaction -> GroupReading? in
      guard let cycle = try CycleStore.cycle(authority: authority, id, editions, transaction) else { return nil }
      let overview = try OverviewStore.overview(
        of: cycle, for: post.appointment, only: wanted, at: now, transaction)
      guard let group = overview.group(wanted) else { return nil }
      return GroupReading(
        overview: overview, group: group,
        records: try GroupRecordStore.records(of: group, open: nil, in: cycle, for: post, transaction),
        events: try GroupEventStore.events(of: wanted, in: cycle, for: post, transaction),
        papers: try cycle.recommendationsWithPapers.isEmpty
          ? RecommendationPaperStore.Papers()
          : RecommendationPaperStore.papers(at: nil, of: cycle, only: wanted, for: post, transaction))
    }
    guard let found else { throw Refusal.notFound }
    return found
  }
}

extension StoredCycle {
  /// Stages at which groups are recommended with papers.
  var recommendationsWithPapers: [CycleStage] { stages.filter { $0.kind == .recommendation && !$0.needs.isEmpty } }
}
