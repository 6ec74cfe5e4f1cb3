import Foundation
import Primitives
import TestKit
import Testing

@Suite struct ValuesOfJSON {
  @Test func `members keep their order and are found by name`() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["c"] = 3
    object["b"] = "one"
    object["a"] = nil
    object["none"] = nil
    #expect(object.text == #"{"b":"one","c":3}"#)
    #expect(object["c"]?.intValue == 3)
    #expect(object["z"] == nil)
    #expect(JSONObject([("x", 1), ("x", 2)]).text == #"{"x":2}"#)
  }

  @Test func `objects are equal whatever the order of their members`() {
    let one: JSONObject = ["a": 1, "b": [2]]
    let other: JSONObject = ["b": [2], "a": 1]
    #expect(one == other)
    #expect(one.hashValue == other.hashValue)
    #expect(one != ["a": 1])
    #expect(one != ["a": 1, "b": [3]])
  }

  @Test func `a value is given only as what it is`() {
    #expect(JSON.integer(3).intValue == 3)
    #expect(JSON.number(3).intValue == 3)
    #expect(JSON.number(3.5).intValue == nil)
    #expect(JSON.number(1e300).intValue == nil)
    #expect(JSON.string("3").intValue == nil)
    #expect(JSON.string("t").boolValue == nil)
    #expect(JSON.bool(true).boolValue == true)
    #expect(JSON.null.stringValue == nil)
    #expect(JSON.array([1]).arrayValue == [1])
    #expect(JSON.array([1]).objectValue == nil)
  }

  @Test func `an open part of a Codable message travels both ways`() throws {
    struct Message: Codable, Equatable {
      var properties: JSON
      var context: JSONObject
    }
    let message = Message(
      properties: ["number": 1, "share": 0.5, "list": [true, nil, "x"], "empty": [:]], context: ["organization": "contoso"])
    let data = try JSONEncoder().encode(message)
    #expect(try JSONDecoder().decode(Message.self, from: data) == message)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Message.self, from: Data(#"{"properties":1,"context":[]}"#.utf8))
    }
  }
}

@Suite struct WritingJSON {
  @Test func `the writer sets the commas`() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("s", "x")
    writer.member("n", Int64(1))
    writer.member("b", true)
    writer.member("l", ["a", "b"])
    writer.name("o")
    writer.beginObject()
    writer.endObject()
    writer.name("a")
    writer.beginArray()
    writer.null()
    writer.raw("[1]".utf8)
    writer.number(.infinity)
    writer.endArray()
    writer.member("v", JSON.object(["k": [1, "z"]]))
    writer.endObject()
    #expect(writer.text == #"{"s":"x","n":1,"b":true,"l":["a","b"],"o":{},"a":[null,[1],null],"v":{"k":[1,"z"]}}"#)
  }

  @Test func `every sign comes back, and none can end a string or a script`() throws {
    let text = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init))) + "\u{2028}😀</script>"
    let written = JSON.string(text).encoded()
    #expect(try JSON.parse(written) == .string(text))
    #expect(!written.contains(UInt8(ascii: "<")))
    #expect(!written.contains { $0 < 0x20 })
  }

  @Test(arguments: [0.1, -0.0, 1e20, .leastNonzeroMagnitude, 1.7976931348623157e308, 1.0 / 3])
  func `a number comes back as itself`(value: Double)
    throws
  {
    #expect(try JSON.parse(JSON.number(value).encoded()) == .number(value))
  }
}
