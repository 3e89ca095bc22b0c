import CXlsxWriter

/// What may be typed into cells, with what Excel says before and after.
package struct InputRule: Sendable {
  package enum Allowed: Hashable, Sendable {
    /// One of these, offered as a drop-down.
    case choices([String])
    /// One of the texts in a range, offered as a drop-down.
    case choicesIn(CellRange, sheet: String)
    case whole(ClosedRange<Int>)
    /// A number between two decimal texts.
    case decimal(from: String, to: String)
    case date(from: CellDate, to: CellDate)
    /// A text of at most so many characters.
    case text(upTo: Int)
  }

  /// A heading of at most 32 characters and a text of at most 255.
  package struct Message: Hashable, Sendable {
    package let title: String
    package let text: String

    package init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  package var allowed: Allowed
  /// Shown when the cell is chosen.
  package var prompt: Message?
  /// Shown when something else is typed.
  package var complaint: Message?

  package init(_ allowed: Allowed, prompt: Message? = nil, complaint: Message? = nil) {
    self.allowed = allowed
    self.prompt = prompt
    self.complaint = complaint
  }
}

extension SheetWriter {
  /// The longest list Excel keeps in the rule itself; a longer one goes to a hidden sheet.
  package static let longestChoices = 255

  /// Sets what may be typed into the cells of a range; leaving them empty is always allowed.
  package func allow(_ rule: InputRule, in range: CellRange) {
    let texts = CTexts()
    var check = lxw_data_validation()
    check.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    check.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    guard setAllowed(rule.allowed, of: &check, in: range, texts) else { return }
    if let prompt = fitting(rule.prompt, in: range) {
      check.input_title = texts.lend(prompt.title)
      check.input_message = texts.lend(prompt.text)
    }
    if let complaint = fitting(rule.complaint, in: range) {
      check.error_title = texts.lend(complaint.title)
      check.error_message = texts.lend(complaint.text)
    }
    worksheet_data_validation_range(
      sheet, range.first.row0, range.first.column0, range.last.row0, range.last.column0, &check)
  }

  /// Fills in what is allowed; false when there is a problem.
  private func setAllowed(
    _ allowed: InputRule.Allowed, of check: inout lxw_data_validation, in range: CellRange, _ texts: CTexts
  ) -> Bool {
    func set(_ kind: lxw_validation_types, _ low: Double, _ high: Double) {
      check.validate = UInt8(kind.rawValue)
      check.minimum_number = low
      check.maximum_number = high
    }
    switch allowed {
    case .choices(let choices):
      guard !choices.isEmpty else {
        book.note(.noChoices(sheet: name, range: "\(range)"))
        return false
      }
      check.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      check.value_formula = texts.lend(Self.inline(choices) ?? book.place(ofChoices: choices))
    case .choicesIn(let source, let sheetName):
      check.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      check.value_formula = texts.lend("=" + source.reference(onSheet: sheetName))
    case .whole(let bounds): set(LXW_VALIDATION_TYPE_INTEGER, Double(bounds.lowerBound), Double(bounds.upperBound))
    case .decimal(let low, let high):
      guard let from = Double(low), let upTo = Double(high), from.isFinite, upTo.isFinite else {
        book.note(.notANumber(sheet: name, cell: "\(range)", text: "\(low)…\(high)"))
        return false
      }
      set(LXW_VALIDATION_TYPE_DECIMAL, from, upTo)
    case .date(let from, let upTo):
      set(LXW_VALIDATION_TYPE_DATE_NUMBER, DateSystem.serial(from), DateSystem.serial(upTo))
    case .text(let length): set(LXW_VALIDATION_TYPE_LENGTH, 0, Double(length))
    }
    return true
  }

  /// The choices as Excel keeps them in a rule, or nil when they are too long or hold what it would read otherwise.
  private static func inline(_ choices: [String]) -> String? {
    let isPlain = choices.allSatisfy { choice in
      !choice.isEmpty && choice.first?.isWhitespace == false && choice.last?.isWhitespace == false
        && !choice.contains { ",\"\r\n\t".contains($0) } && EscapedText.encode(choice) == choice
    }
    let list = choices.joined(separator: ",")
    return isPlain && list.utf16.count <= longestChoices ? "\"\(list)\"" : nil
  }

  private func fitting(_ message: InputRule.Message?, in range: CellRange) -> InputRule.Message? {
    guard let message else { return nil }
    for (text, limit) in [(message.title, 32), (message.text, 255)] where text.utf16.count > limit {
      book.note(.messageTooLong(sheet: name, range: "\(range)", length: text.utf16.count, limit: limit))
      return nil
    }
    return .init(title: EscapedText.encode(message.title), text: EscapedText.encode(message.text))
  }
}
