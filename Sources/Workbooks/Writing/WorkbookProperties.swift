/// What a workbook says about itself. The moment of creation is given, never taken from the clock, so that the same
/// content makes the same file.
package struct WorkbookProperties: Sendable {
  package var title: String
  package var author: String
  package var company: String
  /// Seconds since 1970-01-01T00:00:00Z.
  package var created: Int64

  package init(title: String = "", author: String = "", company: String = "", created: Int64) {
    self.title = title
    self.author = author
    self.company = company
    self.created = created
  }
}
