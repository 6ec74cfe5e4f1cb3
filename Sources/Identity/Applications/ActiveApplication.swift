package import AccessControl

extension PolicySnapshot {
  /// See `PolicyState`.
  package func activeApplication(_ id: ApplicationID) -> Application? { state.activeApplication(id) }
}

extension PolicyState {
  /// The application, when it can act now: neither disabled nor owned by a closed organization.
  package func activeApplication(_ id: ApplicationID) -> Application? {
    guard let application = application(id), application.state == .active else { return nil }
    if let owner = application.owner, organization(owner)?.state != .active { return nil }
    return application
  }
}

extension Transaction {
  /// The same from what this transaction sees.
  package func activeApplication(_ id: ApplicationID) throws -> Application? {
    guard let application = try application(id), application.state == .active else { return nil }
    if let owner = application.owner, try organization(owner)?.state != .active { return nil }
    return application
  }
}
