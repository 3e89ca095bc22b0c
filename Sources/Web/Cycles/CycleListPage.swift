import Notation
import People
import Storage

/// The cycles the viewer has to do with.
struct CycleListPage {
  struct Row {
    let title: String
    let link: String
    let authority: String
    let year: String
    let chip: String
    let state: String
  }

  let rows: [Row]
  let isEmpty: Bool
  /// Nil where the viewer opens none.
  let newLink: String?

  init(_ visit: Visit, _ cycles: [CycleSummary]) {
    rows = cycles.map { cycle in
      let state = cycle.published != nil ? "published" : cycle.isConfirmed ? "confirmed" : "running"
      return Row(
        title: cycle.title, link: Endpoint.cycle.link(cycle.authority, cycle.id), authority: cycle.authorityName,
        year: visit.text(
          "date.schoolYear", ["from": .text(String(cycle.year - 1)), "to": .text(String(cycle.year))]),
        chip: state == "running" ? "info" : state == "confirmed" ? "ok" : "", state: visit.text("cycle.state.\(state)"))
    }
    isEmpty = rows.isEmpty
    newLink = visit.viewer?.post?.role.may(.openCycle) == true ? Endpoint.newCycle.link() : nil
  }
}
