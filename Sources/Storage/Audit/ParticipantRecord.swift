import Crypto
import Notation

/// The groups and schools that a cycle took in, in one hash: of which authority, under which name and form, who leads.
enum ParticipantRecord {
  static func hash(of cycle: ID, authority: ID, _ transaction: any Transaction) throws -> String {
    let key: [Value] = [.id(authority), .id(cycle)]
    var hasher = SHA256()
    for (columns, table) in [
      ("grp, district, name, form, formed, position", "participant"),
      ("grp, school, name, role, pupils, position", "participant_school"),
    ] {
      let order = table == "participant" ? "grp" : "grp, school"
      for row in try transaction.rows(
        "SELECT \(columns) FROM \(table) WHERE authority = $1 AND cycle = $2 ORDER BY \(order)", key)
      {
        var written: [UInt8] = []
        for value in row.values { AuditRow.write(value, to: &written) }
        written.append(UInt8(ascii: "\n"))
        hasher.update(data: written)
      }
    }
    return hasher.finalize().hexadecimal
  }
}
