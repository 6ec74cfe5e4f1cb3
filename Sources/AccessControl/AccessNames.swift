internal import Primitives

/// What a question names, as it came: bytes that somebody else owns, for as long as the call lasts. Enough for most decisions.
package struct AccessNames {
  package let subjectType: UnsafeRawBufferPointer
  package let subjectID: UnsafeRawBufferPointer
  package let action: UnsafeRawBufferPointer
  package let resourceType: UnsafeRawBufferPointer
  /// Nil where the question is about things of the type in general.
  package let resourceID: UnsafeRawBufferPointer?

  package init(
    subjectType: UnsafeRawBufferPointer, subjectID: UnsafeRawBufferPointer, action: UnsafeRawBufferPointer,
    resourceType: UnsafeRawBufferPointer, resourceID: UnsafeRawBufferPointer?
  ) {
    self.subjectType = subjectType
    self.subjectID = subjectID
    self.action = action
    self.resourceType = resourceType
    self.resourceID = resourceID
  }
}

/// What a question says of where it is to be decided, and for which of the subject's roles.
package struct AccessPlace: Sendable {
  /// What `resource.properties.organization` says.
  package let resourceOrganization: String?
  /// What `context.organization` says.
  package let contextOrganization: String?
  /// Which of the subject's roles are active (`context.active_roles`); nil where that is not said.
  package let activeRoles: Set<RoleID>?

  package init(resourceOrganization: String?, contextOrganization: String?, activeRoles: Set<RoleID>?) {
    self.resourceOrganization = resourceOrganization
    self.contextOrganization = contextOrganization
    self.activeRoles = activeRoles
  }
}

extension AccessRequest {
  /// Its names as bytes.
  package func withNames<Value>(_ body: (AccessNames) -> Value) -> Value {
    subject.type.withBytes { subjectType in
      subject.id.withBytes { subjectID in
        action.name.withBytes { action in
          resource.type.withBytes { resourceType in
            func names(_ resourceID: UnsafeRawBufferPointer?) -> AccessNames {
              AccessNames(
                subjectType: subjectType, subjectID: subjectID, action: action, resourceType: resourceType, resourceID: resourceID
              )
            }
            guard let id = resource.id else { return body(names(nil)) }
            return id.withBytes { body(names($0)) }
          }
        }
      }
    }
  }
}
