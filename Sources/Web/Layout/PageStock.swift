/// What pages are made from, read once: words, styles, templates.
struct PageStock: Sendable {
  let texts: Texts
  let assets: AssetShelf
  let pages: Pages

  /// Throws where a file can't be read, or a template can't be parsed.
  init() async throws {
    texts = try Texts()
    assets = try AssetShelf()
    pages = try await Pages(texts: texts, assets: assets)
  }
}
