import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 3339 §5.6")) struct WritingAMoment {
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"),
      (1_767_323_045_678_901, "2026-01-02T03:04:05.678901Z"),
      (1_767_323_045_000_001, "2026-01-02T03:04:05.000001Z"),
      (951_782_400_000_000, "2000-02-29T00:00:00Z"),
      (4_107_542_399_999_999, "2100-02-28T23:59:59.999999Z"),
      (4_107_542_400_000_000, "2100-03-01T00:00:00Z"),
      (-1, "1969-12-31T23:59:59.999999Z"),
      (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    ] as [(Int64, String)])
  func `a moment and its text are one to one`(microseconds: Int64, text: String) {
    #expect(Timestamp(microseconds: microseconds).rfc3339 == text)
    #expect(Timestamp(rfc3339: text) == Timestamp(microseconds: microseconds))
  }

  @Test func `every day from 1600 to 2400 comes back as itself`() {
    for day in Int64(-135_140)...157_054 {
      let moment = Timestamp(seconds: day * 86_400 + 43_200)
      #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
    }
  }

  @Test func `moments outside four-digit years are written as the nearest one inside`() {
    #expect(Timestamp(microseconds: .max).rfc3339 == "9999-12-31T23:59:59.999999Z")
    #expect(Timestamp(microseconds: .min).rfc3339 == "0000-01-01T00:00:00Z")
  }

  @Test(arguments: [
    ("2026-01-02T05:04:05+02:00", "2026-01-02T03:04:05Z"),
    ("2026-01-01T22:34:05-04:30", "2026-01-02T03:04:05Z"),
    ("2026-01-02t03:04:05z", "2026-01-02T03:04:05Z"),
    ("2026-01-02T03:04:05.5Z", "2026-01-02T03:04:05.500000Z"),
    ("2026-01-02T03:04:05.1234569Z", "2026-01-02T03:04:05.123456Z"),
  ])
  func `offsets, small letters and other fractions are understood`(text: String, meaning: String) {
    #expect(Timestamp(rfc3339: text)?.rfc3339 == meaning)
  }

  @Test(arguments: [
    "", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02 03:04:05Z", "2026-13-02T03:04:05Z", "2026-00-02T03:04:05Z",
    "2026-02-29T03:04:05Z", "2026-01-32T03:04:05Z", "2026-01-02T24:00:00Z", "2026-01-02T03:60:05Z", "2026-01-02T03:04:60Z",
    "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05Zx", "2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05+0200",
    "26-01-02T03:04:05Z",
    "2026-01-02T03:04:05.\(String(repeating: "1", count: 33))Z", "２026-01-02T03:04:05Z",
  ])
  func `what is no RFC 3339 time is refused`(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }
}

@Suite struct CalculatingWithMoments {
  @Test func `arithmetic holds at the ends of the range instead of trapping`() {
    let last = Timestamp(microseconds: .max)
    let first = Timestamp(microseconds: .min)
    #expect(last + .days(1) == last)
    #expect(first - .days(1) == first)
    #expect(last - first == .microseconds(Int64.max))
    #expect(Timestamp(seconds: .max) == last)
    #expect(Timestamp(seconds: .min) == first)
    #expect(Duration.days(.max).wholeSeconds == .max)
    #expect(Duration.seconds(Int64.max).microseconds == .max)
  }

  @Test func `lifetimes are added and taken as they are written`() {
    let start = Timestamp(seconds: 1_000)
    #expect((start + .minutes(5)).seconds == 1_300)
    #expect((start + .hours(8)) - start == .hours(8))
    #expect((start + .days(60) - .days(60)) == start)
    #expect(Duration.milliseconds(1_999).wholeSeconds == 1)
    #expect(Duration.milliseconds(-1_500).microseconds == -1_500_000)
  }

  @Test func `whole seconds are floored also before 1970`() {
    #expect(Timestamp(microseconds: -1).seconds == -1)
    #expect(Timestamp(microseconds: 1_999_999).seconds == 1)
  }
}

@Suite(.rule("RFC 9110 §5.6.7")) struct DatesOfHTTP {
  @Test func `a header's date is an IMF-fixdate`() {
    #expect(Timestamp(seconds: 784_111_777).httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(Timestamp(seconds: -1).httpDate == "Wed, 31 Dec 1969 23:59:59 GMT")
  }
}

@Suite struct TheClocks {
  @Test func `the clock of a test moves only when told`() {
    let clock = FixedClock()
    #expect(clock.now().rfc3339 == "2026-03-02T09:00:00Z")
    clock.advance(by: .days(60))
    #expect(clock.now().rfc3339 == "2026-05-01T09:00:00Z")
    clock.set(Timestamp(seconds: 5))
    #expect(clock.now() == Timestamp(seconds: 5))
  }

  @Test func `the clock of the machine never stands before this was written`() {
    #expect(SystemClock.now() > Timestamp(seconds: 1_700_000_000))
  }
}
