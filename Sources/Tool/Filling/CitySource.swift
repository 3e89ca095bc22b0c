import ArgumentParser
import Demonstration
import Documents
import Foundation
import Notation
import Policies
import Scoring
import Storage

/// Where a city to fill a database with comes from: the demonstration of a policy, or a workbook of facts.
struct CitySource {
  let name: String
  let folder: String?
  let policy: Policy
  let files: PolicyEditions.Files
  let city: String?
  let groups: Int?
  let seed: UInt64

  init(policy name: String, folder: String?, city: String?, groups: Int?, seed: UInt64) throws {
    self.name = name
    self.folder = folder
    self.city = city
    self.groups = groups
    self.seed = seed
    policy = try Loading.runnable(name, folder: folder)
    files = try Loading.edition(name, folder: folder)
  }

  func demonstration() throws -> FilledCity {
    let made = try DemoCommand.city(name, folder: folder, groups: groups, seed: seed)
    // What is only illustrative was issued by nobody.
    let place = made.name.replacing(Words.made("demo.illustrative"), with: "")
    let issuer = policy.status == "illustrative" ? nil : policy.issuer
    let city = made.city
    return FilledCity(
      authority: self.city ?? issuer ?? Words.made("demo.bureau", ["place": .text(place)]),
      region: policy.region ?? "000000", policy: policy, files: files, known: nil,
      groups: { year in city.standing(in: year) }, grows: true)
  }

  /// The city of a workbook: its years and no others.
  ///
  /// - Parameter pretends: years that the workbook doesn't hold are as its latest, and the authority's name says so.
  func workbook(_ path: String, pretends: Bool) throws -> FilledCity {
    let facts = try Loading.facts(path, for: policy)
    let held = facts.years.filter { !$0.groups.isEmpty }
    guard let latest = held.max(by: { $0.year < $1.year }) else {
      Terminal.say(Words.text("tool.fill.noGroups", ["path": .text(path)]))
      throw ExitCode.refused
    }
    let authority = city ?? policy.issuer ?? policy.title
    let years = Dictionary(held.map { ($0.year, $0.groups) }) { first, _ in first }
    guard pretends else {
      return FilledCity(
        authority: authority, region: policy.region ?? "000000", policy: policy, files: files,
        known: years.keys.sorted(), groups: { years[$0] ?? [] })
    }
    let order = Dictionary(latest.groups.enumerated().map { ($1.id, $0) }) { first, _ in first }
    return FilledCity(
      authority: authority + Words.made("demo.pretended"), region: policy.region ?? "000000", policy: policy,
      files: files, known: nil,
      groups: { year in
        // In the latest year's order, so that a group is the same in every year.
        var groups = latest.groups
        for group in years[year] ?? [] { if let place = order[group.id] { groups[place] = group } }
        return groups
      })
  }
}

extension Loading {
  /// The files of a policy's folder, as a cycle freezes them.
  static func edition(_ name: String, folder: String?) throws -> PolicyEditions.Files {
    guard let place = PolicyFiles(folder: Loading.folder(folder)).locate(name) else {
      throw Output.refuse(name)
    }
    var files: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: place.folder) {
      guard file.hasSuffix(".yaml"), file != "demonstration.yaml" else { continue }
      files[file] = try String(contentsOfFile: "\(place.folder)/\(file)", encoding: .utf8)
    }
    if place.file != "policy.yaml" { files["policy.yaml"] = files[place.file] }
    return PolicyEditions.Files(name: (place.folder as NSString).lastPathComponent, files: files)
  }
}
