// The work of `deploy/dependencies`: see there. Run from the top of the repository.

import Foundation

struct Fault: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// A package of the resolved graph.
struct Resolved: Decodable {
  struct Pin: Decodable {
    struct State: Decodable {
      let revision: String
      let version: String?
    }

    let identity: String
    let location: String
    let state: State

    /// Where it is read by people, without the ending that only git needs.
    var address: String { location.hasSuffix(".git") ? String(location.dropLast(4)) : location }
    var version: String { state.version ?? state.revision }
    /// https://github.com/package-url/purl-spec, type `swift`.
    var packageURL: String { "pkg:swift/\(address.replacingOccurrences(of: "https://", with: ""))@\(version)" }
  }

  let pins: [Pin]
}

/// A library of the system: what pkg-config calls it, the Debian package of its headers, and what it does here.
let system = [
  (name: "libcrypto", package: "libssl-dev", what: "PBKDF2, RSA"),
  (name: "libcurl", package: "libcurl4-openssl-dev", what: "handing letters to a mail server"),
  (name: "libpq", package: "libpq-dev", what: "the database, on PostgreSQL"),
  (name: "sqlite3", package: "libsqlite3-dev", what: "the database, in a file"),
]

func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// What the package's own file says, as far as we know its words.
func license(of pin: Resolved.Pin) throws -> String {
  let name = pin.address.split(separator: "/").last.map(String.init) ?? pin.identity
  for file in ["LICENSE.txt", "LICENSE"] {
    guard let words = try? text(".build/checkouts/\(name)/\(file)") else { continue }
    if words.contains("Apache License") { return "Apache-2.0" }
    if words.contains("Permission is hereby granted, free of charge") { return "MIT" }
  }
  throw Fault("the license of \(pin.identity) is not known: look at it, and teach deploy/dependencies.swift")
}

/// The identities that Package.swift names with an exact version.
func direct() throws -> Set<String> {
  let package = try text("Package.swift")
  return Set(
    package.matches(of: #/\.package\(url: "[^"]*/([^"/]+)", exact: "[^"]+"/#).map { String($0.1).lowercased() })
}

func output(_ program: String, _ arguments: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [program] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  try process.run()
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw Fault("\(program) \(arguments.joined(separator: " ")) failed") }
  return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}

func page(_ pins: [Resolved.Pin]) throws -> String {
  let named = try direct()
  func rows(_ chosen: [Resolved.Pin]) throws -> String {
    try chosen.map { "| [\($0.identity)](\($0.address)) | \($0.version) | \(try license(of: $0)) |" }.joined(separator: "\n")
  }
  return """
    # What Usher is made of

    This page is written by `deploy/dependencies` from `Package.swift` and what SwiftPM resolves it to; change the versions there, not here. The same as a
    software bill of materials (CycloneDX), with the system's libraries as they are on the machine: `deploy/dependencies sbom`.

    A published hole in one of them that touches Usher is patched within seven days, within two when it is being used (see [SECURITY.md](../SECURITY.md)).

    ## Packages that Package.swift names, in exactly this version

    | package | version | license |
    | --- | --- | --- |
    \(try rows(pins.filter { named.contains($0.identity) }))

    ## Packages that these bring along, in this version or a later one

    Not every one of them is linked: some serve features that are switched off here, such as TLS and HTTP/2, which are the proxy's.

    | package | version | license |
    | --- | --- | --- |
    \(try rows(pins.filter { !named.contains($0.identity) }))

    ## Libraries of the system

    They are linked when Usher starts, so that the system's security updates reach it then. The version is the system's own.

    | library | Debian package to build with | for |
    | --- | --- | --- |
    \(system.map { "| \($0.name) | `\($0.package)` | \($0.what) |" }.joined(separator: "\n"))

    """
}

func billOfMaterials(_ pins: [Resolved.Pin]) throws -> Data {
  var components: [[String: Any]] = try pins.map { pin in
    [
      "type": "library", "bom-ref": pin.packageURL, "name": pin.identity, "version": pin.version, "purl": pin.packageURL,
      "licenses": [["license": ["id": try license(of: pin)]]],
      "externalReferences": [["type": "vcs", "url": pin.address]],
      "properties": [["name": "revision", "value": pin.state.revision]],
    ]
  }
  for library in system {
    let version = try output("pkg-config", ["--modversion", library.name])
    components.append([
      "type": "library", "bom-ref": "system:\(library.name)", "name": library.name, "version": version,
      "purl": "pkg:generic/\(library.name)@\(version)",
    ])
  }
  let references = components.compactMap { $0["bom-ref"] as? String }
  let revision = (try? output("git", ["rev-parse", "HEAD"])) ?? "unknown"
  let bill: [String: Any] = [
    "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
    "metadata": ["component": ["type": "application", "bom-ref": "usher", "name": "usher", "version": revision]],
    "components": components, "dependencies": [["ref": "usher", "dependsOn": references]],
  ]
  return try JSONSerialization.data(withJSONObject: bill, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
}

let pins = try JSONDecoder().decode(Resolved.self, from: Data(contentsOf: URL(fileURLWithPath: "Package.resolved"))).pins
  .sorted { $0.identity < $1.identity }
switch CommandLine.arguments.dropFirst().first {
case nil:
  try page(pins).write(toFile: "docs/dependencies.md", atomically: true, encoding: .utf8)
  print("docs/dependencies.md")
case "sbom": FileHandle.standardOutput.write(try billOfMaterials(pins) + Data("\n".utf8))
case let other?: throw Fault("unknown word '\(other)': give nothing, or sbom")
}
