import BigInt

extension Exact {
  /// Numbers longer than this, or with a larger exponent, are refused: no fact of a school needs them, and arithmetic on
  /// them would take time without end.
  static let longestText = 60

  /// Reads a decimal as JSON and YAML write it: `-12.50`, `1e3`, `+.5`. Nil for anything else.
  public init?(decimal text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= Exact.longestText else { return nil }
    var index = 0
    var negative = false
    if bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      negative = bytes[0] == UInt8(ascii: "-")
      index = 1
    }
    var digits: [UInt8] = []
    var decimals = 0
    var seenPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 48 && byte <= 57 {
        digits.append(byte)
        if seenPoint { decimals += 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        break
      }
      index += 1
    }
    guard !digits.isEmpty else { return nil }
    var exponent = 0
    if index < bytes.count {
      guard bytes[index] | 0x20 == UInt8(ascii: "e"), index + 1 < bytes.count else { return nil }
      guard let power = Int(String(decoding: bytes[(index + 1)...], as: UTF8.self)), (-40...40).contains(power)
      else { return nil }
      exponent = power
    }
    let magnitude: BigInt
    if digits.count <= 18, let small = Int(String(decoding: digits, as: UTF8.self)) {
      let power = exponent - decimals
      if power == 0 {
        self.init(negative ? -small : small)
        return
      }
      if power < 0, power >= -18 {
        var scale = 1
        for _ in 0..<(-power) { scale *= 10 }
        self.init(negative ? -small : small, over: scale)
        return
      }
      magnitude = BigInt(small)
    } else {
      guard let large = BigInt(String(decoding: digits, as: UTF8.self)) else { return nil }
      magnitude = large
    }
    let power = exponent - decimals
    let scale = BigInt(10).power(abs(power))
    let value = power < 0 ? Exact(magnitude, over: scale) : Exact(magnitude * scale, over: 1)
    self = negative ? -value : value
  }

  /// The value with exactly `places` decimals; what is finer is rounded half up (scores are rounded beforehand).
  public func fixed(places: Int) -> String {
    if let scaled = scaled(places: places) { return Exact.text(scaled, places: places, trims: false) }
    let whole = (rounded(Rounding(places: places, mode: .halfUp)) * Exact.power(ofTen: places)).numerator
    var digits = String(whole.magnitude)
    if digits.count <= places { digits = String(repeating: "0", count: places + 1 - digits.count) + digits }
    let sign = whole < 0 ? "-" : ""
    guard places > 0 else { return sign + digits }
    let cut = digits.index(digits.endIndex, offsetBy: -places)
    return sign + digits[..<cut] + "." + digits[cut...]
  }

  /// The value for a reader: as few decimals as it takes, at most four.
  public var plain: String {
    if let scaled = scaled(places: 4) { return Exact.text(scaled, places: 4, trims: true) }
    var text = fixed(places: 4)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text == "-0" ? "0" : text
  }

  /// The value in units of the last place, rounded half up, where that fits a machine integer: the way of nearly every
  /// number that is ever shown.
  private func scaled(places: Int) -> Int? {
    guard case .small(let top, let bottom) = form, (0...8).contains(places) else { return nil }
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let (product, overflow) = top.magnitude.multipliedReportingOverflow(by: UInt(scale))
    guard !overflow, product < UInt(Int.max / 2) else { return nil }
    let (quotient, rest) = product.quotientAndRemainder(dividingBy: UInt(bottom))
    let whole = Int(quotient) + (rest >= UInt(bottom) - rest ? 1 : 0)
    return top < 0 ? -whole : whole
  }

  private static func text(_ scaled: Int, places: Int, trims: Bool) -> String {
    var digits: [UInt8] = []
    var rest = scaled.magnitude
    var place = 0
    repeat {
      let digit = UInt8(rest % 10)
      rest /= 10
      // Trailing zeros behind the point say nothing.
      if !(trims && digit == 0 && place < places && digits.isEmpty) { digits.append(48 + digit) }
      place += 1
      if place == places, !digits.isEmpty, places > 0 { digits.append(UInt8(ascii: ".")) }
    } while rest > 0 || place <= places
    if scaled < 0 { digits.append(UInt8(ascii: "-")) }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }
}

extension Exact {
  /// The value as a decimal that reads back the same; facts are decimals, so there always is one within 60 places.
  public var decimalText: String {
    var places = 0
    while places < Exact.longestText, isFiner(thanPlaces: places) { places += 1 }
    return fixed(places: places)
  }
}

extension Exact: CustomStringConvertible {
  public var description: String { plain }
}

extension Exact: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}

extension Exact {
  /// A decimal written in a test or a table of constants; nil text is a programmer's error.
  public static func decimal(_ text: String) -> Exact {
    guard let value = Exact(decimal: text) else { preconditionFailure("not a decimal: \(text)") }
    return value
  }
}
