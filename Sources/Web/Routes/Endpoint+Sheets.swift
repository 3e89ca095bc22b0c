import People

extension Endpoint {
  /// `?item=` names the item in the middle.
  static let sheet = Endpoint("sheet", .get, "/sheets/:authority/:sheet", .may(.readSheet))
  static let sheetItem = Endpoint("sheetItem", .post, "/sheets/:authority/:sheet/items/:item", .may(.readSheet))
  /// What the page exchanges while it is open: the item and the tree anew, who else is there.
  static let sheetNow = Endpoint("sheetNow", .get, "/sheets/:authority/:sheet/now", .may(.readSheet))
  static let presence = Endpoint("presence", .post, "/sheets/:authority/:sheet/presence", .may(.readSheet))
  static let submission = Endpoint("submission", .get, "/sheets/:authority/:sheet/submission", .may(.submitSheet))
  static let submit = Endpoint("submit", .post, "/sheets/:authority/:sheet/submission", .may(.submitSheet))
  static let giveBack = Endpoint("giveBack", .post, "/sheets/:authority/:sheet/return", .may(.returnSheet))
  static let secondLook = Endpoint(
    "secondLook", .post, "/sheets/:authority/:sheet/items/:item/second-look", .may(.callSecondLook))
  static let comparison = Endpoint("comparison", .get, "/sheets/:authority/:sheet/comparison", .may(.readSheet))
  static let sheetHistory = Endpoint("sheetHistory", .get, "/sheets/:authority/:sheet/history", .may(.readSheet))

  static let sheetBook = Endpoint(
    "sheetBook", .get, "/sheets/:authority/:sheet/workbook", .may(.readSheet), kind: .file)
  static let scoreSheet = Endpoint(
    "scoreSheet", .get, "/sheets/:authority/:sheet/score-sheet", .may(.readSheet), kind: .file)
  static let sheetImport = Endpoint("sheetImport", .get, "/sheets/:authority/:sheet/import", .may(.readSheet))
  static let sheetImportPreview = Endpoint(
    "sheetImportPreview", .post, "/sheets/:authority/:sheet/import/preview", .may(.readSheet), takesFiles: true)
  static let sheetImportApply = Endpoint(
    "sheetImportApply", .post, "/sheets/:authority/:sheet/import", .may(.readSheet))

  /// What the year's records say to the sheet's fields, taken over many at once; `?item=` is one item's.
  static let sheetRecords = Endpoint("sheetRecords", .get, "/sheets/:authority/:sheet/records", .may(.fillSheet))
  static let sheetRecordsTake = Endpoint(
    "sheetRecordsTake", .post, "/sheets/:authority/:sheet/records", .may(.fillSheet))

  static let sheets: [Endpoint] = [
    .sheetRecords, .sheetRecordsTake, .sheetBook, .scoreSheet, .sheetImport, .sheetImportPreview, .sheetImportApply,
    .sheet, .sheetItem, .sheetNow, .presence, .submission, .submit, .giveBack, .secondLook, .comparison, .sheetHistory,
  ]
}
