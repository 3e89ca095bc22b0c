import Cycles
import Notation
import People
import Policies
import Storage

/// 提醒: what somebody should look at, the gravest first.
struct Alert {
  let kind: String
  let word: String
  /// What it is about, as a link; nil where the sentence says it.
  let name: String?
  let link: String?
  let text: String

  static let mostShown = 10
}

struct AlertMaker {
  let visit: Visit
  let overview: CycleOverview
  let scope: AreaScope
  /// Said before each where several years run.
  let year: String?

  /// Those of all years that run, the gravest first whatever their year.
  static func all(_ visit: Visit, _ years: RunningYears, area: ID?, post: Viewer.Post) -> [Alert] {
    let makers = years.overviews.compactMap { overview in
      AreaScope(visit, overview, area: area, post: post).map { scope in
        AlertMaker(visit: visit, overview: overview, scope: scope, year: years.name(of: overview, visit.words))
      }
    }
    let running = makers.filter { $0.cycle.confirmedAt == nil }
    // What is confirmed has no days any more; what may still be answered does.
    var all: [Alert] = makers.flatMap { $0.vetoes }
    all += running.flatMap { $0.overdue }
    all += running.flatMap { $0.returned }
    all += running.flatMap { $0.spreads }
    all += running.flatMap { $0.missing }
    all += makers.flatMap { $0.objections }
    return all
  }

  private var cycle: StoredCycle { overview.cycle }

  private func alert(
    _ kind: String, _ word: String, _ key: String, _ parts: [String: Message.Part], name: String? = nil,
    link: String? = nil
  ) -> Alert {
    let text = visit.text("overview.alert.\(key)", parts)
    return Alert(
      kind: kind, word: visit.text("overview.alert.\(word)"), name: name, link: link,
      text: year.map { visit.inYear($0, text) } ?? text)
  }

  private var vetoes: [Alert] {
    scope.groups.flatMap { group in
      group.vetoes.map { veto in
        let title = cycle.policy.vetoes.first { $0.id == veto.veto }?.title ?? veto.veto
        return alert(
          "bad", "veto", "veto.text", ["title": .text(title), "reason": .text(veto.reason)],
          name: group.participant.name, link: Way.group(cycle, group.id))
      }
    }
  }

  /// By stage and part: who is behind is asked as a whole.
  private var overdue: [Alert] {
    cycle.stages.filter(\.isCounted).flatMap { stage in
      scope.parts.compactMap { part -> Alert? in
        let late = part.groups.filter { group in
          let isHere = group.turn.stage?.id == stage.id || group.turn.missed.contains { $0.id == stage.id }
          return isHere && cycle.calendar.isOver(stage.id, group: group.id, at: visit.now)
        }
        guard !late.isEmpty else { return nil }
        let days = late.compactMap { cycle.calendar.daysLeft(stage.id, group: $0.id, at: visit.now) }.min() ?? 0
        return alert(
          "bad", "overdue", "overdue.text",
          ["count": .count(late.count), "stage": .text(stage.title), "days": .count(-days)], name: part.name,
          link: Way.list(cycle, [("area", part.id.description), ("stage", stage.id), ("state", "missing")]))
      }
    }
  }

  private var returned: [Alert] {
    scope.groups.flatMap { group in
      group.sheets.compactMap { sheet -> Alert? in
        guard sheet.returnedAt != nil, let stage = cycle.stage(sheet.stage) else { return nil }
        return alert(
          "bad", "returned", "returned.text",
          ["stage": .text(stage.title), "reason": .text(sheet.returnReason ?? "")], name: group.participant.name,
          link: Way.sheet(cycle.authority, sheet.id))
      }
    }
  }

  private var spreads: [Alert] {
    scope.groups.flatMap { group in
      group.progress.secondLooks.sorted { $0.key < $1.key }.compactMap { id, count -> Alert? in
        guard count > 0, let stage = cycle.stage(id) else { return nil }
        let link = group.sheet(id).map { Way.sheet(cycle.authority, $0.id) } ?? Way.group(cycle, group.id)
        return alert(
          "warn", "spread", "spread.text", ["stage": .text(stage.title), "count": .count(count)],
          name: group.participant.name, link: link)
      }
    }
  }

  /// Sheets handed in with items that can't be scored, by stage.
  private var missing: [Alert] {
    cycle.stages.filter(\.hasGroupSheet).compactMap { stage in
      let incomplete = scope.groups.filter { $0.sheet(stage.id)?.isComplete == false }
      guard !incomplete.isEmpty else { return nil }
      return alert(
        "warn", "missing", "missing.text", ["count": .count(incomplete.count), "stage": .text(stage.title)],
        link: Way.list(cycle, [("area", scope.area?.id.description), ("stage", stage.id), ("state", "incomplete")]))
    }
  }

  private var objections: [Alert] {
    scope.groups.compactMap { group in
      guard group.progress.objections > 0 else { return nil }
      return alert(
        "warn", "objection", "objection.text", ["count": .count(group.progress.objections)],
        name: group.participant.name, link: Way.group(cycle, group.id))
    }
  }
}
