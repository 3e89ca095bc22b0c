import Demonstration

/// A small PNG: bars of different height on paper, other ones for each seed.
enum SamplePicture {
  static let width = 240
  static let height = 160

  static func png(seed: UInt64) -> [UInt8] {
    var chance = Chance(seed: seed)
    let bars = (0..<8).map { _ in chance.within(20...130) }
    var pixels: [UInt8] = []
    for y in 0..<height {
      // Each row begins with the kind of its filter: none.
      pixels.append(0)
      for x in 0..<width {
        let bar = x / 30
        let isBar = x % 30 >= 6 && x % 30 < 24 && height - y <= bars[min(bar, 7)] && y < height - 8
        pixels.append(isBar ? UInt8(1 + bar % 3) : 0)
      }
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file += chunk("IHDR", word(width) + word(height) + [8, 3, 0, 0, 0])
    file += chunk("PLTE", [0xF7, 0xF5, 0xEE, 0x1F, 0x5A, 0x96, 0x2E, 0x7D, 0x5B, 0xB4, 0x6A, 0x28])
    file += chunk("IDAT", stored(pixels))
    return file + chunk("IEND", [])
  }

  private static func word(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return word(content.count) + body + word(Int(crc(body)))
  }

  /// A zlib stream of stored blocks.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var place = 0
    while place < bytes.count {
      let count = min(65_535, bytes.count - place)
      let isLast = place + count == bytes.count
      stream += [
        isLast ? 1 : 0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8((~count >> 8) & 255),
      ]
      stream += bytes[place..<place + count]
      place += count
    }
    var (a, b) = (1, 0)
    for byte in bytes {
      a = (a + Int(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return stream + word(b << 16 | a)
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
