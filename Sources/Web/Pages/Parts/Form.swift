internal import Localization

/// Builds the fields of one form, and the summary of their problems that stands above it.
///
/// Every field gets its label, its hint and its problem by the same partial template, so none can forget to bind one to the other.
struct Form {
  let say: Sentences
  private let problems: [String: FieldProblem]
  private var summary: [View] = []
  private(set) var fields: [View] = []

  /// - Parameter problems: by the field's `FormName`.
  init(_ say: Sentences, problems: [String: FieldProblem] = [:]) {
    self.say = say
    self.problems = problems
  }

  /// Adds a field of one line.
  ///
  /// - Parameters:
  ///   - autocomplete: the token of HTML §4.10.18.7 by which browsers and password managers know the field.
  ///   - maximum: characters the browser lets in. Never a rule by itself: the use case judges, in its own units.
  mutating func line(
    _ name: String, _ label: String, type: String = "text", value: String = "", autocomplete: String, maximum: Int = 200,
    hint: String? = nil
  ) {
    var view = field(name, label, hint: hint)
    view["line"] =
      ["type": type, "value": type == "password" ? nil : value, "autocomplete": autocomplete, "maximum": String(maximum)] as View
    fields.append(view)
  }

  /// Adds a line that is only to be read: password managers keep the new password under it.
  mutating func fixedAddress(_ label: String, value: String) {
    var view = field(FormName.email, label, hint: nil)
    view["line"] = ["type": "email", "value": value, "autocomplete": "username", "maximum": "254", "fixed": true] as View
    fields.append(view)
  }

  /// Adds a password. Never shown again, whatever was typed. The maximum is far above the policy's, so that nothing is cut silently.
  mutating func password(_ name: String, _ label: String, new: Bool, hint: String? = nil) {
    line(name, label, type: "password", autocomplete: new ? "new-password" : "current-password", maximum: 4_096, hint: hint)
  }

  /// Adds a list to choose one from. `placeholder` is a first line that chooses nothing.
  mutating func choice(
    _ name: String, _ label: String, options: [(value: String, text: String)], chosen: String, placeholder: String? = nil,
    autocomplete: String, hint: String? = nil, optional: Bool = false
  ) {
    var view = field(name, label, hint: hint)
    view["optional"] = optional
    view["list"] =
      [
        "autocomplete": autocomplete, "placeholder": placeholder,
        "options": options.map { ["value": $0.value, "text": $0.text, "chosen": $0.value == chosen] as View },
      ] as View
    fields.append(view)
  }

  /// Adds boxes to tick, any number of them, each with a hint of its own.
  mutating func boxes(_ name: String, _ label: String, roles: [RoleChoice], hint: String? = nil) {
    var view = field(name, label, hint: hint)
    view["boxes"] =
      [
        "options": roles.map { role in
          [
            "value": role.id, "text": role.label(say), "note": role.hint(say), "chosen": role.held,
            "fixed": !role.mayChange,
            "boxID": "\(name)-\(role.id)",
          ] as View
        }
      ] as View
    fields.append(view)
  }

  /// Problems of all fields added so far, for the top of the page; nil when there are none.
  var problemSummary: View? {
    summary.isEmpty ? nil : ["sentence": say.frame.correct(summary.count), "entries": summary]
  }

  private mutating func field(_ name: String, _ label: String, hint: String?) -> View {
    let problem = problems[name]?.text(say)
    if let problem { summary.append(["target": name, "label": label, "problem": problem]) }
    let described = [hint.map { _ in "\(name)-hint" }, problem.map { _ in "\(name)-problem" }].compactMap { $0 }
    return [
      "name": name, "id": name, "label": label, "hint": hint, "problem": problem,
      "describedBy": described.isEmpty ? nil : described.joined(separator: " "),
    ]
  }
}

extension Sentences {
  /// The languages a person can choose, each called as it calls itself.
  var languageOptions: [(value: String, text: String)] { Language.all.map { ($0.tag, $0.ownName) } }

  /// The countries and regions a person can choose.
  var countryOptions: [(value: String, text: String)] { countries.map { ($0.code, $0.name) } }
}
