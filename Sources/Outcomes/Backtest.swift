public import Notation
import Policies
import Scoring

/// What a new policy would have made of facts already known: whose score, grade, rank and consequences move, and by
/// which items.
public struct Backtest: Sendable {
  public struct Move: Sendable {
    public let old: GroupResult?
    public let new: GroupResult
    /// Items whose score differs, in the new policy's order: id, title, score before and now.
    public let items: [ItemMove]

    public var movesGrade: Bool { old?.grade != new.grade }
    public var movesRank: Bool { old?.rank != new.rank }
    public var movesTotal: Bool { old?.card.total != new.card.total }
    public var movesConsequences: Bool { old?.granted != new.granted || old?.pending != new.pending }
    public var moves: Bool { movesGrade || movesRank || movesTotal || movesConsequences || !items.isEmpty }
  }

  public struct ItemMove: Sendable {
    public let id: String
    public let title: String
    public let before: Exact?
    public let now: Exact?
  }

  /// Every group and year, in the order of the facts.
  public let moves: [Move]

  /// - Parameters:
  ///   - old: the results under the policy in force.
  ///   - new: the results of the same facts under the new one.
  public init(old: Results, new: Results) {
    let before = Dictionary(old.all.map { (Key(year: $0.year, group: $0.id), $0) }) { first, _ in first }
    moves = new.all.map { result in
      let earlier = before[Key(year: result.year, group: result.id)]
      return Move(old: earlier, new: result, items: Backtest.items(earlier, result))
    }
  }

  private struct Key: Hashable {
    let year: Int
    let group: String
  }

  private static func items(_ old: GroupResult?, _ new: GroupResult) -> [ItemMove] {
    let oldLines = (old?.card.lines ?? []) + (old?.card.bonusLines ?? [])
    var rest = Dictionary(oldLines.map { ($0.item.id, $0) }) { first, _ in first }
    var moves: [ItemMove] = []
    for line in new.card.lines + new.card.bonusLines {
      let before = rest.removeValue(forKey: line.item.was ?? line.item.id)?.score
      if before != line.score {
        moves.append(ItemMove(id: line.item.id, title: line.item.title, before: before, now: line.score))
      }
    }
    for line in oldLines where rest[line.item.id] != nil {
      moves.append(ItemMove(id: line.item.id, title: line.item.title, before: line.score, now: nil))
    }
    return moves
  }
}
