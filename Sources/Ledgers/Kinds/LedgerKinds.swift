/// All kinds of records. A kind is a line here: its form, its workbook, its checks, its page and its metrics' rows follow.
public enum LedgerKinds {
  public static let all: [LedgerKind] =
    [documents, meetings] + staff + teaching + sharing + life + honours

  public static let byID: [String: LedgerKind] = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  static let day = LedgerField("day", .day, required: true)
  static let title = LedgerField("title", .text(100), required: true)
  static let remark = LedgerField("remark", .text(200))
  static let span = [LedgerField("from", .day, required: true), LedgerField("to", .day)]
  static let level = LedgerField("level", .word(.levels), required: true)
  static let takingPart = LedgerField("schools", .schools, required: true)
  static let subject = LedgerField("subject", .word(.subjects))

  static func kind(_ list: String, _ words: [String]) -> LedgerField {
    LedgerField("kind", .word(LedgerWords(list, words)), required: true)
  }

  /// What the policy asks for: charter, plans, rules, reports (五个一 and the policy's list), version by version.
  static let documents = LedgerKind(
    "documents", .school, .standing,
    [
      LedgerField("document", .document, required: true), LedgerField("number", .text(60)),
      LedgerField("version", .text(20)), LedgerField("adopted", .day, required: true),
      LedgerField("adoptedBy", .text(60)), LedgerField("filed", .day), LedgerField("filedWith", .text(60)),
      LedgerField("ended", .day), LedgerField("contents", .contents), remark,
    ])

  static let meetings = LedgerKind(
    "meetings", .group, .day,
    [
      day, kind("meeting", ["regular", "office", "council", "interim", "final", "other"]), title,
      LedgerField("recorded", .flag, required: true), takingPart, LedgerField("principals", .schools), remark,
    ])
}
