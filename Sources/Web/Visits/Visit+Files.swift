import Documents
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Visit {
  static let workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

  /// A workbook made in the workroom and sent.
  func workbook(
    named name: String, _ write: @escaping @Sendable (String) throws(WorkbookTrouble) -> Void
  ) async throws -> Response {
    let bytes = try await madeWorkbook(write)
    return Response(
      status: .ok,
      headers: [.contentType: Visit.workbookType, .contentDisposition: Visit.attachment(name + ".xlsx")],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// The bytes of a workbook: written to a file, which is gone afterwards, in the workroom.
  func madeWorkbook(
    _ write: @escaping @Sendable (String) throws(WorkbookTrouble) -> Void
  ) async throws -> [UInt8] {
    try await aside {
      let path = Visit.temporaryPath()
      defer { try? FileManager.default.removeItem(atPath: path) }
      do throws(WorkbookTrouble) {
        try write(path)
      } catch {
        throw Refusal.invalid(error.messages)
      }
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }
  }

  /// RFC 6266: a plain name for old browsers, the real one beside it.
  static func attachment(_ name: String) -> String {
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    let isPlain = ending.count <= 5 && ending != name && ending.utf8.allSatisfy { UInt8(ascii: "a")...122 ~= $0 }
    return "attachment; filename=\"junheng\(isPlain ? "." + ending : "")\"; filename*=UTF-8''" + Endpoint.escaped(name)
  }

  static func temporaryPath() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent("junheng-\(UUID().uuidString).xlsx").path
  }

  /// The first file of a posted form, on disk; the form's secret is checked. The caller removes it. Of an account few
  /// arrive at once, each within its time.
  func uploadedFile(most: Int) async throws -> UploadedFile {
    if let length = announcedLength, length > most { throw Refusal.tooLarge(most) }
    let account = try account
    try site.uploads.begin(of: account)
    defer { site.uploads.end(of: account) }
    let path = Visit.temporaryPath()
    do {
      return try await receivedFile(most: most, to: path)
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      guard let problem = error as? MultipartProblem else { throw error }
      throw Refusal(.badRequest, [problem.message])
    }
  }

  private func receivedFile(most: Int, to path: String) async throws -> UploadedFile {
    var reader = try Multipart(contentType: request.headers[.contentType] ?? "")
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: path)
    else { throw Refusal.unavailable }
    defer { try? file.close() }
    let deadline = Uploads.deadline(of: announcedLength ?? most, from: site.clock())
    var isChecked = request.headers[.csrf] != nil
    var isFile = false
    var name = ""
    var (total, kept) = (0, 0)
    for try await chunk in pieces {
      total += chunk.readableBytes
      guard total <= most else { throw Refusal.tooLarge(most) }
      guard site.clock() <= deadline else { throw Refusal(.requestTimeout, "refusal.slow") }
      for event in try reader.feed(chunk.readableBytesView) {
        switch event {
        case .field("csrf", let secret):
          try checkSecret(secret)
          isChecked = true
        case .file(_, let given):
          isFile = !given.isEmpty && kept == 0
          if isFile { name = given }
        case .bytes(let piece) where isFile:
          kept += piece.count
          do { try file.write(contentsOf: Data(piece)) } catch { throw Refusal.unavailable }
        case .endOfFile: isFile = false
        default: break
        }
      }
    }
    try reader.finish()
    guard isChecked || session?.csrf == nil else { throw Refusal.forged }
    guard kept > 0 else { throw Refusal.invalid("refusal.noFile") }
    return UploadedFile(path: path, name: String(name.filter { !$0.isNewline }.prefix(100)))
  }
}

/// A file that somebody sent, on disk under a name of ours.
struct UploadedFile {
  let path: String
  /// As its sender calls it.
  let name: String
}
