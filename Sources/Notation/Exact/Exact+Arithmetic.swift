import BigInt

extension Exact {
  public static func + (a: Exact, b: Exact) -> Exact {
    if case .small(let an, let ad) = a.form, case .small(let bn, let bd) = b.form {
      if ad == bd {
        let (sum, overflow) = an.addingReportingOverflow(bn)
        if !overflow { return ad == 1 ? Exact(reduced: sum, 1).checked : Exact(sum, over: ad) }
      } else {
        let (left, o1) = an.multipliedReportingOverflow(by: bd)
        let (right, o2) = bn.multipliedReportingOverflow(by: ad)
        let (sum, o3) = left.addingReportingOverflow(right)
        let (bottom, o4) = ad.multipliedReportingOverflow(by: bd)
        if !(o1 || o2 || o3 || o4) { return Exact(sum, over: bottom) }
      }
    }
    return Exact(a.numerator * b.denominator + b.numerator * a.denominator, over: a.denominator * b.denominator)
  }

  public static func * (a: Exact, b: Exact) -> Exact {
    if case .small(let an, let ad) = a.form, case .small(let bn, let bd) = b.form {
      let (top, o1) = an.multipliedReportingOverflow(by: bn)
      let (bottom, o2) = ad.multipliedReportingOverflow(by: bd)
      if !(o1 || o2) { return Exact(top, over: bottom) }
    }
    return Exact(a.numerator * b.numerator, over: a.denominator * b.denominator)
  }

  /// The quotient. The divisor must not be zero: expressions test for that and report it, rules check it beforehand.
  public static func / (a: Exact, b: Exact) -> Exact {
    precondition(!b.isZero, "division by zero must be caught by the caller")
    switch b.form {
    case .small(let top, let bottom):
      return a * (top < 0 ? Exact(reduced: -bottom, -top) : Exact(reduced: bottom, top))
    case .big(let top, let bottom): return a * Exact(bottom, over: top)
    }
  }

  public static prefix func - (a: Exact) -> Exact {
    switch a.form {
    case .small(let top, let bottom): Exact(reduced: -top, bottom)
    case .big(let top, let bottom): Exact(-top, over: bottom)
    }
  }

  public static func - (a: Exact, b: Exact) -> Exact { a + (-b) }
  public static func += (a: inout Exact, b: Exact) { a = a + b }
  public static func -= (a: inout Exact, b: Exact) { a = a - b }

  /// `Int.min` has no opposite in a machine word; keeping it out makes negation safe.
  private var checked: Exact {
    if case .small(.min, let bottom) = form { return Exact(BigInt(Int.min), over: BigInt(bottom)) }
    return self
  }

  /// The greatest whole number not above the value.
  public var floor: Exact {
    switch form {
    case .small(_, 1): return self
    case .small(let top, let bottom):
      let (quotient, rest) = top.quotientAndRemainder(dividingBy: bottom)
      return Exact(rest < 0 ? quotient - 1 : quotient)
    case .big(let top, let bottom):
      let (quotient, rest) = top.quotientAndRemainder(dividingBy: bottom)
      return Exact(rest < 0 ? quotient - 1 : quotient, over: 1)
    }
  }

  /// The smallest whole number not below the value.
  public var ceiling: Exact { -((-self).floor) }

  public func clamped(to range: ClosedRange<Exact>) -> Exact {
    self < range.lowerBound ? range.lowerBound : self > range.upperBound ? range.upperBound : self
  }
}

extension Exact: Comparable, Hashable {
  public static func == (a: Exact, b: Exact) -> Bool {
    switch (a.form, b.form) {
    case (.small(let an, let ad), .small(let bn, let bd)): an == bn && ad == bd
    case (.big(let an, let ad), .big(let bn, let bd)): an == bn && ad == bd
    default: false
    }
  }

  public static func < (a: Exact, b: Exact) -> Bool {
    if case .small(let an, let ad) = a.form, case .small(let bn, let bd) = b.form {
      if ad == bd { return an < bn }
      let left = an.multipliedFullWidth(by: bd)
      let right = bn.multipliedFullWidth(by: ad)
      return left.high == right.high ? left.low < right.low : left.high < right.high
    }
    return a.numerator * b.denominator < b.numerator * a.denominator
  }

  public func hash(into hasher: inout Hasher) {
    switch form {
    case .small(let top, let bottom):
      hasher.combine(top)
      hasher.combine(bottom)
    case .big(let top, let bottom):
      hasher.combine(top)
      hasher.combine(bottom)
    }
  }
}
