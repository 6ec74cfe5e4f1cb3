import Foundation
import Localization
import TestKit
import Testing

@testable import Web

/// A file below `Sources/Web/Pages`.
struct PageSource: Sendable, CustomTestStringConvertible {
  let name: String
  let content: String
  var testDescription: String { name }

  static func all(in folder: String) throws -> [PageSource] {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = top.appending(path: "Sources/Web/Pages/\(folder)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted().map {
      PageSource(name: $0, content: try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }
}

@Suite struct CompiledPagesTests {
  @Test func `templates and files compiled in agree with the source tree`() throws {
    let templates = try PageSource.all(in: "Templates")
    #expect(Set(CompiledPages.templates.keys.map { "\($0).mustache" }) == Set(templates.map(\.name)), "run deploy/generate")
    for template in templates {
      #expect(
        CompiledPages.templates[String(template.name.dropLast(9))] == template.content, "\(template.name): run deploy/generate")
    }
    let files = try PageSource.all(in: "Files")
    #expect(Set(CompiledPages.files.keys) == Set(files.map(\.name)))
    for file in files { #expect(CompiledPages.files[file.name] == file.content, "\(file.name): run deploy/generate") }
  }

  @Test(arguments: try PageSource.all(in: "Templates"))
  func `a template names only sentences that exist in every language and need nothing`(template: PageSource) {
    for match in template.content.matches(of: /\{\{[#^]?say\.([A-Za-z.\-]+)\}\}/) {
      for language in Language.all { #expect(Sentences(language).plain(String(match.1)) != nil, "\(match.1)") }
    }
    #expect(template.content.matches(of: /say\./).count == template.content.matches(of: /\{\{say\.[A-Za-z.\-]+\}\}/).count)
  }

  @Test(arguments: try PageSource.all(in: "Templates"))
  func `a template never switches escaping off`(template: PageSource) {
    for raw in ["{{{", "{{&", "{{%"] { #expect(!template.content.contains(raw)) }
  }

  @Test func `every page in the gallery has its template, and every template its page`() throws {
    let shown = Set(ShownPage.all.map { type(of: $0.page).template })
    let parts: Set = ["layout", "keys", "messages", "field", "field-notes", "field-described", "state", "organizations"]
    #expect(shown.union(parts) == Set(CompiledPages.templates.keys))
  }
}

@Suite struct FilesOfAnOperator {
  @Test func `take the place of those compiled in`() throws {
    let renderer = try PageRenderer(replacing: [
      "check-mail.mustache": "{{<layout}}{{$main}}<h1>{{title}}</h1><p>{{sent}}</p>{{/main}}{{/layout}}",
      "styles.css": "body { color: black }",
      "en.json": #"{"frame": {"brand": "Contoso Portal"}}"#,
    ])
    let html = CheckMailPage(frame: PageFrame(language: .english), email: "<b>", hours: 24).html(renderer)
    #expect(html.contains("Contoso Portal"))
    #expect(html.contains("&lt;b&gt;"))
    #expect(!html.contains("<ul class=\"help\">"))
    #expect(renderer.files.first { $0.path == "/styles.css" }?.content == Array("body { color: black }".utf8))
  }

  @Test func `are shown under the portal's name, as text`() throws {
    let tables = SentenceTables.compiledIn.naming(portal: "Contoso <& Sons>")
    let renderer = try PageRenderer(saying: tables, replacing: ["en.json": #"{"signOut": {"title": "Leave {portal}"}}"#])
    let html = CheckMailPage(frame: PageFrame(language: .english), email: "ada@contoso.test", hours: 24).html(renderer)
    #expect(html.contains(" · Contoso &lt;&amp; Sons&gt;</title>"))
    #expect(renderer.sentences(.english).signOut.title == "Leave Contoso <& Sons>")
  }

  @Test func `change the address under which they are kept by browsers`() throws {
    let before = try PageRenderer().files.map(\.address)
    let after = try PageRenderer(replacing: ["styles.css": "a{}"]).files.map(\.address)
    #expect(before.count == after.count)
    #expect(Set(before).symmetricDifference(after).count == 2)
  }

  @Test(arguments: [
    ["sing-in.mustache": ""], ["de.json": "{}"], ["../styles.css": ""], ["sign-in.mustache": "{{#open}}"],
    ["en.json": #"{"frame": {"nothing": "x"}}"#], ["sign-in.mustache": "<h1>{{say.signIn.titel}}</h1>"],
  ])
  func `that cannot be right stop the start`(files: [String: String]) {
    #expect(throws: PageRenderer.Fault.self) { try PageRenderer(replacing: files) }
  }
}

@Suite(.rule("WCAG 2.2 §1.4.3")) struct Colors {
  /// Ink and the grounds it is set on; the last number is the contrast needed (text 4.5, edges of fields 3).
  static let pairs: [(ink: String, ground: String, least: Double)] = [
    ("ink", "ground", 4.5), ("ink", "sheet", 4.5), ("ink", "tint", 4.5), ("soft", "ground", 4.5), ("soft", "sheet", 4.5),
    ("soft", "tint", 4.5), ("accent", "sheet", 4.5), ("accent", "ground", 4.5), ("accent", "tint", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5), ("good", "good-ground", 4.5), ("wrong", "wrong-ground", 4.5), ("wrong", "sheet", 4.5),
    ("edge", "sheet", 3), ("focus", "ground", 3), ("focus", "sheet", 3),
  ]

  @Test func `have enough contrast in the light and in the dark scheme`() throws {
    let styles = try #require(CompiledPages.files["styles.css"])
    let schemes = styles.matches(of: /:root \{([^}]*)\}/).map { String($0.1) }
    try #require(schemes.count == 2)
    for scheme in schemes {
      var colors: [String: String] = [:]
      for match in scheme.matches(of: /--([a-z-]+): #([0-9a-f]{6});/) { colors[String(match.1)] = String(match.2) }
      for pair in Self.pairs {
        let ink = Self.luminance(try #require(colors[pair.ink]))
        let ground = Self.luminance(try #require(colors[pair.ground]))
        let contrast = (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)
        #expect(contrast >= pair.least, "\(pair.ink) on \(pair.ground): \(contrast)")
      }
    }
  }

  private static func luminance(_ hex: String) -> Double {
    let value = Int(hex, radix: 16) ?? 0
    func channel(_ shift: Int) -> Double {
      let part = Double((value >> shift) & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
  }
}
