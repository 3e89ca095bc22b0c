/// Takes one file in: looks at its bytes as they come, holds them to the limit of what they are, and keeps the file
/// only when its content is what its name says.
public actor EvidenceIntake {
  /// The name as it was given, cleaned.
  public nonisolated let name: String
  private let file: any IncomingFile
  private var head: [UInt8] = []
  /// Bytes so far.
  public private(set) var size: Int64 = 0
  private var sniffed: Sniffing?
  private var kind: FileKind?

  /// Throws `EvidenceRefusal` where the name already says that the file isn't taken; `EvidenceFilesError`.
  public init(name: String, into files: any EvidenceFiles) async throws {
    guard let name = FileName.cleaned(name) else { throw EvidenceRefusal.unnamed }
    guard let ending = FileKind.ending(of: name), FileKind.endings.contains(ending) else {
      throw EvidenceRefusal.ending(name: name)
    }
    self.name = name
    file = try await files.receive()
  }

  /// Throws `EvidenceRefusal` as soon as the bytes show that the file isn't taken; `EvidenceFilesError`.
  public func write(_ bytes: [UInt8]) async throws {
    size += Int64(bytes.count)
    if head.count < Sniffing.headBytes { head += bytes.prefix(Sniffing.headBytes - head.count) }
    if sniffed == nil, head.count >= Sniffing.headBytes { try sniff(whole: false) }
    let limit = kind?.limit ?? FileKind.highestLimit
    guard size <= limit else { throw EvidenceRefusal.tooLarge(name: name, limit: limit) }
    try await file.write(bytes)
  }

  /// Holds the whole content against the name; nothing is kept yet.
  ///
  /// Throws `EvidenceRefusal`, `EvidenceFilesError`.
  public func check() async throws -> FileKind {
    guard size > 0 else { throw EvidenceRefusal.empty(name: name) }
    if sniffed == nil { try sniff(whole: true) }
    if kind == nil {
      let inside = FileInside(file: file, size: size)
      switch sniffed {
      case .zip: try choose([await inside.kindOfZip(name)])
      case .compound: try choose([await inside.kindOfCompound(name)])
      default: throw EvidenceRefusal.unknown(name: name)
      }
    }
    guard let kind else { throw EvidenceRefusal.unknown(name: name) }
    guard size <= kind.limit else { throw EvidenceRefusal.tooLarge(name: name, limit: kind.limit) }
    return kind
  }

  /// Throws `EvidenceFilesError`, and what `check` throws.
  public func keep() async throws -> (file: ReceivedFile, kind: FileKind) {
    let kind = try await check()
    return (try await file.keep(), kind)
  }

  public func abandon() async { await file.abandon() }

  private func sniff(whole: Bool) throws(EvidenceRefusal) {
    let found = Sniffing(head: head, whole: whole)
    sniffed = found
    switch found {
    case .kinds(let kinds): try choose(kinds)
    case .zip, .compound: break
    case .active: throw .active(name: name)
    case .archive: throw .archive(name: name)
    case .unknown: throw .unknown(name: name)
    }
  }

  private func choose(_ kinds: [FileKind]) throws(EvidenceRefusal) {
    let ending = FileKind.ending(of: name) ?? ""
    guard let agreed = kinds.first(where: { $0.endings.contains(ending) }) else {
      throw .otherKind(name: name, found: kinds[0])
    }
    kind = agreed
  }
}
