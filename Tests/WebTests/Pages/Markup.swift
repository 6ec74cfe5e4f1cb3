/// Reads a document as a browser's tokenizer would, strictly: what is not plain, well-nested HTML is a fault of ours.
struct Markup {
  struct Element {
    let name: String
    let attributes: [String: String]
    /// Names of the elements around it, the outermost first.
    let ancestors: [String]
    /// Where it stands in the order of elements.
    let position: Int
  }

  struct Malformed: Error { let at: String }

  private static let void: Set<String> = ["meta", "link", "img", "input", "br"]

  private(set) var elements: [Element] = []
  /// Everything between tags, still escaped.
  private(set) var text = ""

  init(_ html: String) throws {
    var rest = Substring(html)
    var open: [String] = []
    guard rest.hasPrefix("<!DOCTYPE html>") else { throw Malformed(at: String(rest.prefix(40))) }
    rest = rest.dropFirst("<!DOCTYPE html>".count)
    while let start = rest.unicodeScalars.firstIndex(of: "<") {
      text += rest[..<start]
      guard let end = rest[start...].unicodeScalars.firstIndex(of: ">") else { throw Malformed(at: String(rest[start...])) }
      let tag = rest[rest.unicodeScalars.index(after: start)..<end]
      rest = rest[rest.unicodeScalars.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == String(tag.dropFirst()) else { throw Malformed(at: String(tag)) }
        continue
      }
      let element = try Markup.element(tag, inside: open, position: elements.count)
      elements.append(element)
      if !Markup.void.contains(element.name) { open.append(element.name) }
    }
    guard open.isEmpty else { throw Malformed(at: "unclosed \(open)") }
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  private static func element(_ tag: Substring, inside: [String], position: Int) throws -> Element {
    let name = tag.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    var attributes: [String: String] = [:]
    var rest = tag.dropFirst(name.count)
    while let first = rest.first {
      guard first == " " else { throw Malformed(at: String(tag)) }
      rest = rest.drop { $0 == " " }
      let key = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
      guard !key.isEmpty, attributes[String(key)] == nil else { throw Malformed(at: String(tag)) }
      rest = rest.dropFirst(key.count)
      guard rest.hasPrefix("=\"") else {
        attributes[String(key)] = ""
        continue
      }
      rest = rest.dropFirst(2)
      guard let close = rest.unicodeScalars.firstIndex(of: "\"") else { throw Malformed(at: String(tag)) }
      attributes[String(key)] = String(rest[..<close])
      rest = rest[rest.unicodeScalars.index(after: close)...]
    }
    guard !name.isEmpty else { throw Malformed(at: String(tag)) }
    return Element(name: String(name), attributes: attributes, ancestors: inside, position: position)
  }
}
