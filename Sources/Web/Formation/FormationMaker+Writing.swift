import Formations
import Notation
import Policies
import Storage

extension FormationMaker {
  private func options(_ list: [(String, String)], _ chosen: String?) -> [Option] {
    list.map { Option(value: $0.0, title: $0.1, isChosen: $0.0 == chosen) }
  }

  private func flags(_ flag: Bool?) -> [Option] {
    options(
      [
        ("", visit.text("formation.unsaid")), ("yes", visit.text("formation.yes")), ("no", visit.text("formation.no")),
      ], flag.map { $0 ? "yes" : "no" } ?? "")
  }

  /// What a case of this kind asks of each school.
  private var asked: [(key: String, path: KeyPath<CaseSchool, Bool?>, known: KeyPath<RegisteredFlags, Bool?>)] {
    let ofGroup = [
      ("new", \CaseSchool.isNew, \RegisteredFlags.isNew), ("weak", \CaseSchool.isWeak, \RegisteredFlags.isWeak),
    ]
    let isPrivate = ("private", \CaseSchool.isPrivate, \RegisteredFlags.isPrivate)
    return value.kind == .dissolution ? (terms.asksForPrivate ? [isPrivate] : []) : [isPrivate] + ofGroup
  }

  /// A dissolution concerns the group as it stands: there is nothing to choose but where it has changed meanwhile.
  private var isFixed: Bool { value.kind == .dissolution && !isStale }

  func edit(_ school: CaseSchool) -> FormationPage.School.Edit {
    let parts = isFixed ? [] : CaseSchool.Part.allCases.filter { $0 != .leaving || value.kind == .change }
    let registered = stored.setting.registered[school.school]
    return FormationPage.School.Edit(
      parts: options(
        parts.map { ($0.rawValue, visit.text("formation.part.\($0.rawValue)")) }, school.part.rawValue),
      flags: asked.map { flag in
        FormationPage.School.Flag(
          field: "\(flag.key)/\(school.school)", title: visit.text("formation.flag.\(flag.key)"),
          options: flags(school[keyPath: flag.path]),
          known: registered?[keyPath: flag.known].map {
            visit.text("formation.flag.known", ["value": .text(visit.text($0 ? "formation.yes" : "formation.no"))])
          })
      }, mayRemove: !isFixed)
  }

  var writing: FormationPage.Write {
    let moved = typed.map { $0.seen != value.version } ?? false
    let isWhole = value.kind == .new || value.kind == .change
    return FormationPage.Write(
      action: link(.writeFormation), seen: String(value.version), name: content.name ?? "",
      forms: options(
        [("", visit.text("formation.unsaid"))] + terms.forms.map { ($0.id, $0.name) }, content.form ?? ""),
      areas: options(
        [("", visit.text("formation.unsaid"))] + terms.areas.map { ($0, areaName($0)) }
          + [(CaseContent.elsewhere, visit.text("formation.area.elsewhere"))], content.area ?? ""),
      reasonTitle: value.kind == .new
        ? nil : visit.text(value.kind == .plan ? "formation.plan.text" : "formation.reason"),
      reason: content.reason ?? "",
      parts: (value.kind == .new ? terms.contents.filter(\.isWritten) : []).map { part in
        let theirs = value.content.texts[part.id] ?? ""
        let mine = content.texts[part.id] ?? ""
        return FormationPage.Part(
          id: part.id, title: part.title, text: mine, other: moved && theirs != mine ? theirs : nil)
      }, figures: isWhole ? figures : [], hasForms: isWhole && !terms.forms.isEmpty,
      hasAreas: isWhole && !terms.areas.isEmpty, hasFigures: isWhole && !figures.isEmpty,
      // Where there is nothing to say of them, they stand once on the page.
      hasSchools: !content.schools.isEmpty && !(isFixed && asked.isEmpty),
      flags: asked.map { visit.text("formation.flag.\($0.key)") })
  }

  func areaName(_ area: String) -> String { terms.areaTitles[area] ?? area }

  /// The figures that limits which bear on the case ask for.
  private var figures: [FormationPage.Figure] {
    let asked = Set(checks.map(\.id))
    return terms.limits.filter { asked.contains($0.id) }.map { limit in
      var (first, second) = ("", "")
      switch content.figures[limit.id] {
      case .number(let number): first = number.plain
      case .share(let part, let whole): (first, second) = (part?.plain ?? "", whole?.plain ?? "")
      case nil: break
      }
      return FormationPage.Figure(
        id: limit.id, title: limit.title, isShare: limit.isShare, first: first, second: second,
        about: limit.note ?? "")
    }
  }

  var searching: FormationPage.Search {
    let named = Set(content.schools.map(\.school))
    return FormationPage.Search(
      action: link(.formation), text: search ?? "",
      found: (candidates ?? []).filter { !named.contains($0.id) }.map {
        FormationPage.Search.Candidate(id: $0.id.description, name: $0.name, about: $0.about)
      }, none: candidates?.isEmpty ?? false)
  }

  /// What the case says, for those who only read it.
  var parts: [FormationPage.Fact] {
    var facts = terms.contents.filter(\.isWritten).compactMap { part in
      content.texts[part.id].map { FormationPage.Fact(title: part.title, text: $0) }
    }
    if let reason = content.reason {
      facts.insert(
        FormationPage.Fact(
          title: visit.text(value.kind == .plan ? "formation.plan.text" : "formation.reason"), text: reason), at: 0)
    }
    return facts
  }
}
