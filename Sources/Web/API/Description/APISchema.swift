import Notation

/// What a value of the API looks like: the document says so, requests are held to it, tests hold answers to it.
indirect enum APISchema: Sendable {
  /// A text of so many characters.
  case text(least: Int = 0, most: Int? = nil)
  case form(APIForm)
  case word([String])
  case whole(least: Int, most: Int)
  case boolean
  /// Whatever JSON can say: a fact.
  case anything
  case list(APISchema, least: Int = 0, most: Int? = nil)
  /// Names nobody knows beforehand.
  case map(APISchema)
  case object([APIField])
  case optional(APISchema)
  /// One that stands among the document's components.
  case named(String, APISchema)

  static let id = APISchema.form(.id)
  static let day = APISchema.form(.day)
  static let moment = APISchema.form(.moment)
  static let decimal = APISchema.form(.decimal)
  static let hash = APISchema.form(.hash)
  static let text = APISchema.text()
  static let count = APISchema.whole(least: 0, most: (1 << 53) - 1)
  static let year = APISchema.whole(least: 1900, most: 2200)
}

/// A field of an object.
struct APIField: Sendable {
  let name: String
  let schema: APISchema
  /// Only what is asked for may be left out; answers always have all their fields.
  let isRequired: Bool

  init(_ name: String, _ schema: APISchema, isRequired: Bool = true) {
    self.name = name
    self.schema = schema
    self.isRequired = isRequired
  }
}

/// Texts of one form.
enum APIForm: Sendable, CaseIterable {
  case id, day, moment, decimal, hash, requestKey

  var pattern: String {
    switch self {
    case .id: "^[1-9][0-9]{0,18}$"
    case .day: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    case .moment: #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\+08:00$"#
    case .decimal: #"^-?[0-9]+(\.[0-9]+)?$"#
    case .hash: "^[0-9a-f]{64}$"
    case .requestKey: "^[A-Za-z0-9._:-]{1,100}$"
    }
  }

  var format: String? {
    switch self {
    case .day: "date"
    case .moment: "date-time"
    default: nil
    }
  }

  var sample: String {
    switch self {
    case .id: "396240195776512"
    case .day: "2026-08-31"
    case .moment: "2026-08-31T14:32:05+08:00"
    case .decimal: "3.40"
    case .hash: String(repeating: "0f", count: 32)
    case .requestKey: "2f0c6d1e-9a41-4a1b-8a53-0c9f4d7f6b10"
    }
  }

  func fits(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func digits(_ bytes: some Collection<UInt8>) -> Bool {
      !bytes.isEmpty && bytes.allSatisfy { (48...57).contains($0) }
    }
    switch self {
    case .id: return digits(bytes) && bytes.count <= 19 && bytes[0] != 48
    case .day: return bytes.count == 10 && Day(text) != nil
    case .moment:
      return bytes.count == 25 && Day(String(text.prefix(10))) != nil && text.hasSuffix("+08:00") && bytes[10] == 84
    case .decimal:
      let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...]).split(
        separator: ".", omittingEmptySubsequences: false)
      return parts.count <= 2 && parts.allSatisfy { digits($0.utf8) }
    case .hash: return bytes.count == 64 && bytes.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    case .requestKey:
      return (1...100).contains(bytes.count)
        && bytes.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2E, 0x5F, 0x3A, 0x2D: true
          default: false
          }
        }
    }
  }
}
