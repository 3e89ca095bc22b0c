import Hummingbird
import NIOCore
import Notation
import Storage

/// A form with files as it arrives: fields are noted, files go straight into the store, and nothing is kept unless all
/// of it is right.
struct EvidenceForm {
  /// Bytes of a whole request; a single file's limit is in the table of kinds.
  static let mostBytes = 600 << 20

  private(set) var fields = Form([])
  private(set) var files: [EvidenceIntake] = []
  /// What is wrong with the files, where the form's own page says so.
  private(set) var problems: [Message] = []

  /// Reads the whole form. A form without its secret is refused before its first file is received.
  ///
  /// Throws `MultipartProblem`, `EvidenceFilesError`, and `Refusal` with everything that is wrong with the files.
  ///
  /// - Parameters:
  ///   - tells: whether what is wrong with files is noted as `problems` instead of thrown, with what else was typed.
  ///   - expect: throws where so many bytes can't fit any more; asked with every piece that arrives.
  init(_ visit: Visit, tells: Bool = false, _ expect: (Int) throws -> Void) async throws {
    if let length = visit.announcedLength, length > Self.mostBytes {
      throw Refusal.tooLarge(Self.mostBytes)
    }
    do {
      try await read(visit, expect)
      if !problems.isEmpty {
        await abandon()
        files = []
        if !tells { throw Refusal.invalid(problems) }
      }
    } catch {
      await abandon()
      throw error
    }
  }

  private mutating func read(_ visit: Visit, _ expect: (Int) throws -> Void) async throws {
    var reader = try Multipart(contentType: visit.request.headers[.contentType] ?? "")
    var named: [(name: String, value: String)] = []
    var refusals: [EvidenceRefusal] = []
    var intake: EvidenceIntake?
    var isChecked = visit.request.headers[.csrf] != nil
    var size = 0
    for try await buffer in visit.pieces {
      size += buffer.readableBytes
      guard size <= Self.mostBytes else { throw Refusal.tooLarge(Self.mostBytes) }
      try expect(size)
      for event in try reader.feed(buffer.readableBytesView) {
        switch event {
        case .field(let name, let value): named.append((name, value))
        case .file(_, let name):
          if !isChecked { try visit.checkSecret(named.first { $0.name == "csrf" }?.value) }
          isChecked = true
          intake = name.isEmpty ? nil : try await begin(name, visit, &refusals)
        case .bytes(let bytes):
          guard let receiving = intake else { continue }
          do {
            try await receiving.write(bytes)
          } catch let refusal as EvidenceRefusal {
            await receiving.abandon()
            refusals.append(refusal)
            intake = nil
          }
        case .endOfFile:
          guard let received = intake else { continue }
          do {
            _ = try await received.check()
            files.append(received)
          } catch let refusal as EvidenceRefusal {
            await received.abandon()
            refusals.append(refusal)
          }
          intake = nil
        case .end: break
        }
      }
    }
    try reader.finish()
    fields = Form(named)
    if !isChecked { try visit.checkSecret(fields.raw("csrf")) }
    problems = refusals.map(\.message)
    if problems.isEmpty, files.isEmpty { problems = [Message("evidence.form.none")] }
  }

  private func begin(
    _ name: String, _ visit: Visit, _ refusals: inout [EvidenceRefusal]
  ) async throws -> EvidenceIntake? {
    do {
      return try await EvidenceIntake(name: name, into: visit.site.evidence)
    } catch let refusal as EvidenceRefusal {
      refusals.append(refusal)
      return nil
    }
  }

  /// Bytes of all files.
  var size: Int64 {
    get async {
      var size: Int64 = 0
      for file in files { size += await file.size }
      return size
    }
  }

  func abandon() async {
    for file in files { await file.abandon() }
  }
}

/// What a form or a query says that a file shows.
struct EvidenceSaid {
  let places: [String]
  let school: ID?
  let year: Int?
  let title: String?

  /// Throws `Refusal` where the year or the school isn't one.
  /// - Parameter all: the values of a name.
  init(_ all: (String) -> [String]) throws(Refusal) {
    func first(_ name: String) -> String? { all(name).first { !$0.isEmpty } }
    places = all("place").filter { !$0.isEmpty }
    school = try first("school").map { typed throws(Refusal) in
      guard let school = ID(typed) else { throw .invalid("evidence.school.foreign") }
      return school
    }
    year = try first("year").map { typed throws(Refusal) in
      guard let year = typed.number(in: .schoolYears) else {
        throw .invalid("evidence.year.far", ["year": .text(String(typed.prefix(40)))])
      }
      return year
    }
    title = first("title")
  }
}
