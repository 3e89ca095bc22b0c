/// The cells of one sheet, read as they stream by.
final class SheetPart: PartParser {
  private let listed: WorkbookPart.Listed
  private let reading: CellReading
  private var keys: [UInt64] = []
  private var cells: [Cell] = []
  private var merged: [CellRange] = []
  private var isSorted = true
  private var open = OpenCell()
  private var row = 0
  private var column = 0
  private var inCells = false
  private var inPhonetic = false

  init(part: String, listed: WorkbookPart.Listed, reading: CellReading, budget: ReadBudget) {
    self.listed = listed
    self.reading = reading
    super.init(part: part, root: "worksheet", budget: budget)
  }

  override var place: String { open.address?.description ?? "" }

  /// The sheet, once the part has been parsed.
  func sheet() throws(WorkbookRefusal) -> Sheet {
    if !isSorted {
      let order = keys.indices.sorted { keys[$0] < keys[$1] }
      let (sortedKeys, sortedCells) = (order.map { keys[$0] }, order.map { cells[$0] })
      if let twice = zip(sortedKeys, sortedKeys.dropFirst()).first(where: { $0 == $1 }) {
        throw fault(.duplicate, at: CellAddress(key: twice.0).description)
      }
      (keys, cells) = (sortedKeys, sortedCells)
    }
    return Sheet(name: listed.name, isHidden: listed.isHidden, merged: merged, keys: keys, cells: cells)
  }

  override func start(_ name: ElementName, _ attributes: ElementAttributes) {
    switch (depth, name) {
    case (2, _): inCells = name == "sheetData"
    case (3, "mergeCell"): merge(attributes)
    // Extensions reuse these short names elsewhere.
    case _ where !inCells: break
    case (3, "row"): startRow(attributes)
    case (4, "c"): startCell(attributes)
    case (5, "v"):
      open.hasValue = true
      collects = true
    case (5, "f"): open.hasFormula = true
    case (6, "rPh"): inPhonetic = true
    case (6, "t"), (7, "t"):
      open.hasValue = true
      collects = !inPhonetic
    default: break
    }
  }

  override func end(_ name: ElementName) {
    collects = false
    if depth == 6 { inPhonetic = false }
    if depth == 4, open.address != nil { endCell() }
  }

  private func startRow(_ attributes: ElementAttributes) {
    if let reason = budget.spendRow() { return refuse(reason) }
    row += 1
    column = 0
    guard let written = attributes.raw("r") else { return }
    guard let number = attributes.integer("r"), (1...CellAddress.lastRow).contains(number) else {
      return refuse(fault(.address, at: Self.quoted(written)))
    }
    row = number
  }

  private func startCell(_ attributes: ElementAttributes) {
    open = OpenCell()
    if let written = attributes.raw("r") {
      guard let address = CellAddress.parse(written) else { return refuse(fault(.address, at: Self.quoted(written))) }
      open.address = address
    } else {
      guard column < CellAddress.lastColumn, (1...CellAddress.lastRow).contains(row) else {
        return refuse(fault(.address, at: ""))
      }
      open.address = CellAddress(row: row, column: column + 1)
    }
    column = open.address?.column ?? 0
    open.style = attributes.integer("s") ?? 0
    guard let type = attributes.raw("t") else { return }
    guard let known = OpenCell.Kind(type) else {
      return refuse(fault(.type, at: place))
    }
    open.kind = known
  }

  private func endCell() {
    guard let address = open.address else { return }
    defer { open = OpenCell() }
    switch value() {
    case .failure(let reason): refuse(fault(reason, at: address.description))
    case .success(nil): break
    case .success(let cell?):
      if let reason = budget.spendCell() { return refuse(reason) }
      if case .text(let text) = cell, open.kind != .shared,
        let reason = budget.spendText(text.utf8.count, part: part)
      {
        return refuse(reason)
      }
      append(cell, at: address)
    }
  }

  private func append(_ cell: Cell, at address: CellAddress) {
    let key = address.key
    if let last = keys.last, key <= last {
      if key == last { return refuse(fault(.duplicate, at: address.description)) }
      isSorted = false
    }
    keys.append(key)
    cells.append(cell)
  }

  private func value() -> Result<Cell?, CellReading.Fault> {
    guard open.hasValue else {
      withCollected { _ in }
      return .success(open.hasFormula ? .uncalculated : nil)
    }
    let cell = open
    return withCollected { reading.value(of: cell, $0) }
  }

  private func merge(_ attributes: ElementAttributes) {
    guard let text = attributes["ref"], let range = CellRange(text) else {
      return refuse(fault(.range, at: String((attributes["ref"] ?? "").prefix(24))))
    }
    if let reason = budget.spendCell() { return refuse(reason) }
    merged.append(range)
  }

  private func fault(_ fault: WorkbookRefusal.CellFault, at cell: String) -> WorkbookRefusal {
    .badCell(sheet: listed.name, cell: cell, fault)
  }

  private func fault(_ fault: CellReading.Fault, at cell: String) -> WorkbookRefusal {
    .badCell(sheet: listed.name, cell: cell, fault.reason)
  }

  /// The beginning of a text from the file, for a message.
  private static func quoted(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes.prefix(24), as: UTF8.self)
  }
}
