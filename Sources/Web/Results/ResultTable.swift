import Notation
import Policies
import Publishing
import Storage

/// A page of results with its filters, which live in the address.
struct ResultTable {
  struct Option {
    let value: String
    let title: String
    let isChosen: Bool
  }

  struct GradeCount {
    let name: String
    let count: Int
    let look: String
  }

  let rows: [ResultRow]
  let hasRows: Bool
  let grades: [GradeCount]
  let districts: [Option]
  let forms: [Option]
  let gradeOptions: [Option]
  let name: String
  /// «第 1—20 个，共 42 个».
  let pager: PagingLinks
  /// Where the filter's form goes.
  let action: String
  let isFiltered: Bool

  /// Rows a page.
  static let most = 20

  init(
    _ visit: Visit, _ list: ResultList, _ facets: ResultFacets, _ filter: ResultFilter, _ words: ResultWords,
    rows: [ResultRow],
    link: ([(String, String?)]) -> String
  ) {
    let catalogue = words.words
    self.rows = rows
    hasRows = !rows.isEmpty
    let known = words.policy.grading?.grades.map(\.name) ?? []
    let counts = known.map { ($0, facets.count(grade: $0)) }.filter { $0.1 > 0 }
    let open = facets.count(grade: nil)
    grades =
      counts.map { GradeCount(name: $0.0, count: $0.1, look: words.gradeClass($0.0)) }
      + (open > 0 ? [GradeCount(name: catalogue.text("results.grade.none"), count: open, look: "")] : [])
    func options(_ values: [String], _ all: String, _ chosen: String?, _ title: (String) -> String) -> [Option] {
      [Option(value: "", title: catalogue.text(all), isChosen: chosen == nil)]
        + values.map { Option(value: $0, title: title($0), isChosen: $0 == chosen) }
    }
    districts = options(facets.districts, "results.filter.districts", filter.district) { $0 }
    forms = options(facets.forms, "results.filter.forms", filter.form) { words.form($0) }
    gradeOptions = options(counts.map(\.0), "results.filter.grades", filter.grade) { $0 }
    name = filter.name ?? ""
    let kept: [(String, String?)] = [
      ("district", filter.district), ("form", filter.form), ("grade", filter.grade), ("name", filter.name),
    ]
    isFiltered = kept.contains { $0.1 != nil }
    let range = catalogue.text(
      list.matching == 0 ? "results.range.none" : "results.range",
      [
        "from": .count(filter.offset + 1), "to": .count(filter.offset + rows.count), "count": .count(list.matching),
      ])
    func page(_ number: Int) -> String { link(kept + [("page", number > 1 ? String(number) : nil)]) + "#table" }
    let current = filter.offset / ResultTable.most + 1
    pager = PagingLinks(
      title: range, previous: current > 1 ? page(current - 1) : nil,
      following: !visit.printsAll && filter.offset + rows.count < list.matching ? page(current + 1) : nil,
      all: rows.count < list.matching && list.matching <= Visit.mostPrinted ? visit.whole(page(1)) : nil,
      most: visit.tooMany(list.matching))
    action = link([])
  }
}

extension Visit {
  /// Which page of a list, from 1.
  var pageNumber: Int { min(10_000, number("page", in: .places) ?? 1) }

  /// What the address asks of a list of results.
  var resultFilter: ResultFilter {
    func value(_ name: String) -> String? { query(name).map { String($0.prefix(100)) } }
    return ResultFilter(
      district: value("district"), form: value("form"), grade: value("grade"), name: value("name"),
      offset: printsAll ? 0 : (pageNumber - 1) * ResultTable.most,
      count: printsAll ? Visit.mostPrinted : ResultTable.most)
  }
}
