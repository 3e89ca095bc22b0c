public import Notation

/// What is missing in a group's year now, school by school.
public struct YearGaps: Sendable {
  /// A document the policy asks for that a school hasn't got.
  public struct Document: Sendable, Hashable {
    public let school: LedgerSchool
    public let document: AskedDocument
    /// Of several a year, how many there are.
    public let found: Int
    public let expected: Int
    /// What it has to say and doesn't.
    public let contents: [AskedDocument.Content]
  }

  /// How a kind stands with a keeper.
  public struct Kept: Sendable, Hashable {
    public let kind: LedgerKind
    /// Nil: the lead school for the group.
    public let school: ID?
    public let rows: Int
    public let isClosed: Bool
    public let autumnIsClosed: Bool
  }

  public let documents: [Document]
  public let kept: [Kept]

  public init(_ year: GroupYear) {
    documents = year.asked.filter { $0.isRequired && $0.isOwed }.flatMap { asked in
      asked.owners(among: year.schools).compactMap { owner in
        let copies = year.counting("documents").filter {
          $0.school == owner.id && asked.holds($0, in: year.days)
        }
        let said = Set(copies.flatMap { $0.words("contents") })
        let silent = copies.isEmpty ? [] : asked.contents.filter { !said.contains($0.id) }
        let found = AskedDocument.issues(copies)
        guard found < asked.perYear || !silent.isEmpty else { return nil }
        return Document(
          school: owner, document: asked, found: found, expected: asked.perYear, contents: silent)
      }
    }
    kept = LedgerKinds.all.flatMap { kind in
      year.keepers(of: kind).map { keeper in
        Kept(
          kind: kind, school: keeper,
          rows: year.records(kind.id).count { $0.school == keeper && $0.overlaps(year.days.first, year.days.last) },
          isClosed: year.isClosed(kind.id, by: keeper, nil), autumnIsClosed: year.isClosed(kind.id, by: keeper, .autumn)
        )
      }
    }
  }
}
