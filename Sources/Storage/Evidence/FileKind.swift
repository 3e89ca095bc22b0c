/// A kind of file that is taken as evidence. Its first bytes tell it, its name must agree.
public struct FileKind: Sendable, Hashable {
  /// As the database keeps it, and the catalogue names it (`evidence.kind.pdf`).
  public let id: String
  /// What a name may end in, small letters, the usual one first.
  public let endings: [String]
  /// What browsers are told it is.
  public let media: String
  /// Bytes.
  public let limit: Int64
  public let preview: Preview

  /// How it is shown without downloading it.
  public enum Preview: Sendable { case none, pages, picture }

  private init(_ id: String, _ endings: [String], _ media: String, limit: Int64 = 100 << 20, _ preview: Preview = .none)
  {
    (self.id, self.endings, self.media, self.limit, self.preview) = (id, endings, media, limit, preview)
  }

  private static let office = "application/vnd.openxmlformats-officedocument."
  private static let pictureLimit: Int64 = 20 << 20

  public static let pdf = FileKind("pdf", ["pdf"], "application/pdf", .pages)
  /// GB/T 33190, the layout format of official documents.
  public static let ofd = FileKind("ofd", ["ofd"], "application/ofd")
  public static let jpeg = FileKind("jpeg", ["jpg", "jpeg", "jpe"], "image/jpeg", limit: pictureLimit, .picture)
  public static let png = FileKind("png", ["png"], "image/png", limit: pictureLimit, .picture)
  public static let gif = FileKind("gif", ["gif"], "image/gif", limit: pictureLimit, .picture)
  public static let webp = FileKind("webp", ["webp"], "image/webp", limit: pictureLimit, .picture)
  public static let heic = FileKind("heic", ["heic", "heif"], "image/heic", limit: pictureLimit)
  public static let tiff = FileKind("tiff", ["tif", "tiff"], "image/tiff", limit: pictureLimit)
  public static let mp4 = FileKind("mp4", ["mp4", "m4v"], "video/mp4")
  public static let mov = FileKind("mov", ["mov"], "video/quicktime")
  public static let mp3 = FileKind("mp3", ["mp3"], "audio/mpeg")
  public static let docx = FileKind("docx", ["docx"], office + "wordprocessingml.document")
  public static let xlsx = FileKind("xlsx", ["xlsx"], office + "spreadsheetml.sheet")
  public static let pptx = FileKind("pptx", ["pptx"], office + "presentationml.presentation")
  /// Before 2007; WPS writes the same under endings of its own.
  public static let doc = FileKind("doc", ["doc", "wps"], "application/msword")
  public static let xls = FileKind("xls", ["xls", "et"], "application/vnd.ms-excel")
  public static let ppt = FileKind("ppt", ["ppt", "dps"], "application/vnd.ms-powerpoint")
  public static let text = FileKind("text", ["txt"], "text/plain")
  public static let csv = FileKind("csv", ["csv"], "text/csv")

  /// All that is taken; the limit of a file that isn't known yet is the highest of them.
  public static let all = [
    pdf, ofd, jpeg, png, gif, webp, heic, tiff, mp4, mov, mp3, docx, xlsx, pptx, doc, xls, ppt, text, csv,
  ]

  public init?(id: String) {
    guard let kind = Self.all.first(where: { $0.id == id }) else { return nil }
    self = kind
  }

  public static let highestLimit = all.map(\.limit).max() ?? 0
  public static let endings = all.flatMap(\.endings)

  /// The ending of a name in small letters; nil where it has none.
  public static func ending(of name: String) -> String? {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    let ending = name[dot...].dropFirst().lowercased()
    return ending.isEmpty || ending.utf8.count > 10 ? nil : ending
  }
}
