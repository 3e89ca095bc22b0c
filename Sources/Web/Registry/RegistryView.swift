import HTTPTypes
import Hummingbird
import Notation
import People
import Storage

/// A page of the registry: figures, tables, pictures and forms one under another. Strings ready for people; names differ
/// by level, as a template looks a missing one up further out.
struct RegistryView {
  struct Crumb {
    let crumbTitle: String
    let crumbLink: String
  }

  struct Act {
    let actTitle: String
    let actLink: String
    var isFile = false
  }

  struct Tab {
    let tabTitle: String
    let tabLink: String
    let isCurrent: Bool
  }

  struct Figure {
    let figureTitle: String
    let figureText: String
    var figureNote = ""
    /// Where the list behind it is.
    var figureLink: String?
  }

  struct Head {
    let headTitle: String
    var headLook = ""
  }

  struct Cell {
    let cellText: String
    var cellLink: String?
    var cellChip: String?
    var cellLook = ""
    /// Its column's word, where a phone shows the row as lines.
    var cellLabel: String?

    static func text(_ text: String, link: String? = nil) -> Cell { Cell(cellText: text, cellLink: link) }
    static func number(_ text: String, link: String? = nil, look: String = "") -> Cell {
      Cell(cellText: text, cellLink: link, cellLook: "n " + look)
    }
    static func chip(_ text: String, _ kind: String, link: String? = nil) -> Cell {
      Cell(cellText: text, cellLink: link, cellChip: kind)
    }
  }

  struct Row { var cells: [Cell] }

  struct PanelAct {
    let panelActTitle: String
    let panelActLink: String
    var look = "btn"
  }

  struct Hidden {
    let hiddenName: String
    let hiddenValue: String
  }

  struct Form {
    let formAction: String
    let fields: [RegistryField]
    var hidden: [Hidden] = []
    let submitTitle: String
    var leaveLink: String?
    var isUpload = false
  }

  struct Panel {
    let panelTitle: String
    var panelHint = ""
    var panelActs: [PanelAct] = []
    var svg: String?
    var heads: [Head] = []
    var rows: [Row] = []
    /// Many figures beside one another, which a phone lets scroll; other tables become lines there.
    var isMatrix = false
    var none: String?
    var form: Form?
    var range: String?
    var previousLink: String?
    var nextLink: String?

    /// Gives each cell but a row's first the word over its column.
    mutating func label() {
      for row in rows.indices {
        for (place, head) in heads.enumerated().dropFirst() where rows[row].cells.indices.contains(place) {
          rows[row].cells[place].cellLabel = head.headTitle
        }
      }
    }
  }

  let title: String
  var facts = ""
  var crumbs: [Crumb] = []
  var acts: [Act] = []
  var tabs: [Tab] = []
  var done: String?
  var problems: [String] = []
  /// What is worth a look and no obstacle.
  var remarks: [String] = []
  var filterAction = ""
  var filters: [RegistryField] = []
  var figures: [Figure] = []
  var panels: [Panel] = []
}

/// One field of a form or a filter.
struct RegistryField {
  struct Option {
    let optionValue: String
    let optionTitle: String
    let isChosen: Bool
  }

  let fieldID: String
  let fieldName: String
  let fieldTitle: String
  var fieldValue = ""
  var inputType: String?
  var isSelect = false
  var isChecks = false
  var isRequired = false
  var isFixed = false
  var options: [Option] = []

  static func input(
    _ name: String, _ title: String, _ value: String?, type: String = "text", isRequired: Bool = false
  ) -> RegistryField {
    RegistryField(
      fieldID: "f-\(name)", fieldName: name, fieldTitle: title, fieldValue: value ?? "", inputType: type,
      isRequired: isRequired)
  }

  /// A choice; the first option is that of none.
  static func select(
    _ name: String, _ title: String, _ options: [(value: String, title: String)], chosen: String?, none: String? = ""
  ) -> RegistryField {
    let first = none.map { [Option(optionValue: "", optionTitle: $0, isChosen: chosen == nil)] } ?? []
    return RegistryField(
      fieldID: "f-\(name)", fieldName: name, fieldTitle: title, isSelect: true,
      options: first
        + options.map { Option(optionValue: $0.value, optionTitle: $0.title, isChosen: $0.value == chosen) })
  }
}

extension Visit {
  /// The page with the room's tabs around it.
  func registryPage(_ view: RegistryView, current: Endpoint, status: HTTPResponse.Status = .ok) throws(Refusal)
    -> Response
  {
    var view = view
    let post = try post
    let all: [(Endpoint, String, Bool)] = [
      (.registrySchools, "schools", true), (.registryGroups, "groups", true),
      (.coverage, "coverage", post.school == nil),
      (.balance, "balance", post.school == nil), (.quality, "quality", post.school == nil),
      (.registryImport, "import", post.role.may(.importRegistry)),
    ]
    view.tabs = all.filter(\.2).map { endpoint, key, _ in
      RegistryView.Tab(
        tabTitle: text("registry.tab.\(key)"),
        tabLink: endpoint.link(query: [("day", endpoint == .registryImport ? nil : query("day"))]),
        isCurrent: endpoint == current)
    }
    for panel in view.panels.indices { view.panels[panel].label() }
    if view.done == nil, query("done") == "changed" { view.done = text("registry.done") }
    return page("registry/page", view, frame(view.title, current: "registry"), status: status)
  }

  /// The day that pages of the registry are of: `?day=`, else today.
  var registryDay: Day { query("day").flatMap { Day($0) } ?? now.day }

  /// The authority that figures are of: `?area=` within one's own, else one's own; schools have none.
  func registryArea() throws -> (own: ID, wanted: ID) {
    let post = try post
    guard post.school == nil else { throw Refusal.forbidden }
    return (post.authority, query("area").flatMap { ID($0) } ?? post.authority)
  }

  func share(_ value: Exact?) -> String { value.map { $0.fixed(places: 1) + "%" } ?? "—" }
}
