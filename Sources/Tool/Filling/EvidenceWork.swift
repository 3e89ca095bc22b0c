import Cycles
import Demonstration
import Notation
import People
import Policies
import Registry
import Scoring
import Storage

/// Files that show what some groups did: small ones, made here.
struct EvidenceWork: Sendable {
  let run: CourseRun

  /// So many groups show something, so many pieces each.
  static let groups = 10
  static let pieces = 6

  private struct Piece: Sendable {
    let draft: EvidenceDraft
    let plan: EvidencePlan
    let person: FilledPerson
    let at: Instant
  }

  func add(from first: Day, to last: Day) async throws {
    let filling = run.filling
    var pieces: [Piece] = []
    let groups = [filling.shown.id] + run.course.returned + run.course.inTime
    for (place, id) in groups.prefix(Self.groups).enumerated() {
      guard let group = filling.group(id), let person = filling.people.schools[group.lead.id] else { continue }
      var chance = run.chance(6, place)
      let plan = EvidencePlan(
        filling.city.policy,
        for: group.participant(filling.registry).facts(
          year: run.cycle.year, policy: filling.city.policy
        ).context)
      let asked = plan.rows.flatMap { row in
        row.entries.map { (EvidencePlace(item: row.item.id, entry: $0.id), $0.title) }
      }
      for (number, (place, title)) in asked.prefix(Self.pieces).enumerated() {
        let isPicture = number % 3 == 2
        let lines = [
          group.group.name, title,
          Words.made("demo.schoolYear", ["year": .text("\(run.cycle.year - 1)—\(run.cycle.year)")]),
        ]
        let bytes = isPicture ? SamplePicture.png(seed: chance.next()) : SamplePDF.bytes(lines: lines)
        let intake = try await EvidenceIntake(name: "\(title).\(isPicture ? "png" : "pdf")", into: filling.files)
        try await intake.write(bytes)
        let kept = try await intake.keep()
        pieces.append(
          Piece(
            draft: EvidenceDraft(
              authority: run.cycle.authority, cycle: run.cycle.id, group: group.id, fileName: intake.name,
              file: kept.file, kind: kept.kind, places: [place]), plan: plan, person: person,
            at: filling.moment(between: first, and: last, &chance)))
      }
    }
    let ordered = pieces.sorted { $0.at < $1.at }
    try await filling.database.write { transaction in
      for piece in ordered {
        guard let post = piece.person.viewer.post else { continue }
        _ = try EvidenceStore.add(
          piece.draft, plan: piece.plan, id: filling.ids.next(at: filling.now), for: post, at: piece.at,
          by: piece.person.actor, transaction)
      }
    }
  }
}
