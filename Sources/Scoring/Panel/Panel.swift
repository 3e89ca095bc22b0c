public import Notation
import Policies

/// The marks of many groups: for every group and item one mark of each reviewer, 0–100 percent, exact to a fixed number
/// of places. A mark may be absent; an absent mark is never read as zero.
///
/// Two bytes a mark. All groups are of one form; ranks are among them.
public struct Panel: Sendable {
  /// The groups' ids, each once.
  public let groups: [String]
  /// The items' ids, each once.
  public let items: [String]
  /// How many reviewers mark each item.
  public let reviewers: Int
  /// Decimals of a mark, at most `mostPlaces`.
  public let places: Int
  /// The form of all these groups.
  public let form: String?
  /// The calendar year in which the school year ends.
  public let year: Int
  /// The vetoes found, by the group's position.
  public var vetoes: [Int: [String]] = [:]
  /// In units of the last place, `absent` where there is none: item by item, reviewer by reviewer, a row of all groups.
  var marks: [Int16]

  public static let mostPlaces = 2
  public static let absent: Int16 = -1

  /// A panel without marks, to be filled by `record`.
  public init(
    year: Int, form: String? = nil, groups: [String], items: [String], reviewers: Int, places: Int = 2
  ) throws(PanelRefusal) {
    let count = groups.count * items.count * reviewers
    try self.init(
      year: year, form: form, groups: groups, items: items, reviewers: reviewers, places: places,
      marks: Array(repeating: Panel.absent, count: count))
  }

  /// - Parameter marks: units of the last place or `absent`; by item, then reviewer, then group.
  ///
  /// Throws where there are too few or too many, or one is neither absent nor 0–100 percent.
  public init(
    year: Int, form: String? = nil, groups: [String], items: [String], reviewers: Int, places: Int = 2,
    marks: [Int16]
  ) throws(PanelRefusal) {
    guard (0...Panel.mostPlaces).contains(places) else {
      throw PanelRefusal("places", ["places": .count(places), "most": .count(Panel.mostPlaces)])
    }
    guard Set(groups).count == groups.count, Set(items).count == items.count else { throw PanelRefusal("twice") }
    let count = groups.count * items.count * reviewers
    guard marks.count == count else {
      throw PanelRefusal("marks", ["expected": .count(count), "found": .count(marks.count)])
    }
    self.year = year
    self.form = form
    self.groups = groups
    self.items = items
    self.reviewers = reviewers
    self.places = places
    self.marks = marks
    try checkRange()
  }

  /// How many units make one percent.
  var scale: Int { (0..<places).reduce(1) { scale, _ in scale * 10 } }

  /// A mark of 100 percent, in units.
  var full: Int { 100 * scale }
}

/// Why marks aren't scored in bulk. Nothing is approximated: what can't be exact is refused and scored sheet by sheet.
public struct PanelRefusal: Error, Sendable, Hashable {
  public let message: Message

  /// A fault of the policy itself, met on the way.
  public init(message: Message) { self.message = message }

  public init(_ key: String, _ parts: [String: Message.Part] = [:]) { message = Message("panel.\(key)", parts) }
}
