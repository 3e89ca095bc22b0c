import HTTPTypes
import Hummingbird
import Notation
import Storage

/// What machines ask: is it well, what has it done, style sheets and scripts.
enum OperationsRoutes {
  static func add(to table: inout RouteTable) {
    table.on(.health) { visit in
      do {
        _ = try await visit.site.database.readOne { try $0.rows("SELECT 1") }
        return plain("ok\n")
      } catch {
        return plain("database unavailable\n", status: .serviceUnavailable)
      }
    }
    table.on(.metrics) { visit in
      // Numbers of requests tell of people's work: only the machine itself may ask.
      guard visit.address == nil || visit.address == "127.0.0.1" || visit.address == "::1" else {
        throw Refusal.notFound
      }
      return plain(visit.site.counters.text, type: "text/plain; version=0.0.4; charset=utf-8")
    }
    table.on(.asset) { visit in
      guard let asset = visit.site.assets.asset(visit.parameters.getCatchAll().joined(separator: "/")) else {
        throw Refusal.notFound
      }
      var headers: HTTPFields = [
        .contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable", .vary: "Accept-Encoding",
      ]
      if let gzip = asset.gzip, visit.request.headers[.acceptEncoding]?.contains("gzip") ?? false {
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: .init(byteBuffer: gzip))
      }
      return Response(status: .ok, headers: headers, body: .init(byteBuffer: asset.bytes))
    }
  }

  private static func plain(
    _ text: String, status: HTTPResponse.Status = .ok, type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
