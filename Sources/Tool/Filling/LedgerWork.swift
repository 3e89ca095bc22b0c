import Demonstration
import Ledgers
import Notation
import People
import Registry
import Storage

/// The present year's records of every group, as its schools would have kept them.
struct LedgerWork: Sendable {
  let filling: Filling
  let days: SchoolYearDays

  /// How many records of a kind a keeper has, at least and at most.
  private static let amounts: [String: ClosedRange<Int>] = [
    "meetings": 6...10, "staffing": 1...1, "exchange": 2...5, "managers": 0...1, "firstPosts": 0...1,
    "training": 8...12,
    "guidance": 6...12, "research": 14...30, "projects": 2...4, "assessments": 1...3, "appraisals": 1...1,
    "courses": 2...4, "venues": 0...2, "bookings": 0...6, "aid": 0...4, "platforms": 1...3, "matters": 3...6,
    "funds": 0...2, "activities": 5...9, "incidents": 0...0, "awards": 2...6, "publicity": 0...3,
  ]

  /// - Parameter today: nothing is recorded of days to come.
  func add(until today: Day) async throws {
    for (place, group) in filling.registry.groups.enumerated() {
      guard let person = filling.people.schools[group.lead.id], let post = person.viewer.post else { continue }
      let schools = group.allSchools.map { school in
        LedgerSchool(id: school.id, code: school.code, name: school.name, isLead: school.id == group.lead.id)
      }
      let ground = LedgerGround(
        authority: group.group.authority, authorityName: "", group: group.id, name: group.group.name, days: days,
        schools: schools, policy: filling.city.policy)
      let year = ground.year(LedgerStore.Found())
      let context = RecordContext(year: year, teachers: [], catalogues: [.chinese])
      var maker = RecordMaker(
        year: year, context: context, today: min(today, days.last), chance: Chance(seed: filling.seed, 61, place),
        juniors: Set(group.allSchools.filter { $0.stages != .primary }.map(\.id)))
      let typed = maker.all(Self.amounts)
      let closed = LedgerKinds.all.flatMap { kind in
        year.keepers(of: kind).filter { _ in !maker.chance.happens(150) }.map { (kind, $0) }
      }
      let rights = LedgerRights(post, of: year)
      // What the authority found of its schools it keeps itself.
      let office = filling.people.offices[group.group.authority] ?? filling.office
      let theirs = office.viewer.post.map { LedgerRights($0, of: year, under: Set(schools.map(\.id))) } ?? rights
      let at = filling.moment(days.last, hour: 15)
      try await filling.database.write { [filling] transaction in
        for one in typed {
          guard let kind = LedgerKinds.byID[one.kind] else { continue }
          let reading = RecordReading(one, kind: kind, in: context)
          guard reading.faults.isEmpty else { continue }
          let isTheirs = kind.keeper == .office
          do {
            try LedgerStore.save(
              LedgerStore.Draft(reading, kind: kind, before: nil, evidence: nil), on: ground, year,
              rights: isTheirs ? theirs : rights, at: min(at, filling.now), by: (isTheirs ? office : person).actor,
              ids: filling.ids, transaction)
          } catch LedgerConflict.refused {
            // A venue that was booked before stays booked.
          }
        }
        // Only a year that is over can be declared complete.
        guard today >= days.last.adding(days: -30) else { return }
        for (kind, keeper) in closed {
          for term in kind.declarable {
            try LedgerStore.declare(
              Statement(kind: kind.id, school: keeper, term: term), isComplete: true, kind: kind, on: ground,
              rights: kind.keeper == .office ? theirs : rights, at: min(at, filling.now),
              by: (kind.keeper == .office ? office : person).actor, transaction)
          }
        }
      }
    }
  }
}

/// Makes records as people would type them.
private struct RecordMaker {
  let year: GroupYear
  let context: RecordContext
  let today: Day
  var chance: Chance
  /// Schools with more than primary stages.
  let juniors: Set<ID>

  mutating func all(_ amounts: [String: ClosedRange<Int>]) -> [TypedRecord] {
    var records: [TypedRecord] = []
    for kind in LedgerKinds.all {
      for keeper in year.keepers(of: kind) {
        let school = keeper?.description ?? ""
        if kind.id == "documents" {
          records += documents(keeper).map { TypedRecord(kind: kind.id, school: school, texts: $0) }
          continue
        }
        guard let range = amounts[kind.id] else { continue }
        for number in 0..<chance.within(range) {
          records.append(TypedRecord(kind: kind.id, school: school, texts: texts(kind, keeper, number)))
        }
      }
    }
    return records
  }

