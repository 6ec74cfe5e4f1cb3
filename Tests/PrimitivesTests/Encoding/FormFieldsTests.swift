import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 6749 appendix B")) struct FormsAndQueries {
  @Test func `the RFC's example is read and written`() {
    let fields = FormFields([(name: " %&+£€", value: "x")])
    #expect(fields.encoded == "%20%25%26%2B%C2%A3%E2%82%AC=x")
    #expect(FormFields(parsing: "+%25%26%2B%C2%A3%E2%82%AC=x")?.first(" %&+£€") == "x")
  }

  @Test func `order and repetition are kept`() throws {
    let fields = try #require(FormFields(parsing: "a=1&b=2&a=3&&c&d=x=y"))
    #expect(fields.pairs.map(\.name) == ["a", "b", "a", "c", "d"])
    #expect(fields.all("a") == ["1", "3"])
    #expect(fields.first("c") == "")
    #expect(fields.first("d") == "x=y")
    #expect(fields.first("e") == nil)
    #expect(fields.duplicatedNames == ["a"])
  }

  @Test(arguments: ["a=%", "a=%4", "a=%zz", "%=1", "a=%FF", "a=%C3", "a=%ED%A0%80", "a=%00", "a\0=1", "a=%C0%AF"])
  func `broken encodings, what is not UTF-8 and NUL are refused whole`(text: String) {
    #expect(FormFields(parsing: text) == nil)
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(FormFields(parsing: [UInt8(ascii: "a"), UInt8(ascii: "="), 0xFF]) == nil)
  }

  @Test func `fields are taken at the limit and refused past it`() {
    let hundred = (0..<100).map { "f\($0)=" }.joined(separator: "&")
    #expect(FormFields(parsing: hundred)?.pairs.count == 100)
    #expect(FormFields(parsing: hundred + "&one=more") == nil)
    #expect(FormFields(parsing: hundred + "&one=more", limit: 101)?.pairs.count == 101)
  }

  @Test func `what is written is read again as it was`() throws {
    let value = "https://app.example/?a=b&c=d#é😀 +%"
    let encoded = FormFields([(name: "continue", value: value), (name: "continue", value: "")]).encoded
    #expect(try #require(FormFields(parsing: encoded)).all("continue") == [value, ""])
  }

  @Test func `a plus is a blank only in forms`() {
    #expect(PercentEncoding.decode("a+b%20c", plusIsSpace: false) == "a+b c")
    #expect(PercentEncoding.decode("a+b%20c", plusIsSpace: true) == "a b c")
    #expect(PercentEncoding.encode(component: "a b/c?~") == "a%20b%2Fc%3F~")
  }
}
