import Synchronization

/// The files made of published editions, which never change: each is made once, however many ask for it, and kept while
/// there is room. All of it may be dropped.
final class EditionShelf: Sendable {
  /// Bytes kept.
  private let room: Int

  private struct Content {
    var kept: [String: [UInt8]] = [:]
    /// The one asked for last stands last.
    var order: [String] = []
    var making: [String: Task<[UInt8], any Error>] = [:]
    var made = 0
  }

  private let content = Mutex(Content())

  init(room: Int = 32 << 20) { self.room = room }

  /// How many were made so far.
  var made: Int { content.withLock { $0.made } }
  /// Bytes that are kept.
  var size: Int { content.withLock { $0.kept.values.reduce(0) { $0 + $1.count } } }

  /// A file by what it is made of; those who ask while it is being made wait for the same one.
  func file(_ key: String, _ make: @escaping @Sendable () async throws -> [UInt8]) async throws -> [UInt8] {
    let found = content.withLock { content -> (bytes: [UInt8]?, task: Task<[UInt8], any Error>?) in
      if let bytes = content.kept[key] {
        content.order.removeAll { $0 == key }
        content.order.append(key)
        return (bytes, nil)
      }
      if let task = content.making[key] { return (nil, task) }
      content.made += 1
      let task = Task {
        let made: Result<[UInt8], any Error>
        do { made = .success(try await make()) } catch { made = .failure(error) }
        self.keep(try? made.get(), as: key)
        return try made.get()
      }
      content.making[key] = task
      return (nil, task)
    }
    if let bytes = found.bytes { return bytes }
    guard let task = found.task else { return try await make() }
    return try await task.value
  }

  /// What couldn't be made is tried again by whoever asks next.
  private func keep(_ bytes: [UInt8]?, as key: String) {
    content.withLock { content in
      content.making[key] = nil
      guard let bytes, bytes.count <= room else { return }
      content.kept[key] = bytes
      content.order.append(key)
      var size = content.kept.values.reduce(0) { $0 + $1.count }
      while size > room, let oldest = content.order.first {
        content.order.removeFirst()
        size -= content.kept.removeValue(forKey: oldest)?.count ?? 0
      }
    }
  }
}
