internal import Logging
internal import Primitives

/// Writes one line for each event, whatever strangers put into it.
///
/// Every text goes through `LogText`: no line ends, no terminal commands, no reordering, and cut at a limit, so that nobody can forge a
/// line or flood the log with one request. Secrets are types that print `‹secret›` and need no filter here.
struct LineLogHandler: LogHandler {
  enum Format: String, Sendable { case logfmt, json }

  static let messageLimit = 2048
  static let valueLimit = 512
  static let metadataLimit = 32

  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel: Logger.Level

  private let label: String
  private let format: Format
  private let now: @Sendable () -> Timestamp
  private let write: @Sendable ([UInt8]) -> Void

  init(
    label: String, level: Logger.Level, format: Format, now: @escaping @Sendable () -> Timestamp,
    write: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.label = label
    self.logLevel = level
    self.format = format
    self.now = now
    self.write = write
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = [
      ("time", now().rfc3339), ("level", event.level.rawValue), ("from", label),
      ("message", LogText.line(event.message.description, limit: Self.messageLimit)),
    ]
    if let error = event.error { fields.append(("error", LogText.line("\(error)", limit: Self.messageLimit))) }
    let facts = metadata.merging(metadataProvider?.get() ?? [:]) { _, new in new }.merging(event.metadata ?? [:]) { _, new in new
    }
    for (name, value) in facts.sorted(by: { $0.key < $1.key }).prefix(Self.metadataLimit) {
      fields.append((Self.plainName(name), LogText.line(value.description, limit: Self.valueLimit)))
    }
    write(format == .json ? Self.json(fields) : Self.logfmt(fields))
  }

  private static func json(_ fields: [(String, String)]) -> [UInt8] {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    for (name, value) in fields { writer.member(name, value) }
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private static func logfmt(_ fields: [(String, String)]) -> [UInt8] {
    Array((fields.map { "\($0.0)=\(quoted($0.1))" }.joined(separator: " ") + "\n").utf8)
  }

  private static func quoted(_ value: String) -> String {
    let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0 != " " && $0 != "\"" && $0 != "=" }
    return isPlain
      ? value : "\"" + value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\"") + "\""
  }

  /// A name of a fact: letters, digits, dots, hyphens and underscores, because a name is never quoted.
  private static func plainName(_ name: String) -> String {
    String(
      decoding: name.utf8.prefix(64).map { sign in
        let isPlain =
          (0x30...0x39).contains(sign) || (0x41...0x5a).contains(sign) || (0x61...0x7a).contains(sign)
          || "._-".utf8.contains(sign)
        return isPlain ? sign : UInt8(ascii: "_")
      }, as: UTF8.self)
  }
}
