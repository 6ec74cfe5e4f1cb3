// The work of `deploy/generate`: see there. Run from the top of the repository.

import Foundation

let note = "// swift-format-ignore-file\n// Made by deploy/generate. Change the files it is made from, not this one.\n\n"

func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

func write(_ source: String, to path: String) throws {
  try (note + source).write(toFile: path, atomically: true, encoding: .utf8)
  print(path)
}

func names(in folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
}

/// A raw literal of a whole file, so that a reader of the generated source still recognizes it.
func literal(_ content: String) -> String {
  var fence = "#"
  while content.contains("\"\"\"" + fence) || content.contains("\\" + fence) { fence += "#" }
  return fence + "\"\"\"\n" + content + "\n\"\"\"" + fence
}

func dictionary(_ name: String, _ comment: String, _ entries: [(String, String)]) -> String {
  var source = "  /// \(comment)\n  static let \(name): [String: String] = [\n"
  for (key, content) in entries { source += "    \"\(key)\": \(literal(content)),\n" }
  return source + "  ]\n"
}

// MARK: The tables, whole.

let tables = "Sources/Localization/Tables/"
var sentences: [(String, String)] = []
var countries: [(String, String)] = []
for name in try names(in: tables) where name.hasSuffix(".json") {
  let stem = String(name.dropLast(".json".count))
  if stem.hasPrefix("countries.") {
    countries.append((String(stem.dropFirst("countries.".count)), try text(tables + name)))
  } else {
    sentences.append((stem, try text(tables + name)))
  }
}
try write(
  "/// The files of `Tables/`, by the tag of their language.\nenum CompiledTables {\n"
    + dictionary("sentences", "Tables of sentences.", sentences) + "\n"
    + dictionary("countries", "Names of countries and regions.", countries) + "}\n",
  to: "Sources/Localization/Generated/CompiledTables.swift")

// MARK: One typed member per sentence, from the English table.

func typeName(_ group: String) -> String { group.prefix(1).uppercased() + group.dropFirst() + "Sentences" }

/// Parameters in the order of their first appearance. `{portal}` is none: the tables fill it in.
func parameters(of text: String) -> [String] {
  var found: [String] = []
  var rest = text[...]
  while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
    let name = String(rest[rest.index(after: open)..<close])
    if name != "portal", !found.contains(name) { found.append(name) }
    rest = rest[rest.index(after: close)...]
  }
  return found
}

func declaration(_ group: String, _ name: String, _ value: Any) -> String {
  let key = "\"\(group).\(name)\""
  let counted = value as? [String: String]
  let by = counted?["by"]
  let sample = counted?["other"] ?? value as? String ?? ""
  var names = parameters(of: sample)
  if let by, !names.contains(by) { names.insert(by, at: 0) }
  let head = "  /// \(sample)\n"
  if names.isEmpty { return head + "  package var \(name): String { sentences.say(\(key)) }\n" }
  // A single parameter needs no label beside the function's own name; several are told apart by theirs.
  let list = names.map { "\(names.count == 1 ? "_ " : "")\($0): \($0 == by ? "Int" : "String")" }.joined(separator: ", ")
  let values = names.map { "\"\($0)\": \($0 == by ? "String(\($0))" : $0)" }.joined(separator: ", ")
  let count = by.map { ", count: \($0)" } ?? ""
  return head + "  package func \(name)(\(list)) -> String {\n    sentences.say(\(key), [\(values)]\(count))\n  }\n"
}

let english = try JSONSerialization.jsonObject(with: Data(try text(tables + "en.json").utf8)) as? [String: [String: Any]] ?? [:]
// A group whose names are ids of something (`account-administrator`) is looked up by id, so it needs no members.
let groups = english.keys.sorted().filter { group in english[group, default: [:]].keys.allSatisfy { !$0.contains("-") } }
var typed = "extension Sentences {\n"
for group in groups {
  typed += "  package var \(group): \(typeName(group)) { \(typeName(group))(sentences: self) }\n"
}
typed += "}\n"
for group in groups {
  typed += "\npackage struct \(typeName(group)): Sendable {\n  let sentences: Sentences\n"
  for (name, value) in english[group, default: [:]].sorted(by: { $0.key < $1.key }) {
    typed += "\n" + declaration(group, name, value)
  }
  typed += "}\n"
}
try write(typed, to: "Sources/Localization/Generated/TypedSentences.swift")

// MARK: Templates and files of the pages.

let pages = "Sources/Web/Pages/"
let templates = try names(in: pages + "Templates").filter { $0.hasSuffix(".mustache") }.map {
  (String($0.dropLast(".mustache".count)), try text(pages + "Templates/" + $0))
}
let files = try names(in: pages + "Files").map { ($0, try text(pages + "Files/" + $0)) }
try write(
  "/// The files of `Templates/` and `Files/`.\nenum CompiledPages {\n"
    + dictionary("templates", "Templates by name, without `.mustache`.", templates) + "\n"
    + dictionary("files", "Files served as they are, by name.", files) + "}\n",
  to: pages + "Generated/CompiledPages.swift")
