import People

extension Endpoint {
  /// A group's evidence in a cycle, by item; `?item=` only of one.
  static let evidence = Endpoint("evidence", .get, "/evidence/:authority/:cycle/:group", .may(.readEvidence))
  /// Adds files by a form.
  static let addEvidence = Endpoint(
    "addEvidence", .post, "/evidence/:authority/:cycle/:group", .may(.addEvidence), takesFiles: true)
  /// Adds one file, sent as it is; the query says what it is called and shows.
  static let sendEvidence = Endpoint(
    "sendEvidence", .put, "/evidence/:authority/:cycle/:group/files", .may(.addEvidence))
  static let evidenceArchive = Endpoint(
    "evidenceArchive", .get, "/evidence/:authority/:cycle/:group/archive", .may(.readEvidence), kind: .file)

  /// One piece as a cycle shows it: what it is, its versions, its links.
  static let piece = Endpoint("piece", .get, "/evidence/:authority/:cycle/pieces/:evidence", .may(.readEvidence))
  static let linkPiece = Endpoint(
    "linkPiece", .post, "/evidence/:authority/:cycle/pieces/:evidence/links", .may(.addEvidence))
  static let unlinkPiece = Endpoint(
    "unlinkPiece", .post, "/evidence/:authority/:cycle/pieces/:evidence/links/removal", .may(.addEvidence))
  static let replacePiece = Endpoint(
    "replacePiece", .post, "/evidence/:authority/:cycle/pieces/:evidence/versions", .may(.addEvidence), takesFiles: true
  )
  static let withdrawPiece = Endpoint(
    "withdrawPiece", .post, "/evidence/:authority/:cycle/pieces/:evidence/withdrawal", .may(.addEvidence))

  static let evidenceFile = Endpoint(
    "evidenceFile", .get, "/files/:authority/:evidence", .may(.readEvidence), kind: .file)
  /// The same file to be looked at inside a page of ours.
  static let evidencePreview = Endpoint(
    "evidencePreview", .get, "/files/:authority/:evidence/preview", .may(.readEvidence), kind: .file)

  static let evidenceRoom: [Endpoint] = [
    .evidence, .addEvidence, .sendEvidence, .evidenceArchive, .piece, .linkPiece, .unlinkPiece, .replacePiece,
    .withdrawPiece, .evidenceFile, .evidencePreview,
  ]
}
