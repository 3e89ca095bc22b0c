import Cycles
import HTTPTypes
import Hummingbird
import Logging
import Notation
import People
import Storage

extension Visit {
  /// What every page of this visit stands in.
  func frame(_ title: String, current: String? = nil, bodyClass: String = "") -> Frame {
    var frame = Frame(language: words.language, title: title)
    frame.bodyClass = bodyClass
    frame.csrf = session?.csrf
    guard let viewer else { return frame }
    frame.account = viewer.name
    frame.role = viewer.post.map { post in
      text(
        "frame.role",
        ["where": .text(post.schoolName ?? post.authorityName), "role": .text(text("role.\(post.role.rawValue)"))])
    }
    frame.unread = session?.unread
    frame.entries = Navigation.entries(of: self, current: current)
    frame.tasks = viewer.post.flatMap { site.taskCounts.count(of: $0.appointment, at: now) }
    if let role = viewer.post?.role, role.may(.readCycle) || role.may(.readPolicy) {
      frame.searchLink = Endpoint.search.link()
    }
    return frame
  }

  func page(_ template: String, _ page: Any, _ frame: Frame, status: HTTPResponse.Status = .ok) -> Response {
    html(site.pages.html(template, page, frame: frame, words: words), status: status)
  }

  func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    answer(text, type: "text/html; charset=utf-8", status: status)
  }

  /// A text, compressed where that is worth it and the client takes it.
  func answer(_ text: String, type: String, status: HTTPResponse.Status) -> Response {
    var headers: HTTPFields = [.contentType: type]
    var text = text
    guard text.utf8.count >= Gzip.least else {
      return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
    }
    headers[.vary] = "Accept-Encoding"
    if Gzip.isTaken(request.headers[.acceptEncoding]),
      let bytes = text.withUTF8({ Gzip.compressed($0, padding: UInt8.random(in: 0..<100)) })
    {
      headers[.contentEncoding] = "gzip"
      return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  /// After a change: on to the page that shows it.
  func redirect(_ link: String) -> Response {
    Response(status: .seeOther, headers: [.location: link])
  }

  /// Why it could not be done, as the endpoint's kind of answer.
  func answer(to error: any Error) -> Response {
    let refusal = refusal(for: error)
    var response = answer(refusal)
    for field in refusal.headers { response.headers[field.name] = field.value }
    return response
  }

  private func answer(_ refusal: Refusal) -> Response {
    if endpoint.kind == .api || wantsJSON { return problem(refusal) }
    if refusal.status == .unauthorized, endpoint.kind == .page {
      guard request.method == .get else { return redirect(Endpoint.signIn.link()) }
      return redirect(Endpoint.signIn.link(query: [("to", request.uri.description)]))
    }
    let page = RefusalPage(
      status: refusal.status.code, messages: refusal.messages.map { words.text($0) },
      back: request.method == .get ? nil : request.headers[.referer].flatMap { ownPath($0) }, request: id)
    return self.page("layout/refusal", page, frame(text("refusal.title")), status: refusal.status)
  }

  private var wantsJSON: Bool { request.headers[.accept]?.contains("application/json") ?? false }

  /// The path of one of our own addresses.
  func ownPath(_ address: String) -> String? {
    guard let host = request.head.authority, let cut = address.firstRange(of: "//\(host)/") else { return nil }
    return String(address[address.index(before: cut.upperBound)...])
  }

  private func refusal(for error: any Error) -> Refusal {
    switch error {
    case let refusal as Refusal: return refusal
    case let refusal as PeopleRefusal: return .invalid(refusal.messages)
    case let error as OversizedMark:
      return .invalid("sheet.value.large", ["item": .text(error.item), "most": .count(SheetMark.longestValue / 1000)])
    case let lacking as SubmissionLacking: return .invalid([lacking.message])
    case is RequestKeyTaken: return Refusal.invalid("api.key.taken")
    case let error as BrokenBody:
      site.log.debug("body broken", metadata: ["request": .string(id), "why": .string(error.why)])
      return Refusal(.badRequest, "refusal.broken")
    case let error as HTTPError:
      return Refusal(error.status, "refusal.request")
    case DatabaseError.unavailable(let why):
      site.log.error("database unavailable", metadata: ["request": .string(id), "why": .string(why)])
      return .unavailable
    default:
      site.log.error("failed", metadata: ["request": .string(id), "why": .string("\(error)")])
      return Refusal(.internalServerError, "refusal.failed", ["request": .text(id)])
    }
  }

  /// RFC 9457.
  func problem(_ refusal: Refusal) -> Response {
    let detail = refusal.messages.map { words.text($0) }
    let fields: [(String, JSONText)] = [
      ("type", .text("about:blank")), ("title", .text(refusal.status.reasonPhrase)),
      ("status", .number(refusal.status.code)), ("detail", .text(detail.joined(separator: "\n"))),
      ("errors", .list(detail.map { .text($0) })), ("request", .text(id)),
    ]
    var response = json(.object(fields), status: refusal.status, type: "application/problem+json")
    if refusal.status == .unauthorized { response.headers[.wwwAuthenticate] = #"Bearer realm="junheng""# }
    return response
  }

  func json(_ value: JSONText, status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
    answer(value.text, type: type, status: status)
  }
}

struct RefusalPage {
  let status: Int
  let messages: [String]
  let back: String?
  let request: String
}
