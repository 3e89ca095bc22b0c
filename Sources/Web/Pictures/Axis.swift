import Notation

/// The numbers along an axis that holds some values and zero: a step of 1, 2, 4 or 5 at any power of ten.
struct Axis {
  let step: Exact
  let from: Exact
  let to: Exact

  init(_ values: [Exact]) {
    let low = min(values.min() ?? .zero, .zero)
    let high = max(values.max() ?? .zero, .zero)
    let range = high - low
    step = Axis.step(range.isZero ? .one : range)
    // A point never lies on the edge.
    from = ((low / step).floor - (low.isZero ? .zero : .one)) * step
    to = ((high / step).ceiling + .one) * step
  }

  /// A step that gives four to eight parts.
  private static func step(_ range: Exact) -> Exact {
    var power = Exact.one
    let ten = Exact(10)
    var bound = 0
    while range / power < .one, bound < 30 {
      power = power / ten
      bound += 1
    }
    while range / power >= ten, bound < 60 {
      power = power * ten
      bound += 1
    }
    let share = range / power
    let tenth = power / ten
    if share < Exact(2) { return tenth * Exact(4) }
    if share < Exact(4) { return tenth * Exact(5) }
    return share < Exact(7) ? power : power * Exact(2)
  }

  var ticks: [Exact] {
    var ticks: [Exact] = []
    var value = from
    while value <= to, ticks.count < 40 {
      ticks.append(value)
      value += step
    }
    return ticks
  }

  /// With its sign: `+4`, `−8`, `0`.
  func text(_ value: Exact) -> String {
    var places = 0
    while places < 4, step.isFiner(thanPlaces: places) { places += 1 }
    let digits = value.magnitude.fixed(places: places)
    return value.isZero ? digits : (value.isNegative ? "−" : "+") + digits
  }
}
