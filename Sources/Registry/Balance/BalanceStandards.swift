public import Notation

/// What the resources of schools are held against (义务教育优质均衡), as data: measures, standards, tolerances, ratios.
public struct BalanceStandards: Sendable, Hashable {
  /// A measure: a resource for so many pupils, and its standard at each stage.
  public struct Measure: Sendable, Hashable {
    public let resource: SchoolYear.Resource
    /// For how many pupils: 1 or 100.
    public let per: Exact
    public let standards: [SchoolYear.Part: Exact]
  }

  public let id: String
  public let source: String
  public let measures: [Measure]
  /// So many measures must be met…
  public let need: Int
  /// …and each of the others reach this share of its standard, unrounded.
  public let tolerance: Exact
  /// 教学点 with fewer pupils are left out.
  public let leastPupils: Int
  /// The greatest coefficient of variation of each measure among schools.
  public let variation: [SchoolYear.Part: Exact]
  /// What a pupil of a stage weighs when a combined school's resources are divided.
  public let weights: [SchoolYear.Part: Exact]

  /// The stages that have standards, in their order.
  public var parts: [SchoolYear.Part] {
    SchoolYear.Part.allCases.filter { part in measures.contains { $0.standards[part] != nil } }
  }
}
