import Notation

/// Looks through the registry, check by check.
struct QualityFindings {
  let book: RegistryBook
  let now: RegistryDay
  let divisions: DivisionList
  private(set) var all: [QualityFinding] = []

  init(book: RegistryBook, now: RegistryDay, divisions: DivisionList) {
    self.book = book
    self.now = now
    self.divisions = divisions
  }

  private mutating func find(_ check: String, _ subject: QualityFinding.Subject, _ detail: Message? = nil) {
    all.append(QualityFinding(check, subject, detail))
  }

  mutating func groups() {
    let members = Dictionary(grouping: now.memberships, by: \.group)
    let schools = Dictionary(now.schools.map { ($0.id, $0) }) { first, _ in first }
    for group in now.groups {
      let own = members[group.id] ?? []
      let leads = own.count { $0.role == .lead }
      if leads == 0 { find("group-without-lead", .group(group.id)) }
      if leads > 1 { find("group-several-leads", .group(group.id), Message("quality.count", ["count": .count(leads)])) }
      if own.count == 1, leads == 1 { find("group-alone", .group(group.id)) }
      if group.form == nil { find("group-without-form", .group(group.id)) }
      if group.formed == nil { find("group-without-day", .group(group.id)) }
      let stages = own.compactMap { schools[$0.school]?.stages }.filter { !$0.isEmpty }
      if let structure = group.structure, Set(stages).count > 1, structure == .sameStage,
        stages.reduce(stages[0], { $0.intersection($1) }).isEmpty
      {
        find("group-structure", .group(group.id))
      }
      for lead in own where lead.role == .lead && schools[lead.school]?.has(.weak) == true {
        find("lead-weak", .group(group.id))
      }
    }
  }

  /// Over the whole history: a membership lies within the life of its group and its school.
  mutating func memberships() {
    let groups = Dictionary(book.groups.map { ($0.id, $0) }) { first, _ in first }
    let schools = Dictionary(book.schools.map { ($0.id, $0) }) { first, _ in first }
    for membership in book.memberships {
      let subject = QualityFinding.Subject.school(membership.school)
      let span = Message(
        "quality.span", ["since": .text(membership.since.text), "group": .text(groups[membership.group]?.name ?? "")])
      func isBeyond(_ first: Day?, _ end: Day?) -> Bool {
        if let first, membership.since < first { return true }
        guard let end else { return false }
        return membership.until.map { end < $0 } ?? true
      }
      if let group = groups[membership.group], isBeyond(group.formed, group.end?.day) {
        find("membership-beyond-group", subject, span)
      }
      if let school = schools[membership.school], isBeyond(school.opened, school.end?.day) {
        find("membership-beyond-school", subject, span)
      }
    }
    struct Pair: Hashable {
      let group: ID
      let school: ID
    }
    for (pair, own) in Dictionary(grouping: book.memberships, by: { Pair(group: $0.group, school: $0.school) })
    where own.count > 1 {
      let ordered = own.sorted { $0.since < $1.since }
      for (one, next) in zip(ordered, ordered.dropFirst()) where one.until.map({ $0 > next.since }) ?? true {
        find("membership-overlap", .school(pair.school))
      }
    }
    for (school, own) in Dictionary(grouping: now.memberships, by: \.school) where own.count > 1 {
      find("school-in-several", .school(school), Message("quality.count", ["count": .count(own.count)]))
    }
  }

  mutating func schools() {
    for school in book.schools {
      let subject = QualityFinding.Subject.school(school.id)
      if let end = school.end, end.kind != .closed, end.successors.isEmpty { find("school-merged-nowhere", subject) }
      guard school.exists(on: now.day) else { continue }
      if let fault = SchoolCode.fault(in: school.code) { find("school-code", subject, fault) }
      if let fault = school.credit.flatMap({ CreditCode.fault(in: $0) }) { find("school-credit", subject, fault) }
      if school.stages.isEmpty { find("school-without-stages", subject) }
      guard let division = school.division.flatMap({ Division($0) }) else { continue }
      if divisions.lacks(division) {
        find("school-division-unknown", subject, Message("literal", ["text": .text(division.text)]))
      }
      if let change = divisions.change(of: division), change.since <= now.day {
        find(
          "school-division-former", subject,
          Message(
            "quality.division",
            [
              "code": .text(division.text), "name": .text(change.name),
              "now": .names(divisions.today(division).map(\.text)),
            ]))
      }
    }
  }

  mutating func years(_ years: [ID: SchoolYear], before: [ID: SchoolYear]) {
    for school in now.schools {
      let subject = QualityFinding.Subject.school(school.id)
      guard let year = years[school.id] else {
        if school.stages.isCompulsory { find("year-missing", subject) }
        continue
      }
      guard let pupils = year.pupils else {
        find("year-without-pupils", subject)
        continue
      }
      if let last = before[school.id]?.pupils, last >= 50, pupils * 2 < last || pupils > last * 2 {
        find("year-jump", subject, Message("quality.pupils", ["now": .count(pupils), "before": .count(last)]))
      }
      if let registered = school.pupils, registered != pupils {
        find(
          "pupils-differ", subject,
          Message("quality.pupils", ["now": .count(registered), "before": .count(pupils)]))
      }
    }
  }
}
