import Fixtures
import Foundation
import Testing

@testable import Workbooks

struct HostileTests {
  @Test func `every hostile workbook is refused for the right reason`() throws {
    let folder = try Folder()
    let writer = try WorkbookWriter(path: folder.path("sound.xlsx"), properties: .fixed)
    SampleBook.fill(writer)
    try writer.finish()
    try make(in: folder.path("corpus"), from: folder.path("sound.xlsx"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("corpus")).sorted()
    #expect(names.count > 500)
    for name in names {
      let wanted = name.components(separatedBy: "__")[0]
      let answer = answer(to: folder.path("corpus/" + name))
      #expect(wanted == "any" || answer == wanted, "\(name) was answered with \(answer)")
    }
  }

  private func answer(to path: String) -> String {
    do throws(WorkbookRefusal) {
      _ = try Workbook.read(from: path)
      return "read"
    } catch {
      return error.code
    }
  }

  private func make(in folder: String, from sound: String) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("hostile.py")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path, folder, sound]
    try Programs.start(process)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
