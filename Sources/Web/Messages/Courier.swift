import Formations
import Logging
import Notation
import ServiceLifecycle
import Storage
import Tasks

/// Tells reminders and sends the mail that waits, every minute while the program runs. Any number of programs may do so
/// side by side: what is told is told once, a letter is sent by one of them.
struct Courier: Service {
  let site: Site
  static let pause = Duration.seconds(60)

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        await round()
        try? await Task.sleep(for: Self.pause)
      }
    }
  }

  /// Once; what fails is done a minute later.
  func round() async {
    do {
      try await remind()
      if let carrier = site.settings.carrier { try await send(by: carrier) }
    } catch {
      site.log.warning("courier failed", metadata: ["why": .string("\(error)")])
    }
  }

  func remind() async throws {
    let (now, ids, site) = (self.site.clock(), self.site.ids, self.site)
    for keeper in try await site.database.read({ try ReminderStore.keepers($0) }) {
      // Most minutes there is nothing to tell, and nothing is written.
      let isDue = try await site.database.read { transaction in
        let due = try ReminderStore.due(of: keeper, at: now, transaction)
        return try ReminderStore.hasHearers(due, of: keeper, at: now, transaction)
      }
      guard isDue else { continue }
      try await site.database.write { transaction in
        try ReminderStore.tell(
          of: keeper, at: now, ids: ids, words: { Courier.note($0, of: keeper, site) },
          several: { site.words(nil).text("messages.reminder.several", ["count": .count($0)]) }, transaction)
      }
    }
  }

  /// One reminder in its own words; several as a sum with the first of them by name.
  static func note(_ reminders: [Reminder], of keeper: ID, _ site: Site) -> Note {
    // Whoever is told may read it in either language; the mail can't ask.
    let words = site.words(nil)
    guard reminders.count == 1, let reminder = reminders.first else {
      let counts = Reminder.Kind.allCases.reversed().compactMap { kind -> String? in
        let count = reminders.count { $0.kind == kind }
        return count == 0 ? nil : words.text("messages.reminder.count.\(kind.rawValue)", ["count": .count(count)])
      }
      let lines = reminders.sorted { ($0.due, $0.task) < ($1.due, $1.task) }.prefix(Self.mostLines).map {
        words.text("messages.reminder.line", ["title": .text($0.title), "day": .text(words.day($0.due))])
      }
      let rest = reminders.count - lines.count
      let more = rest > 0 ? [words.text("messages.reminder.more", ["count": .count(rest)])] : []
      return Note(
        title: words.text("messages.reminder.several", ["count": .count(reminders.count)]),
        text: ([counts.joined(separator: words.text("list.separator"))] + lines + more).joined(separator: "\n"),
        link: Endpoint.taskBoard.link())
    }
    let parts: [String: Message.Part] = [
      "title": .text(reminder.title), "unit": .text(reminder.unit), "day": .text(words.day(reminder.due)),
    ]
    return Note(
      title: words.text("messages.reminder.\(reminder.kind.rawValue)", parts),
      text: words.text("messages.reminder.text", parts), link: Endpoint.task.link(keeper, reminder.task))
  }

  private static let mostLines = 5

  /// With the page where it stands, if the site knows its own address.
  private func signed(_ letter: Letter) -> Letter {
    guard let origin = site.settings.origin else { return letter }
    let place = site.words(nil).text(
      "messages.mail.place", ["address": .text(origin + Endpoint.messages.link())])
    return Letter(
      id: letter.id, address: letter.address, subject: letter.subject, text: letter.text + "\n\n" + place,
      writtenAt: letter.writtenAt, tries: letter.tries)
  }

  /// Sends what waits, one after another: a letter is held for longer than one takes, not for longer than many do.
  func send(by carrier: any Carrier) async throws {
    for _ in 0..<200 {
      let now = site.clock()
      let letters = try await site.database.write { try Outbox.take(1, at: now, $0) }
      guard !letters.isEmpty else { return }
      for letter in letters {
        var failure: CarrierFailure?
        do throws(CarrierFailure) {
          try await carrier.carry(signed(letter))
        } catch {
          failure = error
          site.log.warning("mail", metadata: ["letter": .string("\(letter.id)"), "why": .string(error.why)])
        }
        let (why, isFinal, at) = (failure?.why, failure?.isFinal ?? false, site.clock())
        try await site.database.write {
          try Outbox.settle(letter, error: why, isFinal: isFinal, at: at, $0)
        }
      }
    }
  }
}
