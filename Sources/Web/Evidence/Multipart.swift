import Notation

/// Reads a form with files (multipart/form-data, RFC 7578) piece by piece, however the pieces are cut, holding no more
/// than a field or the head of a part in memory.
struct Multipart {
  /// What a reader of the form is told, in order.
  enum Event: Hashable {
    case field(name: String, value: String)
    /// A file begins; its name is as the browser gave it, empty where the person chose none.
    case file(field: String, name: String)
    case bytes([UInt8])
    case endOfFile
    /// The form is complete; what follows it is none of ours.
    case end
  }

  /// How much a form may hold.
  struct Bounds {
    /// Bytes of a part's head.
    var head = 8 << 10
    /// Bytes of a field's value.
    var field = 64 << 10
    var parts = 200
    var files = 30
  }

  private enum State {
    case preamble, head, afterDelimiter, ended
    case field(String)
    case file
  }

  private let delimiter: [UInt8]
  private let bounds: Bounds
  private var state = State.preamble
  private var waiting: [UInt8]
  private var value: [UInt8] = []
  private var parts = 0
  private var files = 0

  /// Throws `MultipartProblem.notAForm` where the content type names no form with a boundary.
  init(contentType: String, bounds: Bounds = Bounds()) throws(MultipartProblem) {
    guard let boundary = Self.boundary(contentType) else { throw .notAForm }
    delimiter = Array("\r\n--\(boundary)".utf8)
    self.bounds = bounds
    // The first delimiter needs no new line before it.
    waiting = [13, 10]
  }

  /// Throws `MultipartProblem`; nothing can be read any more then.
  mutating func feed(_ bytes: some Collection<UInt8>) throws(MultipartProblem) -> [Event] {
    var events: [Event] = []
    if case .ended = state { return events }
    waiting += bytes
    while try step(&events) {}
    return events
  }

  /// Throws `MultipartProblem.cut` where the form isn't complete.
  func finish() throws(MultipartProblem) {
    guard case .ended = state else { throw .cut }
  }

  /// Does as much as the bytes that wait allow; false where more are needed.
  private mutating func step(_ events: inout [Event]) throws(MultipartProblem) -> Bool {
    switch state {
    case .ended:
      waiting = []
      return false
    case .preamble:
      // Browsers write nothing before the first part.
      guard waiting.count >= delimiter.count else {
        guard delimiter.starts(with: waiting) else { throw .malformed }
        return false
      }
      guard waiting.starts(with: delimiter) else { throw .malformed }
      waiting.removeFirst(delimiter.count)
      state = .afterDelimiter
    case .afterDelimiter:
      guard waiting.count >= 2 else { return false }
      if waiting.starts(with: [45, 45]) {
        state = .ended
        events.append(.end)
      } else if waiting.starts(with: [13, 10]) {
        // Kept: an empty head begins with the same two bytes that end one.
        state = .head
      } else {
        throw .malformed
      }
    case .head: return try readHead(&events)
    case .field(let name): return try readField(name, &events)
    case .file: return readFile(&events)
    }
    return true
  }

  private mutating func readHead(_ events: inout [Event]) throws(MultipartProblem) -> Bool {
    let end = waiting.placeOf([13, 10, 13, 10])
    guard end.place <= bounds.head else { throw .tooLarge }
    guard end.isWhole else { return false }
    parts += 1
    guard parts <= bounds.parts else { throw .tooManyParts }
    let head = try PartHead(waiting[..<end.place])
    waiting.removeFirst(end.place + 4)
    // What follows may be the next delimiter at once, new line included.
    if let name = head.fileName {
      files += 1
      guard files <= bounds.files else { throw .tooManyParts }
      events.append(.file(field: head.name, name: name))
      state = .file
    } else {
      value = []
      state = .field(head.name)
    }
    return true
  }

  private mutating func readField(_ name: String, _ events: inout [Event]) throws(MultipartProblem) -> Bool {
    let (content, isComplete) = takeContent()
    value += content
    guard value.count <= bounds.field else { throw .tooLarge }
    guard isComplete else { return false }
    guard let text = String(validating: value, as: UTF8.self) else { throw .malformed }
    events.append(.field(name: name, value: text))
    state = .afterDelimiter
    return true
  }

  private mutating func readFile(_ events: inout [Event]) -> Bool {
    let (content, isComplete) = takeContent()
    if !content.isEmpty { events.append(.bytes(content)) }
    guard isComplete else { return false }
    events.append(.endOfFile)
    state = .afterDelimiter
    return true
  }

  /// What belongs to the part for certain, and whether its delimiter follows.
  private mutating func takeContent() -> (bytes: [UInt8], isComplete: Bool) {
    let end = waiting.placeOf(delimiter)
    let bytes = Array(waiting[..<end.place])
    waiting.removeFirst(end.place + (end.isWhole ? delimiter.count : 0))
    return (bytes, end.isWhole)
  }
}

/// Why a form with files can't be read.
enum MultipartProblem: Error, Hashable {
  case notAForm, malformed, cut, tooLarge, tooManyParts

  var message: Message {
    switch self {
    case .notAForm, .malformed: Message("evidence.form.malformed")
    case .cut: Message("evidence.form.cut")
    case .tooLarge: Message("evidence.form.large")
    case .tooManyParts: Message("evidence.form.parts")
    }
  }
}
