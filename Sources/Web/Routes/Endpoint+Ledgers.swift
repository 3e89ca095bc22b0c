import People

extension Endpoint {
  /// The groups within reach and how far their year is recorded; `?year=`.
  static let ledgerGroups = Endpoint("ledgerGroups", .get, "/records", .may(.readLedger))
  /// What the inputs of all groups within reach come to, as a workbook; `?year=`.
  static let ledgerFigures = Endpoint(
    "ledgerFigures", .get, "/records/metrics.xlsx", .may(.readLedger), kind: .file)
  /// A group's school year: what is there, what is missing, what can't be right.
  static let ledgerYear = Endpoint("ledgerYear", .get, "/records/:group/:year", .may(.readLedger))
  /// Every figure the year's records yield for the policy's inputs, with its rows; `?item=` only of one.
  static let ledgerMetrics = Endpoint("ledgerMetrics", .get, "/records/:group/:year/metrics", .may(.readLedger))
  /// One kind of records: list and form; `?record=` the one to change.
  static let ledger = Endpoint("ledger", .get, "/records/:group/:year/of/:kind", .may(.readLedger))
  static let saveRecord = Endpoint("saveRecord", .post, "/records/:group/:year/of/:kind", .may(.keepLedger))
  static let removeRecord = Endpoint(
    "removeRecord", .post, "/records/:group/:year/of/:kind/removal", .may(.keepLedger))
  /// «Nothing is missing», or taken back.
  static let declareLedger = Endpoint(
    "declareLedger", .post, "/records/:group/:year/of/:kind/statement", .may(.keepLedger))
  /// To be filled in; `?with=all` with the records, people by their family name alone.
  static let ledgerBook = Endpoint(
    "ledgerBook", .get, "/records/:group/:year/of/:kind/book.xlsx", .may(.readLedger), kind: .file)
  /// With whole names, for a reason that is recorded.
  static let exportLedger = Endpoint(
    "exportLedger", .post, "/records/:group/:year/of/:kind/export", .may(.readLedger), kind: .file)
  static let ledgerImport = Endpoint(
    "ledgerImport", .get, "/records/:group/:year/of/:kind/import", .may(.keepLedger))
  static let previewLedger = Endpoint(
    "previewLedger", .post, "/records/:group/:year/of/:kind/import/preview", .may(.keepLedger), takesFiles: true)
  static let acceptLedger = Endpoint(
    "acceptLedger", .post, "/records/:group/:year/of/:kind/import", .may(.keepLedger))

  static let ledgerRoom: [Endpoint] = [
    .ledgerGroups, .ledgerFigures, .ledgerYear, .ledgerMetrics, .ledger, .saveRecord, .removeRecord, .declareLedger,
    .ledgerBook,
    .exportLedger, .ledgerImport, .previewLedger, .acceptLedger,
  ]
}
