public import Notation

/// Why a file of standards can't be used: every fault of it, with its line.
struct UnreadableStandards: Error {
  let problems: [Problem]
}

extension BalanceStandards {
  /// 教督〔2017〕6号, from `Balance/standards.txt`; nothing is measured where that can't be read. The program asks `faults`
  /// before anything else, and doesn't start with one.
  public static var national: BalanceStandards { brought.standards }
  /// What is wrong with the file the program brings.
  public static var faults: [Problem] { brought.faults }

  private static let brought = reading(String(decoding: PackageResources.standards_txt, as: UTF8.self))

  static func reading(_ text: String) -> (standards: BalanceStandards, faults: [Problem]) {
    do throws(UnreadableStandards) {
      return (try BalanceStandards(text), [])
    } catch {
      return (
        BalanceStandards(
          id: "", source: "", measures: [], need: 0, tolerance: .one, leastPupils: 0, variation: [:], weights: [:]),
        error.problems
      )
    }
  }

  /// Lines of `word values…`; `#` begins a remark. Everything is said, once, in numbers above zero: what is left out
  /// isn't taken for nothing.
  init(_ text: String, file: String = "standards.txt") throws(UnreadableStandards) {
    var reading = StandardsReading(file: file)
    for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let word = words.first, !word.hasPrefix("#") else { continue }
      reading.read(word, Array(words.dropFirst()), line: place + 1)
    }
    guard let standards = reading.standards() else {
      throw UnreadableStandards(problems: reading.problems.sorted)
    }
    self = standards
  }
}

/// The lines of such a file, gathered.
private struct StandardsReading {
  let file: String
  var problems = Problems()
  private var words: [String: String] = [:]
  private var numbers: [String: Exact] = [:]
  private var measures: [BalanceStandards.Measure] = []
  private var seen: Set<String> = []

  init(file: String) { self.file = file }

  private func place(_ line: Int) -> Place { Place(Place.Source(file: file), line: line) }

  mutating func read(_ word: String, _ values: [String], line: Int) {
    let places = ["id": 1, "source": 1, "need": 1, "tolerance": 1, "least-pupils": 1]
    let named = ["variation": 1, "weight": 1, "measure": 3]
    guard let count = places[word] ?? named[word].map({ $0 + 1 }) else {
      return problems.add("standards.word", at: place(line), ["word": .text(word)])
    }
    guard word == "source" ? !values.isEmpty : values.count == count else {
      return problems.add(
        "standards.count", at: place(line),
        ["word": .text(word), "count": .count(count), "found": .count(values.count)])
    }
    let name = named[word] == nil ? word : "\(word) \(values[0])"
    guard seen.insert(name).inserted else {
      return problems.add("standards.twice", at: place(line), ["word": .text(name)])
    }
    if word == "id" || word == "source" {
      words[word] = values.joined(separator: " ")
      return
    }
    let texts = named[word] == nil ? values : Array(values.dropFirst())
    let read = texts.compactMap { number($0, whole: word == "need" || word == "least-pupils", line) }
    guard read.count == texts.count else { return }
    if word == "measure" { return measure(values[0], read, line) }
    if named[word] != nil, SchoolYear.Part(rawValue: values[0]) == nil {
      return problems.add("standards.word", at: place(line), ["word": .text(values[0])])
    }
    numbers[name] = read[0]
  }

  private mutating func number(_ text: String, whole: Bool, _ line: Int) -> Exact? {
    guard let number = Exact(decimal: text), number > .zero, !whole || number.integer != nil else {
      problems.add("standards.number", at: place(line), ["found": .text(text)])
      return nil
    }
    return number
  }

  private mutating func measure(_ name: String, _ values: [Exact], _ line: Int) {
    guard let resource = SchoolYear.Resource(rawValue: name) else {
      return problems.add("standards.word", at: place(line), ["word": .text(name)])
    }
    measures.append(
      BalanceStandards.Measure(
        resource: resource, per: values[0], standards: [.primary: values[1], .junior: values[2]]))
  }

  /// Nil where anything is wrong or missing; `problems` says what.
  mutating func standards() -> BalanceStandards? {
    func parts(_ word: String) -> [SchoolYear.Part: Exact] {
      SchoolYear.Part.allCases.reduce(into: [:]) { $0[$1] = numbers["\(word) \($1.rawValue)"] }
    }
    let (variation, weights) = (parts("variation"), parts("weight"))
    let (id, source) = (words["id"], words["source"])
    let (need, tolerance, least) = (
      numbers["need"]?.integer, numbers["tolerance"], numbers["least-pupils"]?.integer
    )
    // Every stage that has standards has a limit and a weight; no more can be asked for than is measured.
    for name in ["id", "source", "need", "tolerance", "least-pupils"] where !seen.contains(name) { lacks(name) }
    for part in [SchoolYear.Part.primary, .junior] {
      for word in ["variation", "weight"] where !seen.contains("\(word) \(part.rawValue)") {
        lacks("\(word) \(part.rawValue)")
      }
    }
    if measures.isEmpty || need.map({ $0 > measures.count }) == true { lacks("measure") }
    if let tolerance, tolerance > .one {
      problems.add("standards.number", at: place(1), ["found": .text(tolerance.plain)])
    }
    guard problems.isEmpty, let id, let source, let need, let tolerance, let least else { return nil }
    return BalanceStandards(
      id: id, source: source, measures: measures, need: need, tolerance: tolerance, leastPupils: least,
      variation: variation, weights: weights)
  }

  private mutating func lacks(_ name: String) {
    problems.add("standards.missing", at: place(1), ["word": .text(name)])
  }
}
