import Ledgers
import Notation
import Policies
import Storage

/// A group's school year: each kind of records with who has kept it, the documents still missing, what can't be right.
struct LedgerYearPage {
  struct Kind {
    let title: String
    let link: String
    let count: Int
    let keepers: String
    let state: String
    let stateKind: String
    /// Who hasn't said that it is complete.
    let open: String
  }

  struct Document {
    let school: String
    let title: String
    let what: String
    let link: String
  }

  struct Finding {
    let mark: String
    let markKind: String
    let title: String
    let what: String
    let why: String
    let remedy: String
    let links: [Link]
  }

  struct Link {
    let title: String
    let link: String
  }

  let title: String
  let subtitle: String
  let years: [LedgerGroupsPage.Year]
  let metricsLink: String
  let kinds: [Kind]
  let documents: [Document]
  let documentsTitle: String
  let findings: [Finding]
  let findingsTitle: String
  let policy: String?

  init(_ visit: Visit, _ at: LedgerVisit) {
    let words = visit.words
    let (group, year) = (at.ground.group, at.ground.days.year)
    title = at.ground.name
    subtitle = words.text(
      "ledgers.subtitle",
      [
        "year": .text(words.schoolYear(year)), "authority": .text(at.ground.authorityName),
        "schools": .count(at.year.present.count),
      ])
    let current = SchoolYearDays.year(of: visit.now.day, policy: at.ground.policy)
    years = LedgerGroupsPage.years(year, current).map {
      LedgerGroupsPage.Year(
        title: words.schoolYear($0), link: Endpoint.ledgerYear.link(group, $0), isCurrent: $0 == year)
    }
    metricsLink = Endpoint.ledgerMetrics.link(group, year)
    policy = at.ground.policy?.title
    let gaps = YearGaps(at.year)
    kinds = LedgerKinds.all.map { kind in
      let kept = gaps.kept.filter { $0.kind == kind }
      let open = kept.filter { !$0.isClosed }
      return Kind(
        title: words.text(kind.title), link: Endpoint.ledger.link(group, year, kind.id),
        count: at.year.records(kind.id).count,
        keepers: words.text("ledgers.keeper.\(kind.keeper.rawValue)"),
        state: words.text(
          open.isEmpty ? "ledgers.state.closed" : "ledgers.state.open",
          ["closed": .count(kept.count - open.count), "all": .count(kept.count)]),
        stateKind: open.isEmpty ? "ok" : open.count == kept.count ? "line" : "warn",
        open: open.count == kept.count
          ? "" : open.map { at.keeper($0.school, words) }.joined(separator: words.text("list.separator")))
    }
    let documentLink = Endpoint.ledger.link(group, year, "documents")
    documents = gaps.documents.map { gap in
      Document(
        school: gap.school.name, title: gap.document.title, what: LedgerYearPage.what(gap, words), link: documentLink)
    }
    documentsTitle = words.text("ledgers.documents.count", ["count": .count(documents.count)])
    let scope = CheckScope(
      year: at.year, teachers: at.teachers,
      evidenceYears: at.pieces.mapValues(\.year), today: visit.now.day)
    let records = Dictionary(at.year.allRecords.map { ($0.id, $0) }) { first, _ in first }
    let checks = Dictionary(LedgerChecks.all.map { ($0.id, $0) }) { first, _ in first }
    findings = LedgerCheck.findings(in: scope).prefix(200).compactMap { finding in
      guard let check = checks[finding.check] else { return nil }
      return Finding(
        mark: words.text("ledgers.severity.\(finding.severity.rawValue)"),
        markKind: finding.severity == .error ? "bad" : "warn", title: words.text(check.title),
        what: words.text(finding.what), why: words.text(check.why), remedy: words.text(check.remedy),
        links: finding.rows.prefix(6).compactMap { row in
          guard let record = records[row], let kind = LedgerKinds.byID[record.kind] else { return nil }
          return Link(
            title: "\(words.text(kind.title)) \(at.text(record, words).line(record, kind: kind))",
            link: Endpoint.ledger.link(group, year, kind.id, query: [("record", row.description)]))
        })
    }
    findingsTitle = words.text("ledgers.findings.count", ["count": .count(findings.count)])
  }

  private static func what(_ gap: YearGaps.Document, _ words: Catalogue) -> String {
    guard gap.contents.isEmpty else {
      return words.text("ledgers.document.contents", ["contents": .names(gap.contents.map(\.title))])
    }
    return gap.expected > 1
      ? words.text("ledgers.document.some", ["found": .count(gap.found), "expected": .count(gap.expected)])
      : words.text("ledgers.document.none")
  }
}
