package import AccessControl

/// Says what is wrong with a condition before it is saved with a role.
package struct CheckCondition: Sendable {
  package init() {}

  /// Needs `role:define` in the organization, or without one in the portal. Takes no longer than reading a condition of the greatest length.
  ///
  /// - Returns: what is wrong with the text and where; nil for a condition that a role can have.
  /// - Throws: `AccessDenied`.
  package func callAsFunction(
    _ text: String, in organization: OrganizationID?, _ occasion: Occasion, env: Environment
  ) async throws -> ConditionFault? {
    try await env.read(occasion) { tx in _ = try tx.permit(.roleDefine, of: organization, occasion) }
    do {
      _ = try Condition(text)
      return nil
    } catch {
      return error
    }
  }
}
