extension Password {
  /// Fewer steps than this can be tried out in no time.
  static let fewestSteps = 5

  /// Whether it is a block said over and over, or little else than rows of repeated and neighbouring characters.
  var isPattern: Bool {
    let characters = Array(text.lowercased())
    return Password.repeatsBlock(characters) || Password.steps(in: characters) < Password.fewestSteps
  }

  /// Blocks of a whole password's length may be repeated; what is repeated was long enough by itself.
  private static func repeatsBlock(_ characters: [Character]) -> Bool {
    (1..<max(2, min(shortest, characters.count / 2 + 1))).contains { block in
      characters.indices.allSatisfy { $0 < block || characters[$0] == characters[$0 - block] }
    }
  }

  /// How many things one has to remember: a row such as `aaaa`, `4321` or `qwert` is one.
  private static func steps(in characters: [Character]) -> Int {
    var count = 0
    var start = 0
    while start < characters.count {
      var end = start
      var ways: Set<Way>?
      while end + 1 < characters.count {
        let next = Password.ways(from: characters[end], to: characters[end + 1])
        let shared = ways.map { $0.intersection(next) } ?? next
        if shared.isEmpty { break }
        ways = shared
        end += 1
      }
      count += 1
      start = end - start >= 2 ? end + 1 : start + 1
    }
    return count
  }

  private struct Way: Hashable {
    let line: Int
    let step: Int
  }

  /// The alphabet, the digits, the keyboard's rows and columns.
  private static let lines: [[Character]] = [
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()",
    "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm",
  ].map { Array($0) }

  private static func ways(from one: Character, to other: Character) -> Set<Way> {
    var ways: Set<Way> = one == other ? [Way(line: -1, step: 0)] : []
    for (line, characters) in lines.enumerated() {
      for (left, right) in zip(characters, characters.dropFirst()) {
        if left == one, right == other { ways.insert(Way(line: line, step: 1)) }
        if left == other, right == one { ways.insert(Way(line: line, step: -1)) }
      }
    }
    return ways
  }
}
