import Notation
import Policies

/// Room for one item of some thousand groups: what its marks sum to, and where one is absent.
///
/// The loops below hold no branch and no checked arithmetic, so that the compiler makes vector code of them; that none
/// of it overflows follows from the marks' range and is what `Quotient` proves.
struct PanelBlock {
  static let most = 4096

  var count = 0
  private let reviewers: Int
  private let counting: Range<Int>
  private let sorts: Bool
  private let sums: UnsafeMutablePointer<Int32>
  /// All marks of a group joined bit by bit: negative where one is absent.
  private let joined: UnsafeMutablePointer<Int16>
  /// The marks of all reviewers, to be put in order where the middle ones count.
  private let ordered: UnsafeMutablePointer<Int16>

  init(reviewers: Int, counting: Reviewers) {
    self.reviewers = reviewers
    self.counting = counting.counting(of: reviewers)
    sorts = counting.combine != .mean
    sums = .allocate(capacity: PanelBlock.most)
    joined = .allocate(capacity: PanelBlock.most)
    ordered = .allocate(capacity: sorts ? reviewers * PanelBlock.most : 1)
  }

  func free() {
    sums.deallocate()
    joined.deallocate()
    ordered.deallocate()
  }

  /// Sums the marks that count.
  /// - Parameter apart: how far one reviewer's marks stand from the next one's.
  func combine(_ marks: UnsafePointer<Int16>, apart: Int) {
    sums.initialize(repeating: 0, count: count)
    joined.initialize(repeating: 0, count: count)
    guard sorts else {
      for reviewer in 0..<reviewers { sum(marks + reviewer * apart) }
      return
    }
    for reviewer in 0..<reviewers {
      (ordered + reviewer * PanelBlock.most).update(from: marks + reviewer * apart, count: count)
    }
    for reviewer in 0..<reviewers { join(ordered + reviewer * PanelBlock.most) }
    for last in stride(from: reviewers - 1, to: 0, by: -1) {
      for lower in 0..<last { order(ordered + lower * PanelBlock.most, ordered + (lower + 1) * PanelBlock.most) }
    }
    for place in counting { sum(ordered + place * PanelBlock.most) }
  }

  private func sum(_ marks: UnsafePointer<Int16>) {
    for index in 0..<count {
      sums[index] &+= Int32(marks[index])
      joined[index] |= marks[index]
    }
  }

  private func join(_ marks: UnsafePointer<Int16>) {
    for index in 0..<count { joined[index] |= marks[index] }
  }

  /// Puts the smaller of each pair below.
  private func order(_ below: UnsafeMutablePointer<Int16>, _ above: UnsafeMutablePointer<Int16>) {
    for index in 0..<count {
      let (one, two) = (below[index], above[index])
      below[index] = min(one, two)
      above[index] = max(one, two)
    }
  }

  /// Adds the item's scores to the bases; an item with an absent mark adds nothing and is noted.
  func add(_ course: PanelItem.Course, to bases: UnsafeMutablePointer<Int>, absent: UnsafeMutablePointer<Int16>) {
    switch course {
    case .line(let quotient, let most):
      let exceeds = quotient(quotient.most) > most
      if quotient.mode == .halfEven {
        add(to: bases, absent) { min(Int(truncatingIfNeeded: quotient.even($0)), most) }
      } else if exceeds {
        add(to: bases, absent) { min(Int(truncatingIfNeeded: quotient.floor($0)), most) }
      } else {
        add(to: bases, absent) { Int(truncatingIfNeeded: quotient.floor($0)) }
      }
    case .steps(let steps):
      for step in steps {
        let from = UInt32(step.from)
        add(to: bases, absent) { $0 >= from ? step.gain : 0 }
      }
    }
  }

  @inline(__always)
  private func add(
    to bases: UnsafeMutablePointer<Int>, _ absent: UnsafeMutablePointer<Int16>, _ score: (UInt32) -> Int
  ) {
    for index in 0..<count {
      let isAbsent = Int(joined[index] &>> 15)
      bases[index] &+= score(UInt32(bitPattern: sums[index])) & ~isAbsent
      absent[index] |= joined[index]
    }
  }
}
