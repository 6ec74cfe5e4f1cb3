internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite struct TheTableOfSettings {
  @Test func `every setting is read by the configuration, and none is read that the table does not hold`() {
    var reader = SettingsReader(GivenSettings())
    _ = Configuration(&reader)
    #expect(reader.names == Set(Settings.rows.map(\.name)))
  }

  @Test func `names are unique and every standard value is itself allowed`() {
    #expect(Settings.byName.count == Settings.rows.count)
    for row in Settings.rows {
      #expect(row.accepts(row.standard), "\(row.name)")
      #expect(row.name.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x5f }, "\(row.name)")
    }
  }

  @Test func `the reference in docs is the one the table gives`() throws {
    let page = try String(contentsOf: Repository.root.appending(path: "docs/configuration.md"), encoding: .utf8)
    #expect(page == ConfigurationReference.markdown, "run: usher check-configuration --reference > docs/configuration.md")
  }

  @Test(arguments: [("90s", 90), ("5m", 300), ("8h", 28_800), ("14d", 1_209_600), ("0s", 0)] as [(String, Int64)])
  func `a time is a whole number and a unit`(text: String, seconds: Int64) {
    #expect(DurationText.read(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "5", "m", "5 m", "+5m", "-5m", "05m", "5min", "1h30m", "1e3s", "99999999999999999d"])
  func `anything else is no time`(text: String) {
    #expect(DurationText.read(text) == nil)
  }

  @Test(arguments: [(0, "0s"), (90, "90s"), (300, "5m"), (3_600, "1h"), (86_400, "1d"), (5_184_000, "60d")] as [(Int64, String)])
  func `a time is written in its largest unit`(seconds: Int64, text: String) {
    #expect(DurationText.write(.seconds(seconds)) == text)
  }
}
