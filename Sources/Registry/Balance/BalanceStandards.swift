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

  /// 教督〔2017〕6号, from `Balance/standards.txt`.
  public static let national = BalanceStandards(String(decoding: PackageResources.standards_txt, as: UTF8.self))

  /// Lines of `word values…`; `#` begins a remark. A test holds the file against the document.
  init(_ text: String) {
    var (id, source) = ("", "")
    var measures: [Measure] = []
    var (need, tolerance, least) = (0, Exact.one, 0)
    var (variation, weights): ([SchoolYear.Part: Exact], [SchoolYear.Part: Exact]) = ([:], [:])
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      let numbers = words.map { Exact(decimal: $0) }
      switch (words[0], words.count) {
      case ("id", 2): id = words[1]
      case ("source", _): source = words.dropFirst().joined(separator: " ")
      case ("need", 2): need = numbers[1]?.integer ?? 0
      case ("tolerance", 2): tolerance = numbers[1] ?? .one
      case ("least-pupils", 2): least = numbers[1]?.integer ?? 0
      case ("variation", 3): if let part = SchoolYear.Part(rawValue: words[1]) { variation[part] = numbers[2] }
      case ("weight", 3): if let part = SchoolYear.Part(rawValue: words[1]) { weights[part] = numbers[2] }
      case ("measure", 5):
        guard let resource = SchoolYear.Resource(rawValue: words[1]), let per = numbers[2] else { continue }
        var standards: [SchoolYear.Part: Exact] = [:]
        standards[.primary] = numbers[3]
        standards[.junior] = numbers[4]
        measures.append(Measure(resource: resource, per: per, standards: standards))
      default: continue
      }
    }
    self.id = id
    self.source = source
    self.measures = measures
    self.need = need
    self.tolerance = tolerance
    leastPupils = least
    self.variation = variation
    self.weights = weights
  }

  /// The stages that have standards, in their order.
  public var parts: [SchoolYear.Part] {
    SchoolYear.Part.allCases.filter { part in measures.contains { $0.standards[part] != nil } }
  }
}
