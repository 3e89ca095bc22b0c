import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import Storage

/// Files on their way out: to be saved, or to be looked at inside a page of ours. A browser never takes them for pages.
enum EvidenceFileRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.evidenceFile) { visit in try await Refusal.evidence { try await file(visit) } }
    table.on(.evidencePreview) { visit in
      try await Refusal.evidence {
        let piece = try await find(visit)
        guard piece.kind.preview != .none else { throw Refusal.notFound }
        var headers = download(piece.fileName, media: piece.kind.media, size: piece.size)
        headers[.contentDisposition] = disposition("inline", piece.fileName)
        headers[.contentSecurityPolicy] = previewPolicy
        headers[.init("X-Frame-Options")!] = "SAMEORIGIN"
        return try await answer(visit, piece.file, size: piece.size, headers: headers)
      }
    }
  }

  /// The file of the address, to be saved.
  static func file(_ visit: Visit) async throws -> Response {
    let piece = try await find(visit)
    return try await answer(
      visit, piece.file, size: piece.size, headers: download(piece.fileName, media: piece.kind.media, size: piece.size))
  }

  private static func find(_ visit: Visit) async throws -> StoredEvidence {
    let (authority, id, post) = (try visit.id("authority"), try visit.id("evidence"), try visit.post)
    let piece = try await visit.site.database.read {
      try EvidenceStore.evidence(authority: authority, id, for: post, $0)
    }
    guard let piece else { throw Refusal.notFound }
    return piece
  }

  private static let downloadPolicy = "sandbox; default-src 'none'"
  /// Inside a page of ours. A frame with the attribute `sandbox` would show no PDF; with this header it does.
  private static let previewPolicy = downloadPolicy + "; frame-ancestors 'self'"

  static func download(_ name: String, media: String, size: Int64) -> HTTPFields {
    [
      .contentType: media.hasPrefix("text/") ? "application/octet-stream" : media, .contentLength: String(size),
      .contentDisposition: disposition("attachment", name), .contentSecurityPolicy: downloadPolicy,
      .xContentTypeOptions: "nosniff", .init("Cross-Origin-Resource-Policy")!: "same-origin",
      .cacheControl: "private, no-store",
    ]
  }

  /// A file's name in a header (RFC 6266): in ASCII for old programs, in UTF-8 for the others.
  static func disposition(_ kind: String, _ name: String) -> String {
    let ascii = name.unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\" && scalar != "%"
        && scalar.value < 0x7F
      return isPlain ? Character(scalar) : "_"
    }
    return "\(kind); filename=\"\(String(ascii))\"; filename*=UTF-8''\(Endpoint.escaped(name))"
  }

  /// The whole file, or the one range of it that was asked for.
  static func answer(
    _ visit: Visit, _ file: FileHash, size: Int64, headers: HTTPFields
  ) async throws -> Response {
    var headers = headers
    headers[.acceptRanges] = "bytes"
    var range: Range<Int64>?
    switch visit.request.headers[.range].map({ AskedRange($0, of: size) }) {
    case .outside: return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"])
    case .part(let part): range = part
    case .whole, nil: break
    }
    // What the store has lost is said before anything is sent.
    guard try await visit.site.evidence.size(of: file) == size else {
      throw EvidenceFilesError.missing(file)
    }
    let bytes = try await visit.site.evidence.read(file, range: range)
    if let range {
      headers[.contentLength] = String(range.count)
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
    }
    return Response(
      status: range == nil ? .ok : .partialContent, headers: headers,
      body: .init(asyncSequence: bytes.map { ByteBuffer(bytes: $0) }))
  }
}
