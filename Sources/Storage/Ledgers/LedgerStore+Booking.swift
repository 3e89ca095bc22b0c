import Ledgers
import Notation

extension LedgerStore {
  /// Why a venue can't be had: it is taken at that time, in whichever group of the school that provides it. Asked in the
  /// write that keeps the booking, so that of several at once one has it.
  static func taken(
    _ reading: RecordReading, but own: ID?, _ transaction: any Transaction
  ) throws -> Message? {
    guard let kind = LedgerKinds.byID["bookings"], let booking = Booking(reading.values) else { return nil }
    let others = try transaction.rows(
      """
      SELECT x.id, x.content FROM ledger_record x
      WHERE x.kind = 'bookings' AND x.first_day = $1 AND x.removed_at IS NULL
        AND x.grp IN (SELECT m.grp FROM membership m WHERE m.school = $2)
      ORDER BY x.id
      """, [.day(booking.day), .id(booking.provider)]
    ).compactMap { row -> Booking? in
      guard try row.id("id") != own else { return nil }
      return Booking(RecordJSON.values(try row.text("content"), kind: kind))
    }
    return others.first { $0.clashes(with: booking) }?.taken
  }
}
