public import Notation

/// A calendar as programs subscribe to it (iCalendar, RFC 5545): whole days with what is due on them.
public struct ICalendar: Sendable {
  public struct Event: Sendable, Hashable {
    /// The same for the same thing, so that a program moves it and doesn't double it.
    public let uid: String
    public let day: Day
    /// The last day of a longer one; that day is included.
    public let through: Day
    public let title: String
    public let text: String?
    public let link: String?
    /// Whether it was called off: programs that know it as coming take it out.
    public let isOff: Bool

    public init(
      uid: String, day: Day, through: Day? = nil, title: String, text: String? = nil, link: String? = nil,
      isOff: Bool = false
    ) {
      self.isOff = isOff
      self.uid = uid
      self.day = day
      self.through = max(through ?? day, day)
      self.title = title
      self.text = text
      self.link = link
    }
  }

  public let name: String
  public let events: [Event]
  /// The moment it was made.
  public let at: Instant

  public init(name: String, events: [Event], at: Instant) {
    self.name = name
    self.events = events
    self.at = at
  }

  public var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//junheng//junheng//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
      "X-WR-CALNAME:\(ICalendar.escaped(name))", "X-WR-TIMEZONE:Asia/Shanghai",
    ]
    for event in events {
      lines += [
        "BEGIN:VEVENT", "UID:\(ICalendar.escaped(event.uid))", "DTSTAMP:\(ICalendar.stamp(at))",
        "DTSTART;VALUE=DATE:\(ICalendar.date(event.day))",
        // The first day it no longer lasts.
        "DTEND;VALUE=DATE:\(ICalendar.date(event.through.adding(days: 1)))",
        "SUMMARY:\(ICalendar.escaped(event.title))",
      ]
      if let text = event.text, !text.isEmpty { lines.append("DESCRIPTION:\(ICalendar.escaped(text))") }
      if let link = event.link { lines.append("URL:\(link.filter { !$0.isNewline })") }
      if event.isOff { lines.append("STATUS:CANCELLED") }
      lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    }
    lines.append("END:VCALENDAR")
    return lines.map { ICalendar.folded($0) + "\r\n" }.joined()
  }

  /// `20220531`
  static func date(_ day: Day) -> String { day.text.filter { $0 != "-" } }

  /// `20220531T020000Z`
  static func stamp(_ at: Instant) -> String {
    // Eight hours back: the moment's own clock is Shanghai's.
    let local = LocalTime(at.adding(seconds: -8 * 3600))
    return "\(date(local.day))T\(local.clock.filter { $0 != ":" })Z"
  }

  /// A text's own commas, semicolons, backslashes and new lines (RFC 5545, 3.3.11).
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case ";": result += "\\;"
      case ",": result += "\\,"
      case "\n": result += "\\n"
      case "\r": break
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Lines of at most 75 bytes, never cut inside a character (RFC 5545, 3.1).
  static func folded(_ line: String) -> String {
    var result = ""
    var length = 0
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if length + size > 75 {
        result += "\r\n "
        length = 1
      }
      result.unicodeScalars.append(scalar)
      length += size
    }
    return result
  }
}
