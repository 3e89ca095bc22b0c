import CExpat

/// Reads one part of a workbook as a stream of elements. A subclass says what it does at each; the base holds the
/// limits: depth, number of elements, length of texts, no document types.
class PartParser {
  let part: String
  let budget: ReadBudget
  /// How many elements are open, the one just started included.
  private(set) var depth = 0
  /// The first reason to refuse; parsing stops there.
  private(set) var refusal: WorkbookRefusal?
  /// While true, text is collected.
  final var collects = false
  private var collected: [UInt8] = []
  private var silentBytes = 0
  private var parser: XML_Parser?
  private let root: StaticString

  /// Reads `part`, whose outermost element must be `root`.
  init(part: String, root: StaticString, budget: ReadBudget) {
    self.part = part
    self.root = root
    self.budget = budget
  }

  /// An element starts; its name comes without prefix.
  func start(_ name: ElementName, _ attributes: ElementAttributes) {}

  /// An element ends.
  func end(_ name: ElementName) {}

  /// Where the text being collected belongs, for messages.
  var place: String { "" }

  /// Stops reading for this reason.
  final func refuse(_ reason: WorkbookRefusal) {
    guard refusal == nil else { return }
    refusal = reason
    XML_StopParser(parser, 0)
  }

  /// Hands over the text collected since the last call; the bytes are valid during the call.
  final func withCollected<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    defer { collected.removeAll(keepingCapacity: true) }
    return collected.withUnsafeBufferPointer(body)
  }

  /// Reads the part from beginning to end.
  final func parse(_ archive: Archive) throws(WorkbookRefusal) {
    guard let parser = junheng_expat_parser(budget.limits.parserBytes) else { throw .damaged(part: part, .memory) }
    self.parser = parser
    defer {
      XML_ParserFree(parser)
      self.parser = nil
    }
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    Self.listen(to: parser)
    try archive.unpack(part) { (size) throws(WorkbookRefusal) in
      guard let room = XML_GetBuffer(parser, Int32(size)) else { throw .damaged(part: part, .memory) }
      return room
    } then: { (count) throws(WorkbookRefusal) in
      try feed(count, to: parser)
    }
  }

  private func feed(_ count: Int, to parser: XML_Parser) throws(WorkbookRefusal) {
    silentBytes += count
    let status = XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0)
    if let refusal { throw refusal }
    // A tag or comment that doesn't end is held by expat as a whole.
    if silentBytes > budget.limits.tokenBytes { throw .tooMuchText(part: part, limit: budget.limits.tokenBytes) }
    guard status == XML_STATUS_OK else {
      throw .damaged(part: part, XML_GetErrorCode(parser) == XML_ERROR_NO_MEMORY ? .memory : .xml)
    }
  }

  fileprivate final func started(_ name: ElementName, _ attributes: ElementAttributes) {
    // Expat counts names and values.
    heard(1 + Int(XML_GetSpecifiedAttributeCount(parser)) / 2)
    depth += 1
    if depth > budget.limits.depth { return refuse(.xmlTooDeep(part: part, limit: budget.limits.depth)) }
    if depth == 1, !(name == root) { return refuse(.damaged(part: part, .wrongRoot)) }
    guard refusal == nil else { return }
    start(name, attributes)
  }

  fileprivate final func ended(_ name: ElementName) {
    silentBytes = 0
    guard refusal == nil else { return }
    end(name)
    depth -= 1
  }

  fileprivate final func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    heard()
    guard collects, refusal == nil else { return }
    collected.append(contentsOf: bytes)
    if collected.count > budget.limits.textBytes {
      refuse(.textTooLong(part: part, cell: place, limit: budget.limits.textBytes))
    }
  }

  /// Counts anything expat reports.
  fileprivate final func heard(_ pieces: Int = 1) {
    silentBytes = 0
    if let reason = budget.spend(pieces: pieces, part: part) { refuse(reason) }
  }
}

extension PartParser {
  fileprivate static func of(_ data: UnsafeMutableRawPointer?) -> PartParser {
    // Expat only hands back what `parse` gave it, while `parse` is running.
    guard let data else { preconditionFailure("a handler was called without its reader") }
    return Unmanaged<PartParser>.fromOpaque(data).takeUnretainedValue()
  }

  fileprivate static func listen(to parser: XML_Parser) {
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        PartParser.of(data).started(ElementName(name), ElementAttributes(first: attributes))
      },
      { data, name in PartParser.of(data).ended(ElementName(name)) })
    XML_SetCharacterDataHandler(parser) { data, bytes, count in
      guard let bytes else { return }
      bytes.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        PartParser.of(data).text(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      let reader = PartParser.of(data)
      reader.refuse(.doctype(part: reader.part))
    }
    XML_SetDefaultHandler(parser) { data, _, _ in PartParser.of(data).heard() }
  }
}
