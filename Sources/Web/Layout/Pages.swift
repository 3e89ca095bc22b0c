import Foundation
import Mustache
import Notation

/// The templates, and how a page's value becomes HTML.
struct Pages: Sendable {
  private let library: MustacheLibrary
  private let texts: Texts
  private let assets: AssetShelf

  /// Reads all templates; throws where one can't be parsed.
  init(texts: Texts, assets: AssetShelf) async throws {
    self.texts = texts
    self.assets = assets
    MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
    let folder = Bundle.module.bundleURL.appendingPathComponent("Templates")
    var library = MustacheLibrary()
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".mustache") {
      // The library closes no block whose name has a `/`: inside, layouts go by a name with a dot.
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        .replacing(#/\{\{([<\/])layout\/([a-z-]+)\}\}/#) { "{{\($0.output.1)layout.\($0.output.2)}}" }
      let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:\(SafeHTML.name)}}\n" + text)
      let plain = String(name.dropLast(9))
      library.register(template, named: plain)
      if plain.hasPrefix("layout/") { library.register(template, named: plain.replacing("/", with: ".")) }
    }
    self.library = library
  }

  /// The whole page. In templates `t` gives words, `frame` what stands around the page, `page` the page's own value.
  func html(_ template: String, _ page: Any, frame: Frame, language: String) -> String {
    html(template, page, frame: frame, words: texts.catalogue(language))
  }

  func html(_ template: String, _ page: Any, frame: Frame, words: Catalogue) -> String {
    render(
      template,
      [
        "t": Words(catalogue: words), "frame": PageValue.of(frame) ?? frame,
        "page": PageValue.of(page) ?? page, "assets": assets,
      ])
  }

  private func render(_ template: String, _ context: [String: Any]) -> String {
    library.render(context, withTemplate: template) ?? "template \(template) is missing"
  }
}
