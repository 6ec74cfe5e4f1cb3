import Primitives
import TestKit
import Testing

@Suite(.rule("RFC 8259")) struct ReadingJSON {
  private func parse(_ text: String) throws(JSONError) -> JSON {
    try JSON.parse(text.utf8)
  }

  @Test func `a document of every kind of value is read`() throws {
    let document = try parse(
      #" { "name" : "\u00e9\ud83d\ude00\/\n\"" , "list":[1,-2.5e1,true,false,null,{}],"empty":[] } "#)
    #expect(document == ["name": "é😀/\n\"", "list": [1, -25.0, true, false, nil, [:]], "empty": []])
  }

  @Test(
    arguments: [
      ("0", .integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)), ("1E2", .number(100)),
      ("1e-2", .number(0.01)),
      ("\"\"", .string("")), ("\"\\u0000\"", .string("\0")), ("\"\u{7F}é\"", .string("\u{7F}é")), ("[]", .array([])),
    ] as [(String, JSON)])
  func `values at the edges are what they say`(text: String, value: JSON) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "True", "NaN", "Infinity", "-", "+1", "01", "-01", ".5", "1.", "1e", "1e+", "0x1", "1 2", "\"", "\"\\\"",
    "\"\\x\"",
    "\"\\u12\"", "\"\\u12g4\"", "\"\t\"", "\"\n\"", "'a'", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{1:2}", "{,}", "]", "}", "[}", "{]", "\u{FEFF}1", "1\0", "/* */1", "1//",
    "tru\0",
  ])
  func `what is not the grammar is refused`(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test(arguments: [#""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, #""\ud800\ud800""#, #""\ud800x""#, #"{"\udfff":1}"#])
  func `half a surrogate pair is refused`(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test(arguments: [[0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80]] as [[UInt8]])
  func `a string that is not UTF-8 is refused`(content: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    #expect(throws: JSONError.invalidText(at: 1)) { try JSON.parse([quote] + content + [quote]) }
    #expect(throws: JSONError.invalidText(at: 1)) { try JSON.parse([quote] + Array("\\n".utf8) + content + [quote]) }
  }

  @Test(.threat("HTP4")) func `a member name twice is refused, also when spelled with escapes, at any depth, in a crowd`() throws
  {
    #expect(throws: JSONError.duplicateMember("sub")) { try parse(#"{"sub":"a","sub":"b"}"#) }
    #expect(throws: JSONError.duplicateMember("sub")) { try parse(#"{"sub":"a","s\u0075b":"b"}"#) }
    #expect(throws: JSONError.duplicateMember("x")) { try parse(#"[{"a":{"x":1,"x":1}}]"#) }
    for count in [15, 16, 17, 40] {
      let members = (0..<count).map { "\"m\($0)\":0" }
      #expect(try parse("{\(members.joined(separator: ","))}").objectValue?.members.count == count)
      for repeated in [0, count - 1] {
        let text = "{\((members + [members[repeated]]).joined(separator: ","))}"
        #expect(throws: JSONError.duplicateMember("m\(repeated)")) { try parse(text) }
      }
      // Names are bytes: two that look alike are two, however many there are.
      let alike = members + ["\"\u{E9}\":0", "\"e\u{301}\":0"]
      #expect(try parse("{\(alike.joined(separator: ","))}").objectValue?.members.count == count + 2)
    }
  }

  @Test func `depth is taken at the limit and refused past it`() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(throws: Never.self) { try parse(nested(32)) }
    #expect(throws: JSONError.tooDeep) { try parse(nested(33)) }
    #expect(throws: Never.self) { try JSON.parse("1".utf8, maximumDepth: 0) }
    #expect(throws: JSONError.tooDeep) { try JSON.parse("{}".utf8, maximumDepth: 0) }
    #expect(throws: JSONError.tooDeep) { try parse(String(repeating: "[{\"a\":", count: 500_000)) }
  }

  @Test func `a number past every double is refused`() {
    #expect(throws: JSONError.numberOutOfRange(at: 0)) { try parse("1e999") }
    #expect(throws: JSONError.numberOutOfRange(at: 1)) { try parse("[-1e999]") }
  }

  @Test func `a hundred thousand members are read once each`() throws {
    let text = "{\((0..<100_000).map { "\"\($0)\":0" }.joined(separator: ","))}"
    #expect(try parse(text).objectValue?.members.count == 100_000)
  }

  @Test func `no cut or changed byte of a document traps`() throws {
    let document = Array(#"{"a":[1,-2.5e+10,"x\u00e9\ud83d\ude00\n",true,null,{"b":false}],"c":""}"#.utf8)
    for length in document.indices { _ = try? JSON.parse(document.prefix(length)) }
    for index in document.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = document
        changed[index] = byte
        if let value = try? JSON.parse(changed) { #expect(try JSON.parse(value.encoded()) == value) }
      }
    }
  }
}
