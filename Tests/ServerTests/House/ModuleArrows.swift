internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

/// Holds Package.swift to the table in docs/architecture.md: who may import whom. (That nobody imports what Package.swift does not declare
/// is checked by the build: `--explicit-target-dependency-import-check error`.)
@Suite struct ModuleArrows {
  @Test func `the package declares exactly the modules of the table, and no arrow that the table does not allow`() throws {
    let allowed = try arrowsOfThePage()
    let declared = try arrowsOfThePackage()
    #expect(Set(declared.keys) == Set(allowed.keys))
    for (module, dependencies) in declared {
      let surplus = dependencies.subtracting(allowed[module] ?? [])
      #expect(surplus.isEmpty, "\(module) may not import \(surplus.sorted())")
    }
  }

  @Test func `a row of the table names only modules that stand below it`() throws {
    let page = try rowsOfThePage()
    let modules = page.map(\.module)
    for (index, row) in page.enumerated() {
      #expect(row.dependencies.isDisjoint(with: modules[...index]), "\(row.module) points at itself or upwards")
    }
  }

  private func arrowsOfThePage() throws -> [String: Set<String>] {
    Dictionary(try rowsOfThePage().map { ($0.module, $0.dependencies) }, uniquingKeysWith: { first, _ in first })
  }

  /// Rows such as ``| `Mail` | what it is for | `Identity`, `Primitives` | `CCurl` |``, from the top ring to the bottom.
  private func rowsOfThePage() throws -> [(module: String, dependencies: Set<String>)] {
    let page = try String(contentsOf: Repository.root.appending(path: "docs/architecture.md"), encoding: .utf8)
    return page.split(separator: "\n").compactMap { line in
      guard let module = line.firstMatch(of: /^\| `(\w+)` \|/)?.1 else { return nil }
      let cells = line.split(separator: "|").dropFirst(2)
      return (String(module), Set(cells.flatMap { $0.matches(of: /`(\w+)`/).map { String($0.1) } }))
    }
  }

  /// Asks SwiftPM what it read, in a scratch folder of its own: the usual one is locked by the test run itself.
  private func arrowsOfThePackage() throws -> [String: Set<String>] {
    try inTemporaryFolder { folder in
      let swift = Process()
      swift.executableURL = URL(filePath: "/usr/bin/env")
      swift.arguments = [
        "swift", "package", "--package-path", Repository.root.path(), "--scratch-path", folder, "--disable-sandbox",
        "dump-package",
      ]
      let output = Pipe()
      swift.standardOutput = output
      swift.standardError = FileHandle.nullDevice
      try swift.start()
      let dump = Data(output.fileHandleForReading.bytesToEnd())
      swift.waitUntilExit()
      try #require(swift.terminationStatus == 0)
      let package = try JSONDecoder().decode(PackageDump.self, from: dump)
      let modules = package.targets.filter { $0.type != "test" && $0.path?.hasPrefix("Tests/") != true }
      return Dictionary(modules.map { ($0.name, Set($0.dependencies.map(\.name))) }, uniquingKeysWith: { $0.union($1) })
    }
  }
}

/// As much of the answer of `swift package dump-package` as the arrows need.
private struct PackageDump: Decodable {
  struct Target: Decodable {
    let name: String
    let type: String
    let path: String?
    let dependencies: [Dependency]
  }

  /// `{"byName": ["Primitives", null]}` or `{"product": ["Crypto", "swift-crypto", …]}`: one key, and the name first.
  struct Dependency: Decodable {
    let name: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let forms = try container.decode([String: [FirstText]].self)
      guard let name = forms.values.first?.first?.text else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "a dependency without a name")
      }
      self.name = name
    }
  }

  /// A text; what else stands in a list is passed over.
  struct FirstText: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      text = try? decoder.singleValueContainer().decode(String.self)
    }
  }

  let targets: [Target]
}
