internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.threat("OVR2")) struct OpenFilesForConnections {
  @Test func `connections get what the system allows less what the database and the rest need, and never without end`() throws {
    let log = RecordedLog()
    #expect(try OpenFiles.connections(wished: 0, of: 1_024, logger: log.logger) == 896)
    #expect(try OpenFiles.connections(wished: 0, of: 1_048_576, logger: log.logger) == 10_000)
    #expect(try OpenFiles.connections(wished: 300, of: 1_024, logger: log.logger) == 300)
    #expect(try OpenFiles.connections(wished: 20_000, of: 1_048_576, logger: log.logger) == 20_000)
    #expect(log.lines.isEmpty)
  }

  @Test func `more connections than there is room for are cut down, which is told`() throws {
    let log = RecordedLog()
    #expect(try OpenFiles.connections(wished: 2_000, of: 1_024, logger: log.logger) == 896)
    #expect(log.lines.count == 1 && log.lines[0].hasPrefix("warning fewer connections than configured"))
  }

  @Test func `without room for a few it does not start`() {
    #expect(throws: StartRefusal.self) { try OpenFiles.connections(wished: 0, of: 143, logger: RecordedLog().logger) }
  }
}
