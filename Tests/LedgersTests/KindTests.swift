import Fixtures
import Ledgers
import Notation
import Policies
import Rules
import Testing

/// The one list of kinds, and what hangs on it.
@Suite struct KindTests {
  static let languages = [Catalogue.chinese, .english]

  @Test func `every kind, field, word, metric and check has its words in both languages`() {
    var keys: [String] = []
    for kind in LedgerKinds.all {
      keys.append(kind.title.key)
      for field in kind.fields {
        keys.append(field.title.key)
        switch field.form {
        case .word(let words), .words(let words): keys += words.all.map { words.title($0).key }
        default: break
        }
      }
    }
    keys += Metrics.all.map(\.title.key)
    for check in LedgerChecks.all {
      keys += [check.title.key, check.why.key, check.remedy.key, check.title.key + ".found"]
    }
    for words in Self.languages { #expect(keys.filter { words.named($0) == nil } == []) }
    #expect(Set(keys.filter { $0.hasPrefix("ledger.kind.") }).count == LedgerKinds.all.count)
  }

  @Test func `a kind's days are among its fields, and it is unique by fields it has`() {
    for kind in LedgerKinds.all {
      let ids = kind.fields.map(\.id)
      #expect(Set(ids).count == ids.count, "\(kind.id)")
      switch kind.dating {
      case .day: #expect(kind.field("day")?.isRequired == true, "\(kind.id)")
      case .span: #expect(kind.field("from")?.isRequired == true && kind.field("to") != nil, "\(kind.id)")
      case .year, .standing: break
      }
      for field in kind.unique ?? [] { #expect(kind.field(field) != nil) }
    }
  }

  @Test func `no kind asks for a pupil's name or anybody's identity number`() {
    let ids = LedgerKinds.all.flatMap { kind in kind.fields.map { "\(kind.id).\($0.id)" } }
    #expect(ids.filter { $0.contains("pupil") || $0.contains("identity") || $0.contains("phone") } == [])
    for kind in LedgerKinds.all where kind.fields.contains(where: { $0.id == "teacher" }) {
      #expect(kind.keeper == .school)
    }
  }

  @Test func `a metric reads kinds there are, with parameters the format knows`() {
    let page = Repository.text("docs/policy-format.md")
    for metric in Metrics.all {
      for kind in metric.kinds { #expect(LedgerKinds.byID[kind] != nil, "\(metric.id)") }
      for parameter in metric.parameters { #expect(page.contains("`\(parameter)"), "\(metric.id) \(parameter)") }
    }
  }
}
