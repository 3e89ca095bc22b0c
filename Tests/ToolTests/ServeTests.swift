import Fixtures
import Foundation
import Notation
import Testing

/// Serving, from the start to the stop.
@Suite struct ServeTests {
  @Test func `serves a new database, logs in JSON, and stops when it is told to`() throws {
    try Repository.withFolder { folder in
      let served = try Served("sqlite:\(folder)/a.db", in: folder)
      #expect(served.port > 0, "\(served.log)")
      #expect(served.get("/healthz").hasSuffix("ok\n"))
      #expect(served.get("/sign-in").hasPrefix("HTTP/1.1 200"))
      #expect(served.get("/metrics").contains("junheng_request_seconds_count{endpoint=\"health\",status=\"200\"} 1"))
      #expect(served.stop() == 0)
      let events = try served.log.map { line in
        let event = try JSON.read(Array(line.utf8), file: "log")
        #expect(event["at"]?.text?.contains(#/^20..-..-..T..:..:..\....\+08:00$/#) == true, "\(line)")
        #expect(event["level"] != nil)
        return event["event"]?.text ?? ""
      }
      #expect(events == ["listening", "request", "request", "request", "stopped"])
      #expect(served.log.allSatisfy { !$0.hasChinese })
    }
  }

  @Test func `a body that breaks off or is malformed is its sender's affair`() throws {
    try Repository.withFolder { folder in
      let served = try Served("sqlite:\(folder)/a.db", in: folder)
      let head = "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
      let malformed = served.send(head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nZZZ\r\nlogin=a\r\n")
      #expect(malformed.hasPrefix("HTTP/1.1 400"), "\(malformed)")
      _ = served.send(head + "Content-Length: 1000\r\n\r\nlogin=a", leaves: true)
      #expect(served.get("/healthz").hasSuffix("ok\n"))
      #expect(served.stop() == 0)
      let levels = try served.log.map { try JSON.read(Array($0.utf8), file: "log")["level"]?.text }
      #expect(!levels.contains("error"), "\(served.log)")
      #expect(!served.log.contains { $0.contains("\"status\":500") || $0.contains("\"status\": 500") })
    }
  }

  @Test func `says that a port is taken`() throws {
    try Repository.withFolder { folder in
      let served = try Served("sqlite:\(folder)/a.db", in: folder)
      let second = try Run(["serve", "--database", "sqlite:\(folder)/b.db", "--port", String(served.port)], in: folder)
      #expect(second.code == 2)
      #expect(second.err.contains("端口 \(served.port) 已被占用"))
      #expect(served.stop() == 0)
    }
  }

  @Test(arguments: [
    ("sqlite:/nowhere/a.db", "打不开数据库"), ("postgres://a:geheim@127.0.0.1:1/b", "打不开数据库"), ("mysql:x", "mysql:"),
    ("sqlite:", "文件路径"),
  ])
  func `says why a database can't be opened, and no password`(address: String, words: String) throws {
    let run = try Run(["serve", "--database", address, "--port", "0", "--evidence", "e"])
    #expect(run.code == 2)
    #expect(run.isOrderly)
    #expect(run.err.contains(words), "\(run.err)")
    #expect(!run.err.contains("geheim"))
    #expect(run.out.isEmpty)
  }

  @Test func `asks for a database and takes no wrong port or level`() throws {
    #expect(try Run("serve").err.contains("--database"))
    #expect(try Run("serve --database sqlite:a.db --port 70000").code == 64)
    #expect(try Run("serve --database sqlite:a.db --log loud").code == 64)
  }

  @Test func `takes no file of another program for a database`() throws {
    try Repository.withFolder { folder in
      try String(repeating: "no database ", count: 500).write(
        toFile: folder + "/a.db", atomically: true, encoding: .utf8)
      let run = try Run(["database", "migrate", "--database", "sqlite:\(folder)/a.db"], in: folder)
      #expect(run.code == 2)
      #expect(run.err.contains("a.db"))
    }
  }
}