  private mutating func documents(_ keeper: ID?) -> [[String: String]] {
    let isLead = year.schools.first { $0.id == keeper }?.isLead ?? false
    let owed = year.asked.filter { asked in
      switch asked.of {
      case .group, .lead: isLead
      case .members: !isLead
      case .schools: true
      }
    }
    return owed.filter { _ in !chance.happens(60) }.map { asked -> [String: String] in
      var texts = [
        "document": asked.id, "adopted": day(year.days.first, year.days.first.adding(days: 60)), "version": "1",
        "contents": asked.contents.filter { _ in !chance.happens(50) }.map(\.id).joined(separator: "、"),
      ]
      if asked.fileWith != nil {
        texts["filed"] = day(year.days.first.adding(days: 61), year.days.first.adding(days: 90))
      }
      return texts
    }
  }

  private mutating func texts(_ kind: LedgerKind, _ keeper: ID?, _ number: Int) -> [String: String] {
    var texts: [String: String] = [:]
    let teachers = chance.within(30...90)
    for field in kind.fields {
      guard let text = text(field, kind, keeper, number, teachers) else { continue }
      texts[field.id] = text
    }
    if kind.dating == .span {
      texts["from"] = year.days.first.text
      texts["to"] = chance.happens(800) ? year.days.last.text : nil
    }
    return texts
  }

  private mutating func text(
    _ field: LedgerField, _ kind: LedgerKind, _ keeper: ID?, _ number: Int, _ teachers: Int
  ) -> String? {
    switch field.form {
    case .text:
      switch field.id {
      case "grade":
        return Words.made("demo.grades").split(separator: " ").map(String.init)[min(2, chance.below(4))]
      case "remark", "number", "mentor", "issuer": return nil
      default: return Catalogue.chinese.text(kind.title) + " \(number + 1)"
      }
    case .time: return field.id == "begins" ? "0\(chance.within(8...9)):00" : "1\(chance.within(0...1)):00"
    case .day: return field.isRequired && field.id == "day" ? day(year.days.first, today) : nil
    case .count: return count(field.id, teachers)
    case .amount: return String(chance.within(1...20) * (field.id == "yuan" ? 5_000 : 1))
    case .flag: return String(chance.happens(field.id == "held" ? 0 : field.id == "backbone" ? 350 : 900))
    case .word(let words): return word(words, number, keeper)
    case .words(let words):
      let choices = words.list == "subject" ? subjects(words, keeper) : words.all
      let most = min(choices.count, 8)
      return choices.prefix(chance.within(max(1, most - 2)...most)).joined(separator: "、")
    case .school: return chance.pick(year.schools.filter { $0.id != keeper })?.id.description
    case .schools:
      let all = year.schools.filter { _ in chance.happens(850) }
      return (all.count > 1 ? all : year.schools).map(\.id.description).joined(separator: "、")
    case .teacher: return FilledPeople.name(chance.below(600))
    case .document, .contents: return nil
    }
  }

  /// What comes again and again comes often; what a policy asks to be there comes in turn.
  private mutating func word(_ words: LedgerWords, _ number: Int, _ keeper: ID?) -> String? {
    switch words.list {
    case "level": return chance.pick(Array(words.all.dropFirst()))
    case "subject": return chance.pick(Array(subjects(words, keeper).prefix(8)))
    case "meeting", "research": if chance.happens(550) { return words.all.first }
    case "training", "activity", "project": break
    default: return chance.pick(words.all)
    }
    return words.all[number % words.all.count]
  }

  /// Those of the middle schools aren't taught in primary ones.
  private func subjects(_ words: LedgerWords, _ keeper: ID?) -> [String] {
    let isJunior = keeper.map(juniors.contains) ?? !juniors.isEmpty
    return isJunior ? words.all : words.all.filter { !Self.juniorSubjects.contains($0) }
  }

  private static let juniorSubjects: Set = ["history", "geography", "physics", "chemistry", "biology"]

  private mutating func count(_ field: String, _ teachers: Int) -> String? {
    switch field {
    case "teachers": String(teachers)
    case "eligible": String(teachers / 2)
    case "backbone": String(teachers / 4)
    case "managers": String(chance.within(5...9))
    case "newTeachers", "newManagers": String(chance.within(1...4))
    case "newManagersMoved": "1"
    case "trained", "jointTrained", "researching", "resourceUsers": String(teachers - chance.below(6))
    case "people": String(chance.within(12...160))
    default: nil
    }
  }

  private mutating func day(_ first: Day, _ last: Day) -> String {
    first.adding(days: chance.within(0...max(0, last.days(since: first)))).text
  }
}
