import Notation
import Policies
import Rules

extension FormationTerms {
  /// Every limit that bears on a case, as it stands now: live while the case is written.
  ///
  /// - Parameter year: the calendar year in which it would be approved.
  public func limits(
    of kind: FormationCase.Kind, _ content: CaseContent, year: Int, standing: FormationStanding
  ) -> [LimitCheck] {
    switch kind {
    case .plan, .dissolution: return []
    case .new, .change: break
    }
    let facts = content.facts
    var checks = [size(content, facts)].compactMap(\.self)
    checks += limits.compactMap { check($0, content, facts) }
    checks += kind == .new ? shares.compactMap { share($0, content, year: year, standing) } : []
    checks += [needy(content), twice(content)].compactMap(\.self)
    return checks
  }

  /// How many members the lead school takes.
  private func size(_ content: CaseContent, _ facts: FormationFacts) -> LimitCheck? {
    guard !sizes.isEmpty else { return nil }
    let title = Message("formation.limit.members")
    let count = content.members.count
    func unknown(_ what: [Message]) -> LimitCheck {
      LimitCheck(
        id: "members", title: title, figure: .count(count), verdict: .missing(what), source: sizes.first?.source,
        binds: true)
    }
    for size in sizes {
      switch facts.holds(size.when) {
      case .no: continue
      case .unknown(let names): return unknown(FormationTerms.names(names))
      case .yes:
        guard !content.schools.isEmpty else { return unknown([Message("formation.missing.schools")]) }
        let (least, most) = (size.least.map { Exact($0) }, size.most.map { Exact($0) })
        return LimitCheck(
          id: "members", title: title, figure: .count(count), atLeast: least, atMost: most,
          verdict: LimitCheck.verdict(Exact(count), atLeast: least, atMost: most), source: size.source, binds: true)
      }
    }
    return nil
  }

  /// A limit of the policy's own list; nil where it doesn't bear on the case.
  private func check(_ limit: Limit, _ content: CaseContent, _ facts: FormationFacts) -> LimitCheck? {
    let missing: [Message]
    switch facts.holds(limit.when) {
    case .no: return nil
    case .unknown(let names): missing = FormationTerms.names(names)
    case .yes: missing = []
    }
    let figure = limit.figure(content.figures[limit.id])
    let value: Exact? =
      switch figure {
      case .shares(let shares): shares.first?.percent
      case .number(let number, _): number
      default: nil
      }
    let verdict: LimitCheck.Verdict =
      if !missing.isEmpty {
        .missing(missing)
      } else if let value {
        LimitCheck.verdict(value, atLeast: limit.atLeast, atMost: limit.atMost)
      } else {
        .missing([Message("formation.missing.figure")])
      }
    return LimitCheck(
      id: limit.id, title: Message("literal", ["text": .text(limit.title)]), figure: figure, atLeast: limit.atLeast,
      atMost: limit.atMost, verdict: verdict, note: limit.note, source: limit.source, binds: true)
  }

  /// The share of tight groups among those formed in the year, with this one counted.
  private func share(
    _ share: Share, _ content: CaseContent, year: Int, _ standing: FormationStanding
  ) -> LimitCheck? {
    guard share.year == year, share.area == nil || content.area == nil || share.area == content.area else { return nil }
    let count = standing.counts.first { $0.year == year && $0.area == share.area }
    let form = form(content.form)
    var missing: [Message] = []
    if form == nil { missing += FormationTerms.names(["form"]) }
    if share.area != nil, content.area == nil { missing += FormationTerms.names(["area"]) }
    if count == nil { missing.append(Message("formation.missing.registry")) }
    if let unknown = count?.unknown, unknown > 0 {
      missing.append(Message("formation.missing.forms", ["count": .count(unknown)]))
    }
    var figure: LimitCheck.Figure?
    var verdict = LimitCheck.Verdict.missing(missing)
    if missing.isEmpty, let count, let form {
      let after = LimitCheck.Figure.Share(
        part: Exact(count.tight + (form.isTight ? 1 : 0)), whole: Exact(count.all + 1))
      figure = .shares([.init(part: Exact(count.tight), whole: Exact(count.all)), after])
      verdict = after.percent.map { LimitCheck.verdict($0, atLeast: share.least, atMost: nil) } ?? verdict
    }
    return LimitCheck(
      id: share.area.map { "share-\($0)" } ?? "share",
      title: Message("formation.limit.share", ["forms": .names(forms.filter(\.isTight).map(\.name))]), figure: figure,
      atLeast: share.least, verdict: verdict, names: [share.title].compactMap(\.self), source: share.source,
      binds: false)
  }

  /// Which new and weak schools the case brings in.
  private func needy(_ content: CaseContent) -> LimitCheck? {
    let members = content.members
    guard !members.isEmpty else { return nil }
    let found = members.filter { $0.isNew == true || $0.isWeak == true }
    let unsaid = members.filter { $0.isNew == nil || $0.isWeak == nil }
    let verdict: LimitCheck.Verdict =
      unsaid.isEmpty
      ? .met : .missing([Message("formation.missing.flags", ["schools": .names(unsaid.map(\.name))])])
    return LimitCheck(
      id: "needy", title: Message("formation.limit.needy"), figure: .count(found.count), verdict: verdict,
      names: found.map(\.name), source: nil, binds: false)
  }

  /// Schools that belong to another group already.
  private func twice(_ content: CaseContent) -> LimitCheck? {
    let found = content.schools.filter { $0.part != .leaving && !$0.groups.isEmpty }
    guard !found.isEmpty else { return nil }
    return LimitCheck(
      id: "twice", title: Message("formation.limit.twice"), figure: .count(found.count), verdict: .unmet,
      names: found.map { "\($0.name) \($0.groups.joined(separator: " "))" }, source: nil, binds: false)
  }

  /// Names of conditions as people call them.
  static func names(_ names: [String]) -> [Message] {
    names.map { Message("formation.name.\($0)", ["name": .text($0)]) }
  }
}

extension FormationTerms.Limit {
  /// What was entered, as far as it makes a figure.
  func figure(_ entered: CaseFigure?) -> LimitCheck.Figure? {
    switch entered {
    case .number(let number): .number(number, unit: unit)
    case .share(let part?, let whole?): .shares([.init(part: part, whole: whole)])
    case .share, nil: isShare ? LimitCheck.Figure.shares([]) : nil
    }
  }
}
