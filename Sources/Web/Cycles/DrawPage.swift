import Cycles
import Notation
import People
import Policies
import Storage

/// The draw's page for those who run the cycle and those who take part.
struct DrawPage {
  struct Coming {
    let group: String
    let stage: String
  }

  struct Announcement {
    let action: String
    let source: String
    let digits: String
    let leastDigits: Int
    let mostDigits: Int
    let day: String
    let least: String
    let size: String
    let strata: [DrawView.Stratum]
    let count: String
    let coming: [Coming]
    let hasComing: Bool
    let comingText: String
    let without: Bool
  }

  struct Seeding {
    let action: String
    /// False before the announced day.
    let mayDraw: Bool
    let text: String
    let typed: String
    let longest: Int
    let hint: String
  }

  let head: CycleHead
  let draw: DrawView?
  let publicLink: String
  let announcement: Announcement?
  let seeding: Seeding?
  /// Said where nothing is announced and the viewer can't.
  let isWaiting: Bool

  init(
    _ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, _ stored: StoredDraw?, _ names: DrawNames,
    _ candidates: DrawCandidates?, fault: CycleFault?
  ) {
    let days = CycleDays(visit)
    let runs = visit.runs(cycle) && cycle.confirmedAt == nil
    head = CycleHead(
      visit, cycle, title: visit.text("cycle.tab.draw", ["stage": .text(stage.title)]),
      about: stage.draw.map { [DrawView.words($0, visit)] } ?? [], fault: fault)
    draw = stored.map { DrawView(visit, cycle, stage, $0, names) }
    publicLink = Endpoint.publicDraw.link(cycle.authority, cycle.id, stage.id)
    announcement =
      runs && stored == nil
      ? candidates.map { DrawPage.announcement(visit, cycle, stage, $0) } : nil
    isWaiting = stored == nil && announcement == nil
    guard runs, let stored, stored.drawn == nil else {
      seeding = nil
      return
    }
    let mayDraw = visit.now >= Instant(startOf: stored.day)
    seeding = Seeding(
      action: Endpoint.seedDraw.link(cycle.authority, cycle.id, stage.id), mayDraw: mayDraw,
      text: visit.text(mayDraw ? "draw.seedNow" : "draw.seedLater", ["day": .text(days.day(stored.day))]),
      typed: visit.form.text("seed") ?? "", longest: DrawTerms.longestTyped,
      hint: visit.text("draw.seedHint", ["digits": .count(stored.digits)]))
  }

  private static func announcement(
    _ visit: Visit, _ cycle: StoredCycle, _ stage: CycleStage, _ candidates: DrawCandidates
  ) -> Announcement {
    let forms = Dictionary(cycle.policy.forms.map { ($0.id, $0.name) }) { first, _ in first }
    let strata = (stage.draw.map { candidates.frame.strata($0.size) } ?? []).map {
      DrawView.Stratum(
        name: DrawView.stratumName($0.name, forms, visit), count: String($0.count), drawn: String($0.drawn))
    }
    return Announcement(
      action: Endpoint.announceDraw.link(cycle.authority, cycle.id, stage.id),
      source: visit.form.text("source") ?? "", digits: visit.form.text("digits") ?? "",
      leastDigits: DrawTerms.digits.lowerBound, mostDigits: DrawTerms.digits.upperBound,
      day: visit.form.text("day") ?? "",
      least: visit.now.day.adding(days: 1).text, size: stage.draw.map { DrawView.words($0, visit) } ?? "",
      strata: strata,
      count: visit.text("cycle.groupCount", ["count": .count(candidates.frame.entries.count)]),
      coming: candidates.coming.prefix(50).map { Coming(group: $0.group.participant.name, stage: $0.stage.title) },
      hasComing: !candidates.coming.isEmpty,
      comingText: visit.text("draw.coming", ["count": .count(candidates.coming.count)]),
      without: visit.form.has("without"))
  }
}
