package import Localization
internal import Mustache
internal import Primitives

/// Turns pages into HTML. Made once at start; every template is compiled then, so a broken one stops the start and not a visitor.
///
/// Templates, styles and sentences are compiled in. An operator may put files of the same names into a folder that takes precedence:
/// `<name>.mustache`, `styles.css`, `icon.svg`, and `<language>.json` with the sentences to say otherwise.
package struct PageRenderer: Sendable {
  package enum Fault: Error, Sendable {
    /// A file that replaces nothing: most likely misspelled, so it would silently not work.
    case unknownFile(String)
    case templateMalformed(String)
    /// The template says something by a name that no sentence without parameters has: there would be a gap in the page.
    case sentenceUnknown(template: String, sentence: String)
    case sentencesMalformed(SentenceTables.Fault)
  }

  private let templates: MustacheLibrary
  /// Everything that is said: with the portal's name, and with the operator's own words where there are some. Letters say the same.
  package let tables: SentenceTables
  /// What a browser fetches beside the pages. A page names each with a fingerprint of its content, so it may be kept for long.
  package let files: [PageFile]

  /// - Parameters:
  ///   - compiledIn: what is said where the operator says nothing else.
  ///   - replacements: the files of the operator's folder by name.
  package init(saying compiledIn: SentenceTables = .compiledIn, replacing replacements: [String: String] = [:]) throws(Fault) {
    MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
    var templates = CompiledPages.templates
    var files = CompiledPages.files
    var sentences: [Language: String] = [:]
    for (name, content) in replacements.sorted(by: { $0.key < $1.key }) {
      if files[name] != nil {
        files[name] = content
      } else if name.hasSuffix(".mustache"), templates[String(name.dropLast(9))] != nil {
        templates[String(name.dropLast(9))] = content
      } else if let language = Language.all.first(where: { "\($0.tag).json" == name }) {
        sentences[language] = content
      } else {
        throw .unknownFile(name)
      }
    }
    do { tables = try compiledIn.replacing(sentences) } catch { throw .sentencesMalformed(error) }
    self.files = files.map { PageFile(name: $0.key, content: $0.value) }.sorted { $0.path < $1.path }
    self.templates = try Self.compile(templates)
    for (name, text) in templates where replacements["\(name).mustache"] != nil {
      if let sentence = Self.gap(in: text, tables) { throw .sentenceUnknown(template: name, sentence: sentence) }
    }
  }

  /// Everything said in this language.
  package func sentences(_ language: Language) -> Sentences { Sentences(language, from: tables) }

  func render(_ page: some Page) -> String {
    let say = sentences(page.frame.language)
    var view = page.view(say)
    view["say"] = SentenceView(sentences: say)
    view["title"] = page.title(say)
    view["frame"] = frameView(page.frame, say)
    return templates.render(view, withTemplate: type(of: page).template) ?? ""
  }

  private func frameView(_ frame: PageFrame, _ say: Sentences) -> View {
    var languages: [View] = []
    for language in Language.all {
      guard let address = frame.address(in: language) else { continue }
      languages.append([
        "name": language.ownName, "tag": language.tag, "address": address, "current": language == frame.language,
      ])
    }
    var view: View = ["language": frame.language.tag, "languages": languages.isEmpty ? nil : languages, "csrf": frame.csrf]
    for file in files { view[file.templateName] = file.address }
    if let person = frame.person {
      view["person"] =
        [
          "name": person.name, "organization": person.organization, "seesUsers": person.seesUsers,
          "profileLabel": say.frame.profileOf(person.name),
        ] as View
    }
    return view
  }

  /// A name by which a template says something that cannot be said.
  private static func gap(in template: String, _ tables: SentenceTables) -> String? {
    let names = template.matches(of: /\{\s*say\.([A-Za-z0-9.\-]+)\s*\}/).map { String($0.1) }
    return names.first { name in Language.all.contains { Sentences($0, from: tables).plain(name) == nil } }
  }

  /// Compiles each template with our own escaping (see `HTMLText`).
  private static func compile(_ texts: [String: String]) throws(Fault) -> MustacheLibrary {
    var library = MustacheLibrary()
    for (name, text) in texts {
      do { try library.register("{{% CONTENT_TYPE:\(HTMLText.name)}}\(text)", named: name) } catch {
        throw .templateMalformed(name)
      }
    }
    return library
  }
}

/// A file the pages name: the stylesheet, the icon.
package struct PageFile: Sendable {
  /// Where it is served: `/styles.css`.
  package let path: String
  /// Where the pages ask for it: its path with a fingerprint, `/styles.css?v=Zm9vYmFy`.
  package let address: String
  package let contentType: String
  package let content: [UInt8]

  /// The name without extension, as the layout knows it.
  let templateName: String

  init(name: String, content: String) {
    let bytes = Array(content.utf8)
    path = "/\(name)"
    address = "/\(name)?v=\(Base64URL.encode(Array(SHA256Digest.of(bytes).prefix(9))))"
    contentType = name.hasSuffix(".css") ? "text/css; charset=utf-8" : "image/svg+xml"
    self.content = bytes
    templateName = String(name.prefix { $0 != "." })
  }
}
