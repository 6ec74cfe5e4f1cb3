internal import Primitives

/// What a request asks for besides its decisions (Authorization API 1.0 §7.1.2); options nobody knows are ignored.
struct EvaluationOptions {
  /// When a batch ends (§7.1.2.1).
  enum Semantic: String {
    case executeAll = "execute_all"
    case denyOnFirstDeny = "deny_on_first_deny"
    case permitOnFirstPermit = "permit_on_first_permit"

    /// Whether nothing is decided after a decision like this.
    func ends(after allowed: Bool) -> Bool {
      switch self {
      case .executeAll: false
      case .denyOnFirstDeny: !allowed
      case .permitOnFirstPermit: allowed
      }
    }
  }

  /// How much an answer says of why it is what it is. An option of ours, `reason`.
  enum Detail: String {
    /// The organization and a stable code.
    case code
    /// Besides, the roles that allow it, and a sentence for the person who wanted to act.
    case full
    /// Besides, why, for administrators: where the asker holds `role:view` in the organization of the decision. The store is asked for it.
    case explained
  }

  var semantic = Semantic.executeAll
  var detail = Detail.code

  init(_ presented: Presented<JSONObject>) throws(EvaluationRefusal) {
    switch presented {
    case .missing: return
    case .otherType: throw .malformed("options is not an object.")
    case .tooLarge: throw .malformed("options is longer than \(EvaluationLimits.propertyBytes) bytes.")
    case .value(let options):
      if let value = options["evaluations_semantic"] {
        guard let known = value.stringValue.flatMap(Semantic.init) else {
          throw .malformed("options.evaluations_semantic is none of execute_all, deny_on_first_deny and permit_on_first_permit.")
        }
        semantic = known
      }
      if let value = options["reason"] {
        guard let known = value.stringValue.flatMap(Detail.init) else {
          throw .malformed("options.reason is none of code, full and explained.")
        }
        detail = known
      }
    }
  }
}
