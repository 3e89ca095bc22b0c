public import Notation

/// What a school counted in a school year (教育事业统计): for each stage, or for the whole where it isn't told apart.
public struct SchoolYear: Sendable, Hashable {
  public let school: ID
  /// The calendar year in which the school year ends.
  public let year: Int
  public let rows: [Row]

  /// A stage's figures, or the whole school's.
  public struct Row: Sendable, Hashable {
    public let part: Part
    /// Nil where nobody has said.
    public let pupils: Int?
    public let teachers: Int?
    /// What the measures of resource balance are made of, by its name in the standards.
    public let amounts: [Resource: Exact]

    public init(part: Part, pupils: Int?, teachers: Int? = nil, amounts: [Resource: Exact] = [:]) {
      self.part = part
      self.pupils = pupils
      self.teachers = teachers
      self.amounts = amounts
    }
  }

  /// What a row is about.
  public enum Part: String, Sendable, CaseIterable {
    case whole, kindergarten, primary, junior, senior

    public var isCompulsory: Bool { self == .primary || self == .junior }
  }

  /// What is counted beside pupils and teachers, as the yearly statistics name it.
  public enum Resource: String, Sendable, CaseIterable {
    /// 高于规定学历教师 (人), 县级以上骨干教师 (人), 体育、艺术专任教师 (人).
    case qualified, backbone, arts
    /// 教学及辅助用房 (㎡), 体育运动场馆 (㎡), 教学仪器设备值 (元), 网络多媒体教室 (间).
    case rooms, grounds, equipment, multimedia

    /// Whether it counts people or rooms, and so is whole.
    public var isCount: Bool { self == .qualified || self == .backbone || self == .arts || self == .multimedia }
  }

  public init(school: ID, year: Int, rows: [Row]) {
    self.school = school
    self.year = year
    self.rows = rows
  }

  public func row(_ part: Part) -> Row? { rows.first { $0.part == part } }

  /// All pupils: as counted for the whole school, else the sum of its stages; nil where one of them is missing.
  public var pupils: Int? {
    if let whole = row(.whole)?.pupils { return whole }
    let parts = rows.filter { $0.part != .whole }
    guard !parts.isEmpty else { return nil }
    return SchoolYear.sum(parts.map(\.pupils))
  }

  /// Pupils of the compulsory stages: those rows' sum; where the whole school is of these stages, all its pupils.
  public func compulsoryPupils(_ stages: SchoolStages) -> Int? {
    let parts = rows.filter { $0.part.isCompulsory }
    if !parts.isEmpty { return SchoolYear.sum(parts.map(\.pupils)) }
    return stages.isCompulsory && stages.isSubset(of: .compulsory) ? row(.whole)?.pupils : nil
  }

  /// Nil where one is missing, or the sum is more than a number holds.
  static func sum(_ numbers: [Int?]) -> Int? {
    var sum = 0
    for number in numbers {
      guard let number else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(number)
      if overflow { return nil }
      sum = next
    }
    return sum
  }
}

extension Day {
  /// The school year a day lies in, by the calendar year in which it ends; `start` is its first day.
  public func schoolYear(startingOn start: DayOfYear) -> Int {
    (month, day) < (start.month, start.day) ? year : year + 1
  }
}
