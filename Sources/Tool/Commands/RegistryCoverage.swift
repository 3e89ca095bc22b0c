import ArgumentParser
import Notation
import Registry
import Storage

extension RegistryCommand {
  /// How many schools and pupils are in groups on a day: of everything registered, or below one authority.
  struct CoverageTable: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "coverage", abstract: Words.help("registry.coverage"),
      discussion: Words.help("registry.coverage.more"))
    @Option(help: ArgumentHelp(Words.help("registry.coverage.authority"), valueName: "code"))
    var authority: String?
    @Option(help: ArgumentHelp(Words.help("registry.coverage.on"), valueName: "YYYY-MM-DD"))
    var on: String?
    @OptionGroup var store: DatabaseOptions

    func run() async throws {
      guard let day = on.map({ Day($0) }) ?? Clock.now().day else {
        Terminal.say(Words.text("tool.registry.day", ["day": .text(on ?? "")]))
        throw ExitCode.refused
      }
      try await store.with { database in
        let code = authority
        let lines = try await database.read { try Self.lines(of: code, on: day, $0) }
        guard let lines else {
          Terminal.say(Words.text("tool.registry.authority", ["code": .text(code ?? "")]))
          throw ExitCode.refused
        }
        let whole = lines.reduce(into: Coverage()) { $0 += $1.coverage }
        let rows = lines.map { Self.row($0.name, $0.coverage) } + [Self.row(Words.text("tool.registry.whole"), whole)]
        let heads = ["unit", "schools", "covered", "share", "pupils", "coveredPupils", "pupilShare", "uncounted"]
        Terminal.out(
          Terminal.table(heads.map { Words.text("tool.registry.coverage.\($0)") }, rows, right: Set(1...7)))
      }
    }

    private struct Line: Sendable {
      let name: String
      let coverage: Coverage
    }

    /// Those next below an authority and the authority's own schools, or the authorities at the top; nil where there is
    /// none of this code.
    private static func lines(of code: String?, on day: Day, _ transaction: any Transaction) throws -> [Line]? {
      let all = try RegistryStore.authorities(transaction)
      var asked = all.filter { $0.parent == nil }
      if let code {
        guard let own = all.first(where: { $0.code == code }) else { return nil }
        asked = [own]
      }
      let year = day.schoolYear(startingOn: CoverageStepStore.start)
      let parents = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.parent) })
      // Of all at the top in one go.
      let counts = try CoverageStore.coverages(
        within: asked.map(\.id), [CoverageStore.Asked(day: day, year: year)], transaction)[0]
      let top = code == nil ? nil : asked.first?.id
      // Each count belongs to the authority at the top, or to the part just below the one asked for, or to this itself.
      func part(_ id: ID) -> ID {
        var at = id
        while let upper = parents[at] ?? nil, at != top, upper != top { at = upper }
        return at
      }
      let parts = Dictionary(grouping: counts) { part($0.key) }
      return (top == nil ? asked : all.filter { parts[$0.id] != nil }).map { one in
        Line(name: one.name, coverage: sum((parts[one.id] ?? []).map(\.value)))
      }
    }

    private static func sum(_ counts: some Sequence<Coverage>) -> Coverage {
      counts.reduce(into: Coverage()) { $0 += $1 }
    }

    private static func row(_ name: String, _ one: Coverage) -> [String] {
      func share(_ value: Exact?) -> String { value.map { $0.fixed(places: 1) + "%" } ?? "—" }
      return [
        name, String(one.schools), String(one.covered), share(one.share), String(one.pupils),
        String(one.coveredPupils), share(one.pupilShare), String(one.uncounted),
      ]
    }
  }
}
