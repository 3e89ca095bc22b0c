import Glibc

extension Multipart {
  /// What a part says of itself before its content.
  struct PartHead: Hashable {
    let name: String
    /// Nil where the part is a field.
    let fileName: String?

    /// Throws `MultipartProblem.malformed`.
    init(_ bytes: ArraySlice<UInt8>) throws(MultipartProblem) {
      guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
      let lines = text.split(separator: "\r\n")
      let disposition = lines.compactMap { line -> Substring? in
        guard let colon = line.firstIndex(of: ":") else { return nil }
        return line[..<colon].lowercased() == "content-disposition" ? line[colon...].dropFirst() : nil
      }
      guard disposition.count == 1, let parameters = Parameters(disposition[0]), parameters.value == "form-data",
        let name = parameters.all["name"]
      else { throw .malformed }
      self.name = name
      fileName = parameters.all["filename"]
    }
  }

  /// A header's value and what follows it: `form-data; name="a"; filename="b"`.
  struct Parameters {
    let value: String
    let all: [String: String]

    /// Nil where it isn't written so, or says something twice.
    init?(_ text: some StringProtocol) {
      var rest = Substring(text).drop { $0 == " " || $0 == "\t" }
      value = rest.prefix { $0 != ";" }.lowercased().split(separator: " ").joined()
      rest = rest.drop { $0 != ";" }
      var all: [String: String] = [:]
      while !rest.isEmpty {
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        if rest.isEmpty { break }
        guard let equals = rest.firstIndex(of: "=") else { return nil }
        let name = rest[..<equals].lowercased()
        rest = rest[equals...].dropFirst()
        guard let found = Self.value(&rest), all.updateValue(found, forKey: name) == nil else { return nil }
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard rest.isEmpty || rest.first == ";" else { return nil }
      }
      self.all = all
    }

    /// Takes a word or a text in quotes; browsers write a quote in a name as `%22`, some programs as `\"`.
    private static func value(_ rest: inout Substring) -> String? {
      guard rest.first == "\"" else {
        let word = rest.prefix { $0 != ";" && $0 != " " && $0 != "\t" }
        rest = rest[word.endIndex...]
        return String(word)
      }
      rest.removeFirst()
      var text = ""
      while let character = rest.popFirst() {
        if character == "\"" { return text.replacing("%22", with: "\"").replacing("%0D%0A", with: " ") }
        if character == "\\", rest.first == "\"" {
          text.append(rest.removeFirst())
        } else {
          text.append(character)
        }
      }
      return nil
    }
  }

  /// The boundary a content type names: 1 to 70 of the characters RFC 2046 allows.
  static func boundary(_ contentType: String) -> String? {
    guard let parameters = Parameters(contentType), parameters.value == "multipart/form-data",
      let boundary = parameters.all["boundary"], (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ allowed.contains($0) }), boundary.last != " "
    else { return nil }
    return boundary
  }

  private static let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? ".utf8)
}

extension [UInt8] {
  /// Where a pattern stands, or where it may have begun at the end; the count where it didn't.
  func placeOf(_ pattern: [UInt8]) -> (place: Int, isWhole: Bool) {
    withUnsafeBytes { all in
      pattern.withUnsafeBytes { pattern in
        var place = 0
        while place < all.count, let base = all.baseAddress, let first = pattern.first,
          let found = memchr(base + place, Int32(first), all.count - place)
        {
          place = UnsafeRawPointer(found) - base
          let length = Swift.min(pattern.count, all.count - place)
          if let begin = pattern.baseAddress, memcmp(base + place, begin, length) == 0 {
            return (place, length == pattern.count)
          }
          place += 1
        }
        return (all.count, false)
      }
    }
  }
}
