import CXlsxWriter

/// The formats of one workbook: each style is made once.
final class FormatBook {
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]

  init(_ book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

  /// The format of a style; nil for no style.
  func format(_ style: CellStyle?) -> UnsafeMutablePointer<lxw_format>? {
    guard let style else { return nil }
    if let known = formats[style] { return known }
    guard let format = workbook_add_format(book) else { return nil }
    setFont(of: format, style)
    setPlace(of: format, style)
    if let fill = style.fill {
      format_set_pattern(format, UInt8(LXW_PATTERN_SOLID.rawValue))
      format_set_fg_color(format, fill.forLibrary)
    }
    if let border = Self.border(style.border) { format_set_border(format, UInt8(border.rawValue)) }
    if let pattern = style.numberFormat { format_set_num_format(format, pattern) }
    if !style.isLocked { format_set_unlocked(format) }
    formats[style] = format
    return format
  }

  private func setFont(of format: UnsafeMutablePointer<lxw_format>, _ style: CellStyle) {
    format_set_font_name(format, style.font)
    format_set_font_size(format, style.size)
    if style.isBold { format_set_bold(format) }
    if style.isItalic { format_set_italic(format) }
    if let colour = style.colour { format_set_font_color(format, colour.forLibrary) }
  }

  private func setPlace(of format: UnsafeMutablePointer<lxw_format>, _ style: CellStyle) {
    switch style.horizontal {
    case .left: format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
    case .centre: format_set_align(format, UInt8(LXW_ALIGN_CENTER.rawValue))
    case .right: format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue))
    case .distributed: format_set_align(format, UInt8(LXW_ALIGN_DISTRIBUTED.rawValue))
    case nil: break
    }
    switch style.vertical {
    case .top: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    case .centre: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    case .bottom: format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
    }
    if style.wraps { format_set_text_wrap(format) }
    if style.shrinks { format_set_shrink(format) }
    if style.indent > 0 { format_set_indent(format, UInt8(clamping: style.indent)) }
  }

  private static func border(_ border: CellStyle.Border) -> lxw_format_borders? {
    switch border {
    case .none: nil
    case .thin: LXW_BORDER_THIN
    case .medium: LXW_BORDER_MEDIUM
    case .double: LXW_BORDER_DOUBLE
    }
  }
}
