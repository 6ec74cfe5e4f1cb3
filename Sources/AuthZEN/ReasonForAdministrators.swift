internal import AccessControl
internal import Foundation
package import Identity
internal import Primitives
package import Wire

extension AccessExplanation {
  /// How many values of one condition are told, and how long one may be, in bytes as JSON.
  private static let maximumValues = 20
  private static let valueBytes = 1_024

  /// The explanation as it goes out.
  package init(_ explanation: Explanation) {
    self.init(
      at: explanation.moment.rfc3339, permission: explanation.permission?.text, grants: explanation.held.map(Grant.init),
      moreGrants: explanation.heldBesides,
      missing: explanation.missing.map {
        Missing(
          role: $0.role.id.text, roleName: $0.role.name, conditional: $0.isConditional, mayBeGivenBy: $0.mayBeGivenBy.map(\.text))
      }, moreMissing: explanation.missingBesides, people: explanation.people.map(\.text))
  }

  fileprivate static func condition(_ tested: Explanation.TestedCondition) -> Condition {
    let outcome =
      switch tested.outcome {
      case .met: "met"
      case .notMet: "not_met"
      case .failed: "failed"
      }
    return Condition(
      text: tested.condition.text, outcome: outcome,
      values: tested.values.prefix(maximumValues).map { lookup in
        Value(path: lookup.path, value: lookup.value.flatMap { $0.encoded().count <= valueBytes ? $0 : nil })
      })
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes, .sortedKeys]
    return Array(try encoder.encode(self))
  }
}

extension AccessExplanation.Grant {
  fileprivate init(_ held: Explanation.Held) {
    let facts = held.facts
    self.init(
      assignment: facts.id.text, role: held.role.id.text, roleName: held.role.name, holder: .init(held.holder),
      groupName: held.group?.name, scope: facts.scope.map { .init(type: $0.type, id: $0.id) }, startsAt: facts.from?.rfc3339,
      endsAt: facts.until?.rfc3339, grantedBy: held.assignment?.grantedBy, grantedAt: held.assignment?.createdAt.rfc3339,
      why: held.assignment.flatMap { $0.reason.isEmpty ? nil : $0.reason },
      through: held.way.isEmpty ? nil : held.way.map(\.text),
      conditions: held.conditions.isEmpty ? nil : held.conditions.map(AccessExplanation.condition),
      moreConditions: held.conditionsBesides == 0 ? nil : held.conditionsBesides,
      obstacle: held.obstacle?.rawValue)
  }
}

extension AccessExplanation.Name {
  fileprivate init(_ holder: RoleHolder) {
    switch holder {
    case .account(let id): self.init(type: "account", id: id.text)
    case .application(let id): self.init(type: "application", id: id.text)
    case .group(let id): self.init(type: "group", id: id.text)
    case .subject(let id): self.init(type: "subject", id: id.text)
    }
  }
}
