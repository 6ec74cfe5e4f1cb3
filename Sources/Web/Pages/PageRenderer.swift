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
    case sentencesMalformed(SentenceTables.Fault)
  }

  private let templates: MustacheLibrary
  private let tables: SentenceTables
  /// What a browser fetches beside the pages. A page names each with a fingerprint of its content, so it may be kept for long.
  package let files: [PageFile]

  /// - Parameter replacements: the files of the operator's folder by name.
  package init(replacing replacements: [String: String] = [:]) throws(Fault) {
    MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
    var templates = CompiledPages.templates
    var files = CompiledPages.files
    var sentences: [Language: String] = [:]
    for (name, content) in replacements {
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
    do { tables = try SentenceTables.compiledIn.replacing(sentences) } catch { throw .sentencesMalformed(error) }
    self.files = files.map { PageFile(name: $0.key, content: $0.value) }.sorted { $0.path < $1.path }
    self.templates = try Self.compile(templates)
  }

  /// Everything said in this language, with the operator's own words where there are some.
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
