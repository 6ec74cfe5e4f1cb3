internal import Identity
internal import Wire

extension Management.Registrations: Described {
  static let message = Message(
    "Registrations", "What became of many things that were registered at once.",
    [
      .required("new", .count), .required("changed", .count, "They were registered, and are something else now."),
      .required("unchanged", .count),
    ])

  init(_ count: RegisterMany.Count) {
    self.init(new: Int64(count.new), changed: Int64(count.changed), unchanged: Int64(count.unchanged))
  }
}

/// What can be wrong with one of many things to be registered.
protocol SaidOfOneOfMany: SaidByManagement {
  /// The list in which they stand in a body, as a JSON Pointer.
  static var list: String { get }

  /// - Parameter pointer: of the object that says what the thing is to be.
  func field(below pointer: String) -> Problem.Field
}

extension RegisterMany.Refusal: SaidByManagement where Flaw: SaidOfOneOfMany {
  var said: ManagementRefusal {
    let kinds = flaws.map(\.flaw.said.kind)
    // What a developer mends first: the request, then what it says.
    let kind = [.malformed, .notAccepted].first(where: kinds.contains) ?? .state
    return ManagementRefusal(
      kind, "Nothing was registered.", flaws.map { $0.flaw.field(below: "\(Flaw.list)/\($0.index)") })
  }
}
