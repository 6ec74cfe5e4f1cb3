import Mail
import TestKit
import Testing

@Suite(.rule("RFC 2045 §6.7")) struct QuotedPrintableText {
  @Test func `every line has 76 signs at most, also where an encoded sign would pass the end`() {
    for length in 70...80 {
      for sign in ["a", "é", "=", " "] {
        let encoded = QuotedPrintable.encode(String(repeating: "a", count: length) + sign + "\n" + sign)
        #expect(encoded.utf8.split(separator: 0x0A).allSatisfy { $0.filter { $0 != 0x0D }.count <= 76 })
      }
    }
  }

  @Test func `a line of exactly 76 signs needs no soft break`() {
    let line = String(repeating: "a", count: 76)
    #expect(QuotedPrintable.encode("é\n\(line)\n") == "=C3=A9\r\n\(line)\r\n")
  }

  @Test func `blanks at the end of a line and equals signs are written out`() {
    #expect(QuotedPrintable.encode("a = b \nc\t") == "a =3D b=20\r\nc=09")
  }
}

@Suite(.rule("RFC 3492 §7.1")) struct DomainsBeyondASCII {
  @Test(arguments: [
    ("bücher.example", "xn--bcher-kva.example"), ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
    ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"), ("3年b組金八先生", "xn--3b-ww4c5e180e575a65lsy2b"),
    ("contoso.example", "contoso.example"), ("испытание.рф", "xn--80akhbyknj4f.xn--p1ai"),
  ])
  func `a domain is written in A-labels`(_ domain: String, _ expected: String) {
    #expect(InternationalDomain.ascii(domain) == expected)
  }

  @Test func `a label too long for the name system is no domain`() {
    #expect(InternationalDomain.ascii(String(repeating: "a", count: 63) + ".test") != nil)
    #expect(InternationalDomain.ascii(String(repeating: "a", count: 64) + ".test") == nil)
    #expect(InternationalDomain.ascii(String(repeating: "ж", count: 63) + ".test") == nil)
    #expect(InternationalDomain.ascii("a..test") == nil)
    #expect(InternationalDomain.ascii("a b.test") == nil)
  }
}
