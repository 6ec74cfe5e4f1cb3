internal import Logging
internal import Primitives
internal import Synchronization
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("LOG2")) struct WritingLogLines {
  private final class Lines: Sendable {
    let texts = Mutex<[String]>([])
    @Sendable func write(_ bytes: [UInt8]) { texts.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
    var all: [String] { texts.withLock { $0 } }
  }

  private func logger(_ format: LineLogHandler.Format, to lines: Lines) -> Logger {
    Logger(label: "usher") { label in
      LineLogHandler(
        label: label, level: .info, format: format, now: { Timestamp(seconds: 1_767_323_045) }, write: lines.write)
    }
  }

  @Test func `an event is one line of names and values`() {
    let lines = Lines()
    logger(.logfmt, to: lines).info("signed in", metadata: ["request": "7", "kind": "work account"])
    #expect(
      lines.all == ["time=2026-01-02T03:04:05Z level=info from=usher message=\"signed in\" kind=\"work account\" request=7\n"])
  }

  @Test func `the same event is one object of JSON`() throws {
    let lines = Lines()
    logger(.json, to: lines).info("signed in", metadata: ["request": "7"])
    let line = try #require(lines.all.first)
    #expect(try JSON.parse(Array(line.utf8)).objectValue?["request"]?.stringValue == "7")
  }

  @Test(arguments: [LineLogHandler.Format.logfmt, .json])
  func `what strangers wrote can neither start a line nor move the cursor nor reorder the text`(format: LineLogHandler.Format) {
    let lines = Lines()
    let forged = "x\r\ntime=0 level=info message=forged \u{1b}[2J \u{202e}txt \u{0} \u{2028}"
    logger(format, to: lines).warning("\(forged)", metadata: ["agent": "\(forged)", "na me\n=": "v"])
    let text = lines.all.joined()
    #expect(lines.all.count == 1)
    #expect(text.unicodeScalars.filter { $0 == "\n" }.count == 1 && text.hasSuffix("\n"))
    for scalar in ["\r", "\u{1b}", "\u{202e}", "\u{0}", "\u{2028}"] as [Unicode.Scalar] {
      #expect(!text.unicodeScalars.contains(scalar))
    }
  }

  @Test func `a quotation mark cannot end a value`() {
    let lines = Lines()
    logger(.logfmt, to: lines).info("a", metadata: ["name": "x\" level=\"error"])
    #expect(lines.all.first?.hasSuffix(#"name="x\" level=\"error""# + "\n") == true)
  }

  @Test(arguments: [LineLogHandler.Format.logfmt, .json])
  func `a megabyte becomes a short line`(format: LineLogHandler.Format) {
    let lines = Lines()
    let flood = String(repeating: "\u{7}", count: 1_000_000)
    logger(format, to: lines).error("\(flood)", metadata: ["a": "\(flood)", "b": .array([.string(flood)])])
    #expect((lines.all.first?.utf8.count ?? .max) < 64_000)
  }

  @Test(arguments: [LineLogHandler.Format.logfmt, .json])
  func `a secret given by mistake is not written`(format: LineLogHandler.Format) {
    let lines = Lines()
    let token = SecretToken(presented: "the-secret-itself")
    logger(format, to: lines).info("token \(token)", metadata: ["token": "\(token)", "link": .stringConvertible(token)])
    #expect(lines.all.count == 1)
    #expect(lines.all.first?.contains("the-secret-itself") == false)
  }

  @Test func `lines below the level are not written`() {
    let lines = Lines()
    logger(.logfmt, to: lines).debug("quiet")
    #expect(lines.all.isEmpty)
  }
}
