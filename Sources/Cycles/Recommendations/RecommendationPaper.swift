public import Notation
public import Policies

/// A paper that a recommendation is handed in with (须附), and whether it is there.
public struct RecommendationPaper: Sendable, Hashable {
  /// A name in the stage's `needs`.
  public let id: String
  /// The stage whose handed-in sheet it is, which nobody has to attach; nil: none is, or it is a file.
  public let sheet: String?
  /// How many files are attached as it.
  public let files: Int

  public var isGiven: Bool { sheet != nil || files > 0 }
  /// Whether files are taken as it: a score sheet is the platform's own.
  public var takesFiles: Bool { RecommendationPaper.takesFiles(id) }

  public static func takesFiles(_ id: String) -> Bool { id != "scoresheet" }

  /// The most files of a group at a recommendation, those taken away left out and included, and the most bytes of all
  /// that are there.
  public static let mostFiles = 20
  public static let mostFilesEver = 60
  public static let mostBytes: Int64 = 200 << 20

  /// The papers a recommendation demands of a group, in the policy's order.
  ///
  /// - Parameter files: how many are attached, by the paper's id.
  public static func all(
    of group: GroupProgress, at recommendation: CycleStage, in calendar: CycleCalendar, files: [String: Int]
  ) -> [RecommendationPaper] {
    let stages = calendar.stages.filter { $0.position < recommendation.position && group.sheets[$0.id] != nil }
    return recommendation.needs.map { id in
      let sheet: CycleStage? =
        switch id {
        case "self-report": stages.last { $0.kind == .selfEvaluation }
        case "scoresheet": stages.last { $0.kind == .evaluation }
        default: nil
        }
      return RecommendationPaper(id: id, sheet: sheet?.id, files: files[id] ?? 0)
    }
  }
}

extension Policy {
  /// What a paper of a stage's `needs` is called.
  public func paperTitle(_ id: String) -> Message {
    let title = (root["documents"]?.list ?? []).first { $0["id"]?.text == id }?["title"]?.text
    return title.map { Message("literal", ["text": .text($0)]) } ?? Message("document.\(id)")
  }
}
