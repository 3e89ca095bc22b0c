import Documents
import Fixtures
import Policies
import Testing

/// What holds in the whole house, whoever adds to it.
@Suite struct HouseRules {
  @Test func `finds the house`() {
    #expect(Source.all.count > 50)
    #expect(Source.domain.isSubset(of: Set(Source.all.map(\.room))))
  }

  @Test func `no number between a fact and a grade is binary`() {
    let kernel = Source.ofDomain.filter { $0.room != "Demonstration" }
    #expect(
      Source.places(#/\b(?:Double|Float|Float32|CGFloat|Decimal)\b/#, in: kernel)
        == [])
  }

  @Test func `the domain has no clock and no chance and no files`() {
    #expect(
      Source.places(#/\bDate\(|\bClock\b|ContinuousClock|\bFileManager\b|\bProcessInfo\b/#, in: Source.ofDomain) == [])
    #expect(
      Source.places(#/SystemRandomNumberGenerator|\bUUID\(|\.randomElement\(\)|\.shuffled\(\)/#, in: Source.ofDomain)
        == [])
    #expect(Source.places(#/\.random\(in: [^,]*\)/#, in: Source.ofDomain) == [])
    #expect(Source.places(#/\bprint\(/#, in: Source.ofDomain) == [])
  }

  @Test func `no city is known to the program`() {
    #expect(Source.places(#/安康|随州|三亚|中原区|上海/#, in: Source.all) == [])
    #expect(Source.places(#/ankang|suizhou|sanya|zhongyuan|shanghai/#, in: Source.ofDomain) == [])
    let files = PolicyFiles(folder: Repository.path("policies"))
    let forms = Set(files.ids.flatMap { files.read($0)?.policy?.forms.map(\.name) ?? [] })
    #expect(!forms.isEmpty)
    for form in forms { #expect(Source.all.filter { $0.text.contains("\"\(form)\"") }.map(\.path) == [], "\(form)") }
  }

  /// Names that Excel itself knows in Chinese, and a workbook's own words where nobody gives others.
  static let chineseOfWorkbooks = ["\"宋体\"", "通用格式", "\"第 \"", "\"下拉选项\""]

  @Test func `what a person reads stands in the catalogue`() {
    #expect(Source.places(#/\p{Script=Han}/#, in: Source.all, but: Self.chineseOfWorkbooks) == [])
  }

  /// Which rooms a room may use.
  static let uses: [String: Set<String>] = [
    "Notation": ["BigInt"], "Rules": ["Notation"], "Policies": ["Notation", "Rules"],
    "Scoring": ["Notation", "Rules", "Policies"], "Outcomes": ["Notation", "Rules", "Policies", "Scoring"],
    "Ledgers": ["Notation", "Rules", "Policies", "People"],
    "Demonstration": ["Notation", "Rules", "Policies", "Scoring"], "Registry": ["Notation"],
    // Foundation for one thing: Unicode's normal form, in which passwords and logins are compared.
    "People": ["Notation", "Foundation"],
    "Cycles": ["Notation", "Rules", "Policies", "Scoring", "Outcomes", "Registry", "People", "Crypto"],
    "Formations": ["Notation", "Rules", "Policies", "Registry"], "Tasks": ["Notation", "Policies"],
    "Workbooks": ["CXlsxWriter", "CZip", "CExpat", "Glibc", "Foundation"],
  ]

  @Test(arguments: uses.keys.sorted())
  func `a room imports only those below it`(room: String) {
    for source in Source.all where source.room == room {
      #expect(Set(source.imports).subtracting(Self.uses[room] ?? []).sorted() == [], "\(source.path)")
    }
  }

  @Test func `what a stranger sends becomes a number in one place, within bounds`() {
    let web = Source.all.filter { $0.room == "Web" && !$0.path.hasSuffix("Visits/Numbers.swift") }
    #expect(!web.isEmpty)
    #expect(Source.places(#/\{ Int\d*\(\$0\) \}|\bInt\d*\(try |\bID\(Int/#, in: web, but: ["map { Int64($0) }"]) == [])
  }

  @Test func `only the tool composes`() {
    for source in Source.all where source.room != "Tool" {
      #expect(!source.imports.contains("Tool") && !source.imports.contains("ArgumentParser"), "\(source.path)")
    }
  }

  @Test func `files stay short`() {
    #expect(Source.all.filter { $0.lines.count > 301 }.map(\.path) == [])
    let tests = Repository.files(below: "Tests", ending: ".swift")
    #expect(
      tests.filter {
        !$0.contains("WorkbooksTests")
          && Repository.text($0).split(separator: "\n", omittingEmptySubsequences: false).count > 301
      } == [])
  }

  @Test func `no drawer is named after nothing`() {
    let drawers = #/(^|\/)(Utils?|Helpers?|Core|Common|Manager|Service|Misc|Shared)(\/|\.swift$)/#
    #expect(Source.all.map(\.path).filter { $0.contains(drawers) } == [])
  }
}
