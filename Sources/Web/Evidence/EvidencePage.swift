/// A group's evidence in a cycle: what is missing, what there is, item by item, and the way to add.
struct EvidencePage {
  struct Section {
    let anchor: String
    /// Nil for what is linked to nothing.
    let number: String?
    let heading: String
    /// What the item asks for and lacks.
    let lacking: [Lack]
    let lackCount: Int
    let isComplete: Bool
    let pieces: [EvidenceRow]
  }

  struct Lack {
    let wanted: String
    let place: String
  }

  let title: String
  let group: String
  let groupLink: String
  let cycleTitle: String
  let counts: String
  let archiveLink: String?
  let isEmpty: Bool
  /// What became of an upload; nil: none was just made.
  let saved: String?
  /// Why nothing can be added; nil where it can.
  let closed: String?
  let upload: UploadForm?
  /// Only one item is shown; leads back to all.
  let allLink: String?
  let sections: [Section]
}

/// One piece of evidence in a list: every text ready.
struct EvidenceRow {
  struct Mark {
    let kind: String
    let words: String
  }

  let name: String
  let to: String
  let fileLink: String
  /// The piece of evidence it is, where that isn't its name.
  let wanted: String?
  let whose: String
  let speaksFor: String
  let came: String
  let size: String
  let marks: [Mark]
  let isGone: Bool
}

/// The form that adds files: works by itself, better with a script.
struct UploadForm {
  struct Options {
    let label: String
    let options: [Option]
  }

  struct Option {
    let value: String
    let words: String
    let isChosen: Bool
  }

  let action: String
  /// Where a script sends a file as it is.
  let put: String
  /// Where a form leads back to; empty: to the group's evidence.
  let back: String
  let accept: String
  let places: [Options]
  /// Whose it may be; empty where there is no choice.
  let schools: [Option]
  let years: [Option]
  let hint: String
}

/// What stands beside an item on the sheet.
struct EvidencePanel {
  let count: Int
  let allLink: String
  let pieces: [EvidenceRow]
  let lacking: [EvidencePage.Lack]
  let upload: UploadForm?
}

/// One piece: preview, what is known of it, versions, links, where else the file is shown.
struct PiecePage {
  struct Fact {
    let label: String
    let words: String
  }

  struct Version {
    let words: String
    let fileLink: String
    let isShown: Bool
    let to: String
  }

  struct Shown {
    let words: String
    let to: String
    let place: String
    let isLate: Bool
  }

  let title: String
  let groupTitle: String
  let groupLink: String
  let fileLink: String
  let marks: [EvidenceRow.Mark]
  let picture: String?
  let pages: String?
  let noPreview: String?
  let facts: [Fact]
  let warnings: [String]
  let versions: [Version]
  let shown: [Shown]
  let isShownNowhere: Bool
  let elsewhere: [String]
  let hasElsewhere: Bool
  let closed: String?
  let mayChange: Bool
  let linkAction: String
  let unlinkAction: String
  let versionAction: String
  let withdrawAction: String
  let accept: String
  let places: [UploadForm.Options]
}
