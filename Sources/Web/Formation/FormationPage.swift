/// A formation case as its page shows it.
struct FormationPage {
  struct Step {
    let title: String
    let lines: [String]
    let kind: String
    let chip: Chip?
  }

  struct Chip {
    let kind: String
    let title: String
  }

  struct School {
    let id: String
    let name: String
    let part: Chip
    let flags: [Chip]
    let authority: String
    let pupils: String
    let consents: [Consent]
    let groups: String
    let charter: String?
    /// Only while the case is written, by who writes it.
    let edit: Edit?

    struct Edit {
      /// None where it can't be another.
      let parts: [Option]
      let flags: [Flag]
      let mayRemove: Bool
    }

    /// What is said of a school, or what the registry holds of it.
    struct Flag {
      let field: String
      let title: String
      let options: [Option]
      let known: String?
    }
  }

  struct Consent {
    /// The body's name.
    let body: String
    let chip: Chip?
    let about: String?
    let takeBack: TakeBack?
  }

  struct TakeBack {
    let school: String
    let kind: String
  }

  struct Paper {
    let title: String
    let link: String
    let kind: String
    let whose: String
    let day: String
    let size: String
    let removeLink: String?
  }

  struct Attach {
    let link: String
    let kinds: [Option]
    let accept: String
    let hint: String
  }

  struct Part {
    let id: String
    let title: String
    let text: String
    /// What somebody else has put there meanwhile.
    let other: String?
  }

  struct Figure {
    let id: String
    let title: String
    let isShare: Bool
    let first: String
    let second: String
    let about: String
  }

  struct Limit {
    let id: String
    let title: String
    let figure: String?
    let chip: Chip
    let bar: Bar?
    let about: [String]
    let source: String?
  }

  struct Bar {
    let width: String
    let mark: String
    let label: String
  }

  struct Comment {
    let id: String
    let speaker: String
    let at: String
    let text: String
    let chip: Chip
    let answer: String?
    let answered: String?
    let canAnswer: Bool
    let canWithhold: Bool
  }

  struct Move {
    let at: String
    let act: String
    let who: String
    let number: String
    let about: String
  }

  struct Publicity {
    let chip: Chip
    let about: String
    let link: String?
  }

  struct Write {
    let action: String
    let seen: String
    let name: String
    let forms: [Option]
    let areas: [Option]
    let reasonTitle: String?
    let reason: String
    let parts: [Part]
    let figures: [Figure]
    let hasForms: Bool
    let hasAreas: Bool
    let hasFigures: Bool
    let hasSchools: Bool
    /// The columns of what is said of each school.
    let flags: [String]
  }

  struct Search {
    let action: String
    let text: String
    let found: [Candidate]
    let none: Bool

    struct Candidate {
      let id: String
      let name: String
      let about: String
    }
  }

  /// A small form with one button.
  struct Action {
    let link: String
    let today: String
    let options: [Option]
  }

  struct Decide {
    let link: String
    let today: String
    let obstacles: [String]
    let isBlocked: Bool
    let number: String
    let reason: String
    /// Limits that aren't kept, each to be let pass with a reason.
    let passes: [Pass]
  }

  struct Pass {
    let id: String
    let title: String
    let reason: String
  }

  struct Fact {
    let title: String
    let text: String
  }

  let listLink: String
  let formLink: String
  let title: String
  let chips: [Chip]
  let facts: [String]
  let problems: [String]
  let returned: String?
  let steps: [Step]
  let way: String
  let waySource: String?
  let bodies: [String]
  let schools: [School]
  let hasSchools: Bool
  let schoolsTitle: String
  let hasCharter: Bool
  let counts: [Chip]
  let parts: [Fact]
  let papers: [Paper]
  let hasPapers: Bool
  let attach: Attach?
  let write: Write?
  let search: Search?
  let consent: Action?
  let submit: Action?
  let lacks: [String]
  let withdraw: Action?
  let accept: Action?
  let giveBack: Action?
  let publish: Action?
  /// That who applies is who decides.
  let own: String?
  /// Other open cases about the group.
  let others: String?
  let course: [Move]
  let publicity: Publicity?
  let comments: [Comment]
  let pager: PagingLinks?
  let answerLink: String
  let withholdLink: String
  let takeBackLink: String
  let decide: Decide?
  /// Why nothing can be decided yet, for those who don't decide.
  let waits: String?
  let decision: [Fact]
  let file: Action?
  let charter: Action?
  let fileCharter: Action?
  let limits: [Limit]
  let limitCounts: [Chip]
  let hasLimits: Bool
}
