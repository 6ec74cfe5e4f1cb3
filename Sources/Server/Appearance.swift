internal import Identity
internal import Localization
internal import Primitives
internal import Web

/// The operator's own templates, styles and sentences, read once at start, and the name of the portal in all of them.
enum Appearance {
  static let maximumFiles = 256
  static let maximumBytes = 1024 * 1024

  /// How pages look; what they say (`tables`) is what letters say too.
  static func renderer(_ configuration: Configuration) throws -> PageRenderer {
    let tables = SentenceTables.compiledIn.naming(portal: configuration.identity.portalName)
    guard let folder = configuration.appearanceFolder else { return try PageRenderer(saying: tables) }
    let replacements = try files(in: folder)
    do {
      return try PageRenderer(saying: tables, replacing: replacements)
    } catch {
      switch error {
      case .unknownFile(let name): throw refusal(folder, "the file \(name) replaces nothing")
      case .templateMalformed(let name): throw refusal(folder, "the template \(name).mustache is malformed")
      case .sentenceUnknown(let name, let sentence):
        throw refusal(folder, "the template \(name).mustache names the sentence \(sentence), which there is not")
      case .sentencesMalformed(let fault): throw refusal(folder, fault.words)
      }
    }
  }

  private static func files(in folder: String) throws -> [String: String] {
    let names: [String]
    do {
      names = try SmallFile.names(in: folder).filter { !$0.hasPrefix(".") }
    } catch {
      throw refusal(folder, "it cannot be read: \(error)")
    }
    guard names.count <= maximumFiles else { throw refusal(folder, "it holds more than \(maximumFiles) files") }
    var files: [String: String] = [:]
    for name in names {
      do {
        let bytes = try SmallFile.read("\(folder)/\(name)", maximumBytes: maximumBytes).bytes
        guard let text = String(validating: bytes, as: UTF8.self) else { throw refusal(folder, "the file \(name) is not UTF-8") }
        files[name] = text
      } catch let fault as SmallFile.Fault {
        throw refusal(folder, "the file \(name) cannot be read: \(fault)")
      }
    }
    return files
  }

  private static func refusal(_ folder: String, _ reason: String) -> StartRefusal {
    StartRefusal("appearance_folder (\(LogText.line(folder))) cannot be used: \(LogText.line(reason)).")
  }
}

extension SentenceTables.Fault {
  fileprivate var words: String {
    switch self {
    case .malformed(let language, ""): "\(language).json is no table of sentences"
    case .malformed(let language, let place): "\(language).json is malformed at \(place)"
    case .unknownSentence(let language, let name): "\(language).json replaces the sentence \(name), which there is not"
    case .otherParameters(let language, let name):
      "\(name) in \(language).json has other parameters than the sentence it replaces"
    case .otherForms(let language, let name):
      "\(name) in \(language).json lacks a plural form of its language, or has one too many"
    }
  }
}
