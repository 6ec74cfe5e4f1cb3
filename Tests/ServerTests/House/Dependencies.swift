internal import Foundation
internal import TestKit
internal import Testing

/// Holds docs/dependencies.md to Package.swift and to what SwiftPM resolved it to.
@Suite(.threat("KEY6")) struct Dependencies {
  @Test func `every package that is named stands on the page in its version, and no other does`() throws {
    let package = try text("Package.swift")
    let named = package.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)", exact: "([^"]+)"/)
    let versions = Dictionary(named.map { ($0.1.lowercased(), String($0.2)) }, uniquingKeysWith: { first, _ in first })
    #expect(package.matches(of: /\.package\(/).count == versions.count, "every package is pinned to one version")
    #expect(try rows(of: "Packages that Package.swift names") == versions, "run deploy/dependencies")
  }

  @Test func `every package that these bring along stands on the page, in this version or an older one`() throws {
    let named = try rows(of: "Packages that Package.swift names")
    let brought = try rows(of: "Packages that these bring along")
    let resolved = try JSONDecoder().decode(Resolved.self, from: Data(try text("Package.resolved").utf8)).pins
    #expect(Set(resolved.map(\.identity)) == Set(named.keys).union(brought.keys), "run deploy/dependencies")
    for pin in resolved {
      guard let version = pin.state.version, let listed = brought[pin.identity] else { continue }
      #expect(!isOlder(version, than: listed), "\(pin.identity) \(version)")
    }
  }

  @Test func `nothing that reads from the network is older than its last known hole`() throws {
    let all = try rows(of: "Packages that Package.swift names").merging(rows(of: "Packages that these bring along")) { first, _ in
      first
    }
    for (package, atLeast) in [("swift-nio", "2.100.0"), ("swift-nio-http2", "1.44.1")] {
      let version = try #require(all[package])
      #expect(!isOlder(version, than: atLeast), "\(package) \(version)")
    }
  }

  @Test func `how soon a hole in one of them is patched is promised`() throws {
    for page in ["SECURITY.md", "docs/dependencies.md"] {
      #expect(try text(page).contains("patched within seven days, within two when it is being used"), "\(page)")
    }
  }

  @Test func `the bill of materials names each of them, and the libraries of the system`() async throws {
    let run = try await CommandLineRun.program(
      Repository.root.appending(path: "deploy/dependencies").path(), ["sbom"], environment: ProcessInfo.processInfo.environment,
      in: Repository.root.path())
    try #require(run.status == 0, "\(run.errors)")
    let bill = try JSONDecoder().decode(BillOfMaterials.self, from: Data(run.output.utf8))
    #expect(bill.bomFormat == "CycloneDX" && bill.specVersion == "1.6")
    let names = Set(bill.components.map(\.name))
    let all = try rows(of: "Packages that Package.swift names").merging(rows(of: "Packages that these bring along")) { first, _ in
      first
    }
    #expect(names.isSuperset(of: all.keys) && names.isSuperset(of: ["libcrypto", "libcurl", "sqlite3"]))
    #expect(bill.components.allSatisfy { $0.version.first?.isNumber == true && $0.purl.hasPrefix("pkg:") })
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
  }

  /// The versions of one table of the page, by package.
  private func rows(of heading: String) throws -> [String: String] {
    let page = try text("docs/dependencies.md")
    let start = try #require(page.range(of: "## \(heading)")).upperBound
    let section = page[start...].prefix(upTo: page.range(of: "\n## ", range: start..<page.endIndex)?.lowerBound ?? page.endIndex)
    let rows = section.matches(of: /(?m)^\| \[([^\]]+)\]\([^)]*\) \| ([^ ]+) \| [^ ]+ \|$/)
    return Dictionary(rows.map { (String($0.1), String($0.2)) }, uniquingKeysWith: { first, _ in first })
  }

  private func isOlder(_ version: String, than other: String) -> Bool {
    version.compare(other, options: .numeric) == .orderedAscending
  }
}

private struct Resolved: Decodable {
  struct Pin: Decodable {
    struct State: Decodable { let version: String? }

    let identity: String
    let state: State
  }

  let pins: [Pin]
}

private struct BillOfMaterials: Decodable {
  struct Component: Decodable {
    let name: String
    let version: String
    let purl: String
  }

  let bomFormat: String
  let specVersion: String
  let components: [Component]
}
