import CXlsxWriter

/// A chart of numbers that stand on a sheet.
package struct Chart: Sendable {
  package enum Kind: Hashable, Sendable { case bar, stackedBar, column, stackedColumn, line }

  package struct Series: Sendable {
    package var name: String
    /// The numbers, on the chart's data sheet.
    package var values: CellRange
    package var colour: Colour?

    package init(name: String, values: CellRange, colour: Colour? = nil) {
      self.name = name
      self.values = values
      self.colour = colour
    }
  }

  package var kind: Kind
  package var title: String
  /// The sheet that holds names and numbers.
  package var dataSheet: String
  /// The names along the axis.
  package var categories: CellRange
  package var series: [Series]
  package var valueTitle = ""
  /// Ends of the value axis; nil lets Excel choose.
  package var values: ClosedRange<Double>?
  package var showsNumbers = false
  /// In pixels.
  package var size = (width: 720, height: 400)
  /// Read aloud in place of the picture.
  package var description = ""

  package init(_ kind: Kind, title: String, dataSheet: String, categories: CellRange, series: [Series]) {
    self.kind = kind
    self.title = title
    self.dataSheet = dataSheet
    self.categories = categories
    self.series = series
  }
}

extension SheetWriter {
  /// Puts a chart with its upper left corner at a cell.
  package func add(_ chart: Chart, at address: CellAddress) {
    guard let drawing = book.newChart(chart.kind.inLibrary) else { return }
    chart_title_set_name(drawing, plain(chart.title))
    for series in chart.series { add(series, of: chart, to: drawing) }
    let position = chart.series.count > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE
    chart_legend_set_position(drawing, UInt8(position.rawValue))
    // The library's x is the axis that lies across the page: in a bar chart, that of the numbers.
    let isBar = [.bar, .stackedBar].contains(chart.kind)
    let valueAxis = isBar ? drawing.pointee.x_axis : drawing.pointee.y_axis
    if !chart.valueTitle.isEmpty { chart_axis_set_name(valueAxis, plain(chart.valueTitle)) }
    if let values = chart.values {
      chart_axis_set_min(valueAxis, values.lowerBound)
      chart_axis_set_max(valueAxis, values.upperBound)
    }
    // Excel draws the first bar at the bottom; people read from the top.
    if isBar { chart_axis_set_reverse(drawing.pointee.y_axis) }
    let texts = CTexts()
    var options = lxw_chart_options()
    options.x_scale = Double(chart.size.width) / 480
    options.y_scale = Double(chart.size.height) / 288
    options.description = texts.lend(EscapedText.encode(chart.description))
    worksheet_insert_chart_opt(sheet, address.row0, address.column0, drawing, &options)
  }

  /// The text with a space before an `=`, which the library would take for a reference to a cell.
  private func plain(_ text: String) -> String {
    EscapedText.encode(text.hasPrefix("=") ? " " + text : text)
  }

  private func add(_ series: Chart.Series, of chart: Chart, to drawing: UnsafeMutablePointer<lxw_chart>) {
    let line = chart_add_series(
      drawing, "=" + chart.categories.reference(onSheet: chart.dataSheet),
      "=" + series.values.reference(onSheet: chart.dataSheet))
    chart_series_set_name(line, plain(series.name))
    if chart.showsNumbers { chart_series_set_labels(line) }
    guard let colour = series.colour else { return }
    if chart.kind == .line {
      var stroke = lxw_chart_line()
      stroke.color = colour.forLibrary
      chart_series_set_line(line, &stroke)
    } else {
      var fill = lxw_chart_fill()
      fill.color = colour.forLibrary
      chart_series_set_fill(line, &fill)
    }
  }
}

extension Chart.Kind {
  fileprivate var inLibrary: lxw_chart_type {
    switch self {
    case .bar: LXW_CHART_BAR
    case .stackedBar: LXW_CHART_BAR_STACKED
    case .column: LXW_CHART_COLUMN
    case .stackedColumn: LXW_CHART_COLUMN_STACKED
    case .line: LXW_CHART_LINE
    }
  }
}
