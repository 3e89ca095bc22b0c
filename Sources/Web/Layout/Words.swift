import Mustache
import Notation

/// What `{{t.room.key}}` in a template finds: the catalogue's sentence without gaps.
struct Words: MustacheParent, MustacheCustomRenderable {
  let catalogue: Catalogue
  var key = ""

  func child(named name: String) -> Any? {
    Words(catalogue: catalogue, key: key.isEmpty ? name : key + "." + name)
  }

  var renderText: String { catalogue.text(key) }
  var isNull: Bool { false }
}
