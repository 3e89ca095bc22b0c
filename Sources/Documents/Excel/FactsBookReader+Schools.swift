import Notation
import Policies

extension FactsBookReader {
  mutating func readSchools() {
    for row in rows("schools", from: 3, codeRow: 2, columns: FactsBook.schoolColumns) {
      guard let key = key(row, idColumn: "group"), let group = row["group"] else { continue }
      guard isKnown(key, at: group.place) else { continue }
      var fields: [Node.Entry] = []
      for name in ["id", "name"] {
        if let node = row[name] { fields.append(Node.Entry(key: name, keyPlace: node.place, value: node.asText)) }
      }
      if let role = row["role"] {
        let word =
          role.text == text("role.lead") ? "lead" : role.text == text("role.member") ? "member" : role.plainText
        fields.append(Node.Entry(key: "role", keyPlace: role.place, value: Node(.text(word), at: role.place)))
      }
      if let pupils = row["pupils"] {
        fields.append(Node.Entry(key: "pupils", keyPlace: pupils.place, value: pupils.asNumber))
      }
      groups[key]?.schools.append(Node(.map(fields), at: group.place))
    }
  }
}
