/// The texts that cells share, in the order by which cells refer to them.
final class SharedStringsPart: PartParser {
  private(set) var strings: [String] = []
  private var inPhonetic = false

  init(part: String, budget: ReadBudget) {
    super.init(part: part, root: "sst", budget: budget)
  }

  override var place: String { "\(strings.count)" }

  override func start(_ name: ElementName, _ attributes: ElementAttributes) {
    switch (depth, name) {
    case (3, "rPh"): inPhonetic = true
    case (3, "t"), (4, "t"): collects = !inPhonetic
    default: break
    }
  }

  override func end(_ name: ElementName) {
    collects = false
    if depth == 3 { inPhonetic = false }
    guard depth == 2, name == "si" else { return }
    let text = withCollected { EscapedText.decode($0) }
    if let reason = budget.spendText(text.utf8.count, part: part) { return refuse(reason) }
    strings.append(text)
  }
}
