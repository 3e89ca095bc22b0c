import Cycles
import Notation
import People
import Policies
import Storage

/// What recommendations are handed in with: which papers are there, and where more are attached.
struct RecommendationPapers: Sendable {
  let found: RecommendationPaperStore.Papers
  /// The group whose papers are asked for.
  let asked: ID?

  private var attached: [ID: [RecommendationPaperStore.Attached]] { found.attached }

  /// A paper that is demanded: there or not, and where.
  struct Line {
    let title: String
    let isGiven: Bool
    let chip: String
    let word: String
    /// That nobody has to attach it.
    let note: String?
    let links: [Link]
  }

  struct Link {
    let title: String
    let link: String
    let isFile: Bool
    let about: String
    let removeLink: String?
  }

  /// One group's papers, with the forms to attach more.
  struct Box {
    let title: String
    let group: String
    let lines: [Line]
    /// What was done just now; nil: nothing.
    let done: String?
    /// Why nothing is attached here or now; nil: it is.
    let closed: String?
    let attach: Attach?
  }

  struct Attach {
    let action: String
    let linkAction: String
    let papers: [Option]
    let accept: String
    let hint: String
    /// Offers the same file to the other groups that lack it; nil: there are none.
    let others: String?
    let takesOthers: Bool
    let pieces: [Option]
  }

  /// One statement, where the policy demands papers.
  static func read(
    of cycle: StoredCycle, at stage: CycleStage, asked: ID?, for post: Viewer.Post, _ transaction: any Transaction
  ) throws -> RecommendationPapers {
    guard !stage.needs.isEmpty else { return RecommendationPapers(found: .init(), asked: nil) }
    return RecommendationPapers(
      found: try RecommendationPaperStore.papers(
        at: stage.id, of: cycle, evidenceOf: cycle.confirmedAt == nil ? asked : nil, for: post, transaction),
      asked: asked)
  }

  /// The papers of a group, one a line.
  ///
  /// - Parameters:
  ///   - mayRemove: whether files may be taken away again.
  ///   - decided: when the group was recommended with what was there; nil: it isn't.
  func lines(
    _ visit: Visit, _ group: GroupOverview, at stage: CycleStage, in cycle: StoredCycle, mayRemove: Bool = false,
    decided: Instant? = nil
  ) -> [Line] {
    let own = (attached[group.id] ?? []).filter { $0.stage == stage.id }
    let papers = RecommendationPaper.all(of: group.progress, at: stage, in: cycle.calendar, attached: own)
    return papers.map { paper in
      let sheet = paper.sheet.flatMap { id in
        group.sheet(id).map { sheet in
          Link(
            title: visit.text("recommend.papers.sheet", ["stage": .text(cycle.stage(id)?.title ?? id)]),
            link: Endpoint.sheet.link(cycle.authority, sheet.id), isFile: false,
            about: sheet.submittedAt.map { visit.moment($0) } ?? "", removeLink: nil)
        }
      }
      let files = own.filter { $0.paper == paper.id }.map { file in
        // What it was recommended with goes once another is in its place.
        let goes = mayRemove && (paper.files > 1 || decided.map { file.at > $0 } ?? true)
        return Link(
          title: file.fileName,
          link: Endpoint.recommendationPaper.link(cycle.authority, cycle.id, stage.id, file.id), isFile: true,
          about: [visit.moment(file.at), file.who, EvidenceRows.size(file.size)].compactMap(\.self)
            .joined(separator: visit.text("frame.between")),
          removeLink: goes
            ? Endpoint.removeRecommendationPaper.link(
              cycle.authority, cycle.id, stage.id, file.id, query: RecommendationPage.place(visit)) : nil)
      }
      return Line(
        title: visit.words.text(cycle.policy.paperTitle(paper.id)), isGiven: paper.isGiven,
        chip: paper.isGiven ? "ok" : "bad",
        word: visit.text(paper.isGiven ? "recommend.papers.given" : "recommend.papers.lacking"),
        note: paper.sheet == nil ? nil : visit.text("recommend.papers.bySystem"),
        links: [sheet].compactMap(\.self) + files
      )
    }
  }

  /// The box of the group that is asked for; nil where none is, or it isn't within reach.
  func box(
    _ visit: Visit, _ post: Viewer.Post, _ overview: CycleOverview, at stage: CycleStage,
    _ standing: RecommendationStore.Standing
  ) -> Box? {
    let cycle = overview.cycle
    guard let group = asked.flatMap({ overview.group($0) }) else { return nil }
    func closed(_ group: GroupOverview) -> Message? {
      RecommendationPaperStore.closed(for: group.id, at: stage, of: cycle, at: visit.now)
    }
    let acts = RecommendationPage.acts(post, at: stage, for: group, in: cycle)
    let why = closed(group)
    let isOpen = acts && why == nil
    let decision = standing.decisions[group.id].flatMap { $0.ended == nil && $0.isRecommended ? $0.at : nil }
    let lines = lines(visit, group, at: stage, in: cycle, mayRemove: isOpen, decided: decision)
    let hasOthers = overview.groups.contains { other in
      other.id != group.id && RecommendationPage.acts(post, at: stage, for: other, in: cycle) && closed(other) == nil
    }
    let files = stage.needs.filter { RecommendationPaper.takesFiles($0) }
    let first = RecommendationPaper.all(
      of: group.progress, at: stage, in: cycle.calendar, attached: attached[group.id] ?? []
    ).first { !$0.isGiven && $0.takesFiles }?.id
    let attach = Attach(
      action: Endpoint.attachRecommendationPapers.link(
        cycle.authority, cycle.id, stage.id,
        query: [("group", group.id.description)] + RecommendationPage.place(visit)),
      linkAction: Endpoint.linkRecommendationPaper.link(
        cycle.authority, cycle.id, stage.id, query: RecommendationPage.place(visit)),
      papers: files.map { id in
        Option(
          value: id, title: visit.words.text(cycle.policy.paperTitle(id)),
          isChosen: id == (visit.form.text("paper") ?? first))
      }, accept: FileKind.endings.map { "." + $0 }.joined(separator: ","), hint: visit.text("evidence.limits"),
      others: hasOthers ? visit.text("recommend.papers.others") : nil, takesOthers: visit.form.has("others"),
      pieces: found.evidence.map { Option(value: $0.id.description, title: $0.title, isChosen: false) })
    let done = visit.query("done").flatMap { done in
      ["attached", "removed"].contains(done) ? visit.text("recommend.papers.done.\(done)") : nil
    }
    return Box(
      title: visit.text("recommend.papers.of", ["group": .text(group.participant.name)]), group: group.id.description,
      lines: lines,
      done: done,
      closed: acts ? why.map { visit.words.text($0) } : nil,
      attach: isOpen && !files.isEmpty ? attach : nil)
  }
}
