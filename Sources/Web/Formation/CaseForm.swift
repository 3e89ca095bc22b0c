import Formations
import Notation
import Policies
import Storage

/// What the form of a case brings: everything that is written, as it was typed.
struct CaseForm: Sendable {
  let form: Form
  let seen: Int
  /// A school to be added.
  let added: ID?
  let removed: ID?
  let problems: [Message]

  init(_ form: Form) {
    self.form = form
    seen = form.number("seen", in: .versions) ?? 0
    added = form.id("add")
    removed = form.id("remove")
    problems = form.fields.filter { field in
      let isFigure = ["figure/", "part/", "whole/"].contains { field.name.hasPrefix($0) }
      return isFigure && !field.value.allSatisfy(\.isWhitespace) && CaseForm.number(field.value) == nil
    }.map { Message("formation.fault.figure", ["text": .text(String($0.value.prefix(40)))]) }
  }

  /// What is stored with what was typed over it. Fields the form doesn't bring stay as they were.
  func content(_ stored: CaseContent, _ terms: FormationTerms) -> CaseContent {
    var content = stored
    if form.has("name") { content.name = form.text("name", most: 200) }
    if form.has("form") { content.form = terms.form(form.text("form"))?.id }
    if form.has("area") {
      content.area = form.text("area").flatMap { $0 == CaseContent.elsewhere || terms.areas.contains($0) ? $0 : nil }
    }
    if form.has("reason") { content.reason = form.text("reason", most: 4_000) }
    for part in terms.contents where part.isWritten && form.has("content/\(part.id)") {
      content.texts[part.id] = form.text("content/\(part.id)", most: 4_000)
    }
    for limit in terms.limits { figure(limit, &content) }
    content.schools = content.schools.filter { $0.school != removed }.map(school)
    return content
  }

  private func figure(_ limit: FormationTerms.Limit, _ content: inout CaseContent) {
    if limit.isShare, form.has("part/\(limit.id)") || form.has("whole/\(limit.id)") {
      let (part, whole) = (number("part/\(limit.id)"), number("whole/\(limit.id)"))
      content.figures[limit.id] = part == nil && whole == nil ? nil : .share(part: part, whole: whole)
    } else if form.has("figure/\(limit.id)") {
      content.figures[limit.id] = number("figure/\(limit.id)").map { .number($0) }
    }
  }

  private func number(_ name: String) -> Exact? { form.text(name).flatMap(CaseForm.number) }

  /// A number that isn't negative; nil where it is none.
  static func number(_ text: String) -> Exact? {
    // Whoever sends a megabyte of digits waits for nobody's count of them.
    guard text.utf8.count <= 100 else { return nil }
    let trimmed = text.filter { !$0.isWhitespace }
    guard trimmed.count <= 20, let number = Exact(decimal: trimmed), !number.isNegative else { return nil }
    return number
  }

  private func school(_ stored: CaseSchool) -> CaseSchool {
    var school = stored
    let id = stored.school
    if let part = form.text("schoolPart/\(id)").flatMap(CaseSchool.Part.init) { school.part = part }
    func flag(_ name: String, _ old: Bool?) -> Bool? {
      guard form.has("\(name)/\(id)") else { return old }
      return form.text("\(name)/\(id)").map { $0 == "yes" }
    }
    school.isPrivate = flag("private", stored.isPrivate)
    school.isNew = flag("new", stored.isNew)
    school.isWeak = flag("weak", stored.isWeak)
    return school
  }
}

/// A school that was found and may be added.
struct SchoolChoice: Sendable {
  let id: ID
  let name: String
  let about: String
}
