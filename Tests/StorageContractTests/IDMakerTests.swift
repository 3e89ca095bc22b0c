import Notation
import Storage
import Testing

@Suite struct IDMakerTests {
  @Test func `ids of many threads differ and rise`() async {
    let maker = IDMaker(node: .max)
    let now = Instant(milliseconds: 1_780_272_000_000)
    let made = await withTaskGroup(of: [ID].self, returning: [[ID]].self) { group in
      for _ in 1...8 { group.addTask { (0..<5000).map { _ in maker.next(at: now) } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(made.flatMap(\.self)).count == 40_000)
    for ids in made { #expect(ids == ids.sorted()) }
    #expect(made.flatMap(\.self).allSatisfy { $0.number > 0 })
  }

  @Test func `ids follow the time, and never go back with the clock`() {
    let maker = IDMaker(node: 5)
    let times: [Int64] = [1_780_272_000_000, 1_780_272_000_001, 1_780_271_000_000, 0, .min, 1_790_000_000_000]
    let ids = times.map { maker.next(at: Instant(milliseconds: $0)) }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(IDMaker(node: 1).next(at: Instant(milliseconds: .min)).number > 0)
    #expect(IDMaker(node: 1).next(at: Instant(milliseconds: .max)).number > 0)
  }

  @Test func `programs differ by their node`() {
    let now = Instant(milliseconds: 1_780_272_000_000)
    #expect(IDMaker(node: 1).next(at: now) != IDMaker(node: 2).next(at: now))
  }
}
