/// How a cell looks. Cells of equal style share one format in the file.
package struct CellStyle: Hashable, Sendable {
  package enum Horizontal: Hashable, Sendable { case left, centre, right, distributed }
  package enum Vertical: Hashable, Sendable { case top, centre, bottom }
  package enum Border: Hashable, Sendable { case none, thin, medium, double }

  /// The font's name, such as `SimSun`.
  package var font: String
  /// In points.
  package var size: Double
  package var isBold = false
  package var isItalic = false
  package var colour: Colour?
  package var fill: Colour?
  package var horizontal: Horizontal?
  package var vertical: Vertical = .centre
  /// Breaks long text into lines.
  package var wraps = false
  /// Makes long text smaller until it fits; not together with `wraps`.
  package var shrinks = false
  /// Steps of about three characters from the edge.
  package var indent = 0
  package var border: Border = .none
  /// In Excel's language, such as `0.00` or `yyyy-mm-dd`; nil for general.
  package var numberFormat: String?
  /// A locked cell can't be changed while the sheet is protected.
  package var isLocked = true

  package init(font: String = "SimSun", size: Double = 11) {
    self.font = font
    self.size = size
  }

  /// The same style with something changed.
  package func with(_ change: (inout CellStyle) -> Void) -> CellStyle {
    var copy = self
    change(&copy)
    return copy
  }
}
