import Crypto
import Documents
import Foundation
import Notation
import People

/// The rows of a workbook between preview and acceptance: they travel in the form, as nothing is kept of a preview.
enum PlanText {
  /// More rows than this make a form too large to send.
  static let mostRows = 3_000
  static let mostBytes = 900 << 10

  static func text(_ rows: [AccountRow]) -> String {
    rows.map { row in
      let fields = [
        String(row.place(.login).line), row.login.text, row.name, row.role.rawValue, row.unit, row.since.text,
        row.last?.text ?? "",
      ]
      return fields.joined(separator: "\t")
    }.joined(separator: "\n")
  }

  /// The rows; nil where the form was changed on its way.
  static func rows(_ text: String, file: String) -> [AccountRow]? {
    var rows: [AccountRow] = []
    for line in text.split(whereSeparator: \.isNewline).prefix(mostRows + 1) {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 7, let number = fields[0].number(in: .places), let login = Login(fields[1]),
        Account.problems(name: fields[2]).isEmpty, let role = Role(rawValue: fields[3]), let since = Day(fields[5])
      else { return nil }
      let last = Day(fields[6])
      guard fields[6].isEmpty || last != nil else { return nil }
      let row = AccountRow(
        login: login, name: fields[2], role: role, unit: fields[4], since: since, last: last,
        places: [.login: Place(file: file, line: number)])
      rows.append(row)
    }
    return rows.isEmpty || rows.count > mostRows ? nil : rows
  }

  /// What was shown, so that acceptance means that and nothing else.
  static func seal(_ plan: AccountsPlan) -> String {
    let shown = plan.lines.map { line in
      let row = line.row
      return
        "\(row.login.text)\t\(row.name)\t\(row.role)\t\(row.since.text)\t\(row.last?.text ?? "")\t\(line.unit)\t\(line.account)\t\(line.appointment)"
    }.joined(separator: "\n")
    return Data(SHA256.hash(data: Data(shown.utf8))).base64EncodedString()
  }
}
