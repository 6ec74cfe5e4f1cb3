import Localization
import Primitives
import TestKit
import Testing

@Suite struct SpokenNumbersAndTimes {
  let english = Sentences(.english)
  let russian = Sentences(.russian)

  @Test(arguments: [
    (1, "минуту"), (2, "минуты"), (4, "минуты"), (5, "минут"), (11, "минут"), (12, "минут"), (14, "минут"), (20, "минут"),
    (21, "минуту"), (22, "минуты"), (25, "минут"), (100, "минут"), (101, "минуту"), (111, "минут"), (112, "минут"), (0, "минут"),
  ])
  func `Russian counts in three forms`(count: Int, noun: String) {
    #expect(russian.time.inMinutes(count) == "через \(count) \(noun)")
  }

  @Test func `English counts in two forms`() {
    #expect(english.time.inMinutes(1) == "in 1 minute")
    #expect(english.time.inMinutes(0) == "in 0 minutes")
    #expect(english.time.inMinutes(21) == "in 21 minutes")
  }

  @Test func `a day and a moment are said with the month by name and the zone`() throws {
    let moment = try #require(Timestamp(rfc3339: "2027-01-02T03:04:59.999999Z"))
    #expect(english.day(moment) == "2 January 2027")
    #expect(russian.day(moment) == "2 января 2027 года")
    #expect(english.moment(moment) == "2 January 2027, 03:04 UTC")
    #expect(russian.moment(moment) == "2 января 2027 года, 03:04 UTC")
  }

  @Test(arguments: 1...12)
  func `every month has its name`(month: Int) throws {
    let moment = try #require(Timestamp(rfc3339: "2026-\(month < 10 ? "0" : "")\(month)-15T00:00:00Z"))
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    #expect(english.day(moment) == "15 \(names[month - 1]) 2026")
  }

  @Test(arguments: [
    (Duration.zero, "in 1 second"), (.milliseconds(1), "in 1 second"), (.milliseconds(59_001), "in 1 minute"),
    (.seconds(59), "in 59 seconds"), (.seconds(60), "in 1 minute"), (.seconds(61), "in 2 minutes"),
    (.minutes(119), "in 119 minutes"),
    (.minutes(120), "in 2 hours"), (.minutes(121), "in 3 hours"), (.seconds(Int64.max), "in 2562047788015216 hours"),
    (.seconds(-5), "in 1 second"),
  ])
  func `a wait is rounded up, so that nobody comes back too early`(span: Duration, said: String) {
    #expect(english.wait(span) == said)
  }

  @Test func `a role is called by its name in the reader's language, and a role of one's own is not known here`() {
    #expect(english.roleName("report-viewer") == "Report viewer")
    #expect(russian.roleName("report-viewer") == "Читатель отчётов")
    #expect(english.roleName("auditor") == nil)
    #expect(english.roleName("") == nil)
  }
}

@Suite struct Countries {
  @Test func `both languages know the same 249 countries and regions, each once`() {
    let english = Sentences(.english).countries.map(\.code)
    #expect(english.count == 249)
    #expect(Set(english).count == 249)
    #expect(Set(Sentences(.russian).countries.map(\.code)) == Set(english))
    #expect(english.allSatisfy { $0.count == 2 && $0 == $0.uppercased() })
  }

  @Test func `a country is called by its name in the reader's language`() {
    #expect(Sentences(.english).countryName("DE") == "Germany")
    #expect(Sentences(.russian).countryName("DE") == "Германия")
    #expect(Sentences(.english).countryName("ZZ") == nil)
  }

  @Test(arguments: Language.all)
  func `no name is empty or stands twice`(language: Language) {
    let names = Sentences(language).countries.map(\.name)
    #expect(!names.contains(""))
    #expect(Set(names).count == names.count)
  }
}
