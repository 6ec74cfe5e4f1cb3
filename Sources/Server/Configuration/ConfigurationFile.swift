internal import Primitives
internal import Yams

/// The configuration file: YAML, one flat mapping of setting to value. A list may be written as a YAML list or with commas.
enum ConfigurationFile {
  /// More is not a configuration.
  static let maximumBytes = 256 * 1024

  static func take(_ text: String, path: String, into given: inout GivenSettings) {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      given.report(ConfigurationProblem("\(path) is not YAML: \(LogText.line("\(error)", limit: 300))"))
      return
    }
    // A file of comments alone is an empty configuration.
    guard let node, node.null == nil else { return }
    guard case .mapping(let mapping) = node else {
      given.report(ConfigurationProblem("\(path) must be a list of 'setting: value' lines"))
      return
    }
    for (key, value) in mapping {
      guard let name = key.scalar?.string, let line = key.mark?.line else { continue }
      let source = GivenSettings.Source.file(path, line: line)
      if let text = Self.text(of: value) {
        given.give(name, text, from: source)
      } else {
        given.report(ConfigurationProblem("\(name) (\(source)) must be one value or a list of values"))
      }
    }
  }

  private static func text(of node: Node) -> String? {
    switch node {
    case .scalar(let scalar): return node.null == nil ? scalar.string : ""
    case .sequence(let sequence):
      let texts = sequence.map { $0.scalar?.string }
      return texts.contains(nil) ? nil : texts.compactMap(\.self).joined(separator: ",")
    case .mapping, .alias: return nil
    }
  }
}
