public import Notation
import Workbooks

/// A one-time link, for the workbook handed to whoever passes the links on.
public struct InvitationLink: Sendable {
  public let login: String
  public let name: String
  public let unit: String
  public let address: String
  public let endsAt: Instant

  public init(login: String, name: String, unit: String, address: String, endsAt: Instant) {
    self.login = login
    self.name = name
    self.unit = unit
    self.address = address
    self.endsAt = endsAt
  }
}

/// The one-time links of new accounts. It is made once: nobody can make the same links again.
public struct LinksBook {
  private let catalogue: Catalogue

  public init(catalogue: Catalogue) { self.catalogue = catalogue }

  public func write(_ links: [InvitationLink], to path: String) throws(WorkbookTrouble) {
    try writeWorkbook(path, title: text("title")) { book in
      let sheet = book.addSheet(named: text("sheet"))
      let heads = [("login", 22.0), ("name", 16.0), ("unit", 30.0), ("address", 90.0), ("ends", 20.0)]
      for (index, (key, width)) in heads.enumerated() {
        sheet.write(text("column.\(key)"), at: CellAddress(row: 1, column: index + 1), Look.head)
        sheet.setWidth(width, ofColumns: (index + 1)...(index + 1))
      }
      for (offset, link) in links.enumerated() {
        let time = LocalTime(link.endsAt)
        let words = [link.login, link.name, link.unit, link.address, "\(time.day.text) \(time.shortClock)"]
        for (index, word) in words.enumerated() {
          sheet.write(word, at: CellAddress(row: offset + 2, column: index + 1), Look.cell)
        }
      }
      sheet.freeze(rows: 1)
      AccountsBook(catalogue: catalogue).setPage(sheet, heads: 1)
    }
  }

  private func text(_ key: String) -> String { catalogue.text("people.links.\(key)") }
}
