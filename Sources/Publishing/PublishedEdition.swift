public import Notation
public import Policies

/// A published edition with everything that anybody may know of it.
public struct PublishedEdition: Sendable {
  /// Who publishes, what, of which year.
  public struct Head: Sendable {
    public let publisher: String
    public let authority: ID
    public let cycle: ID
    public let title: String
    /// The calendar year in which the school year ends.
    public let year: Int
    public let number: Int
    public let publishedAt: Instant
    /// The number of the document it was announced by (文号).
    public let document: String?
    /// The hash of the policy's files.
    public let policyHash: String
    /// The hash of all that the results were computed from, which is kept and not public.
    public let recordHash: String
    /// The hash of the file of the edition before; nil for the first.
    public let previous: String?

    public init(
      publisher: String, authority: ID, cycle: ID, title: String, year: Int, number: Int, publishedAt: Instant,
      document: String?, policyHash: String, recordHash: String, previous: String?
    ) {
      self.publisher = publisher
      self.authority = authority
      self.cycle = cycle
      self.title = title
      self.year = year
      self.number = number
      self.publishedAt = publishedAt
      self.document = document
      self.policyHash = policyHash
      self.recordHash = recordHash
      self.previous = previous
    }
  }

  public let head: Head
  public let policy: Policy
  public let disclosure: Disclosure
  public let correction: Correction?
  /// By rank, then in the order of the cycle's groups.
  public let results: [FrozenResult]

  public init(
    head: Head, policy: Policy, disclosure: Disclosure, correction: Correction?, results: [FrozenResult]
  ) {
    self.head = head
    self.policy = policy
    self.disclosure = disclosure
    self.correction = correction
    self.results = FrozenResult.ranked(results).map { disclosure.shown($0) }
  }

  /// Numbers are written with so many places.
  public var places: Int { policy.rounding.places }
}

extension FrozenResult {
  /// By rank, those without one behind.
  public static func ranked(_ results: [FrozenResult]) -> [FrozenResult] {
    results.enumerated().sorted {
      ($0.element.rank ?? .max, $0.offset) < ($1.element.rank ?? .max, $1.offset)
    }.map(\.element)
  }

  func with(vetoes: [String], granted: [String], lines: [Line]) -> FrozenResult {
    FrozenResult(
      group: group, name: name, district: district, form: form, members: members, schools: schools,
      monthsSinceFormed: monthsSinceFormed, isEligible: isEligible, isComplete: isComplete, base: base, bonus: bonus,
      total: total, grade: grade, rank: rank, ranked: ranked, isLast: isLast, rankChange: rankChange,
      granted: granted, pending: [], vetoes: vetoes, stages: stages, lines: lines)
  }
}

extension Disclosure {
  /// The same result without what isn't made public.
  public func shown(_ result: FrozenResult) -> FrozenResult {
    result.with(
      vetoes: vetoes ? result.vetoes : [], granted: result.granted.filter(consequences.contains),
      lines: items && result.isComplete ? result.lines.map { $0.withoutReason } : [])
  }

  /// A correction without what isn't made public; groups of which nothing is left are left out.
  public func shown(_ correction: Correction) -> Correction {
    func kept(_ change: Correction.Change<[String]>, _ isShown: (String) -> Bool) -> Correction.Change<[String]> {
      Correction.Change(old: change.old?.filter(isShown), new: change.new?.filter(isShown))
    }
    return Correction(
      reason: correction.reason,
      groups: correction.groups.map { group in
        Correction.GroupChange(
          group: group.group, name: group.name, items: items ? group.items : [], total: group.total,
          grade: group.grade, rank: group.rank, vetoes: kept(group.vetoes) { _ in vetoes },
          consequences: kept(group.consequences) { consequences.contains($0) })
      }.filter(\.isChange))
  }
}

extension FrozenResult.Line {
  /// Reasons speak of persons and files; they stay inside.
  var withoutReason: FrozenResult.Line {
    FrozenResult.Line(item: item, points: points, score: score, why: "", isBonus: isBonus)
  }
}
