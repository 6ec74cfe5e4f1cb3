internal import Primitives

/// A person with a real Chromium (Debian's), page scripts switched off. It reaches this machine only.
///
/// Each step waits until the page it leads to is there; nothing is slept, and nothing is asserted about time.
package struct Chromium: Sendable {
  /// A command could not be obeyed: no such field or button, or what was waited for never came.
  package struct Stuck: Error, CustomStringConvertible {
    package let description: String
  }

  /// Where the browser is.
  package struct Sight: Sendable {
    package let url: String
    package let title: String
    package let text: String
    /// The page's language.
    package let language: String
    /// The name, or else the text, of the element that has the keyboard.
    package let focused: String
    /// Whether the page is wider than the window.
    package let overflows: Bool
    package let frames: [String]
    /// What the browser refused since the step before: loads and posts against a page's security policy.
    package let blocked: [String]
  }

  private let process: ChildProcess

  /// Runs a browser with a fresh profile for as long as `body` does. Two browsers are two people.
  package static func run<Value>(_ body: (Chromium) async throws -> Value) async throws -> Value {
    try await ChildProcess.run(InteropTools.python(), [InteropTools.script("browser.py"), "chromium"]) { process in
      try await body(Chromium(process: process))
    }
  }

  @discardableResult package func open(_ url: String) async throws -> Sight {
    try await step(["do": "open", "url": .string(url)])
  }
  @discardableResult package func back() async throws -> Sight { try await step(["do": "back"]) }

  /// Types into the field of this name, replacing what stood there.
  @discardableResult package func fill(_ name: String, _ text: String) async throws -> Sight {
    try await step(["do": "fill", "name": .string(name), "text": .string(text)])
  }

  /// Types into whatever has the keyboard.
  @discardableResult package func type(_ text: String) async throws -> Sight {
    try await step(["do": "type", "text": .string(text)])
  }

  /// Clicks the button, link or choice that says this.
  @discardableResult package func press(_ text: String) async throws -> Sight {
    try await step(["do": "press", "text": .string(text)])
  }

  /// Presses keys: `Tab`, `Space`, `Enter`. Enter is expected to lead to another page.
  @discardableResult package func keys(_ keys: String...) async throws -> Sight {
    try await step(["do": "keys", "keys": .array(keys.map { .string($0) })])
  }

  /// Waits until the address begins with `url` and the page says `text`, wherever pages of their own accord lead in between.
  @discardableResult package func until(url: String = "", text: String = "") async throws -> Sight {
    try await step(["do": "until", "url": .string(url), "text": .string(text)])
  }

  @discardableResult package func width(_ pixels: Int64) async throws -> Sight {
    try await step(["do": "width", "pixels": .integer(pixels)])
  }

  private func step(_ command: JSON) async throws -> Sight {
    try process.say(command.text)
    guard let answer = try JSON.parse(Array(try await process.nextLine().utf8)).objectValue else {
      throw Stuck(description: "no answer")
    }
    if let problem = answer["problem"]?.stringValue { throw Stuck(description: "\(command.text): \(problem)") }
    return Sight(answer)
  }
}

extension Chromium.Sight {
  fileprivate init(_ answer: JSONObject) {
    func text(_ name: String) -> String { answer[name]?.stringValue ?? "" }
    func texts(_ name: String) -> [String] { answer[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }
    self.init(
      url: text("url"), title: text("title"), text: text("text"), language: text("lang"), focused: text("focused"),
      overflows: answer["overflows"]?.boolValue ?? false, frames: texts("frames"), blocked: texts("blocked"))
  }
}
