internal import Primitives
internal import Web

/// The operator's own templates, styles and sentences, read once at start.
enum Appearance {
  static let maximumFiles = 256
  static let maximumBytes = 1024 * 1024

  static func renderer(folder: String?) throws -> PageRenderer {
    guard let folder else { return try PageRenderer() }
    let replacements = try files(in: folder)
    do {
      return try PageRenderer(replacing: replacements)
    } catch {
      switch error {
      case .unknownFile(let name): throw refusal(folder, "the file \(name) replaces nothing")
      case .templateMalformed(let name): throw refusal(folder, "the template \(name) is malformed")
      case .sentencesMalformed(let fault): throw refusal(folder, "the sentences are malformed: \(fault)")
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
        files[name] = String(decoding: try SmallFile.read("\(folder)/\(name)", maximumBytes: maximumBytes).bytes, as: UTF8.self)
      } catch {
        throw refusal(folder, "the file \(name) cannot be read: \(error)")
      }
    }
    return files
  }

  private static func refusal(_ folder: String, _ reason: String) -> StartRefusal {
    StartRefusal("appearance_folder (\(LogText.line(folder))) cannot be used: \(LogText.line(reason)).")
  }
}
