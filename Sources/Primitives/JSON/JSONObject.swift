/// The members of a JSON object in the order they were written, each name once. Two objects are equal whatever their order.
public struct JSONObject: Sendable {
  /// Names and values in order.
  public private(set) var members: [(name: String, value: JSON)]

  /// An object without members.
  public init() {
    members = []
  }

  /// The object of these members; of a name that comes twice the last value counts, at the first place.
  public init(_ pairs: some Sequence<(String, JSON)>) {
    self.init()
    for (name, value) in pairs { self[name] = value }
  }

  /// Takes members whose names are known to differ.
  init(distinct members: [(name: String, value: JSON)]) {
    self.members = members
  }

  /// The value of `name`. Setting it replaces in place or appends; setting nothing removes. Searching is linear, as objects are small.
  public subscript(name: String) -> JSON? {
    get { members.first { $0.name == name }?.value }
    set {
      let index = members.firstIndex { $0.name == name }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append((name, value))
      case (nil, nil): break
      }
    }
  }

  /// The object as UTF-8 without blanks.
  public func encoded() -> [UInt8] { JSON.object(self).encoded() }

  /// The object as text without blanks.
  public var text: String { JSON.object(self).text }
}

extension JSONObject: Hashable {
  /// Whether both have the same names with the same values.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.members.count == right.members.count && left.byName == right.byName
  }

  /// Feeds the members, whatever their order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(byName)
  }

  private var byName: [String: JSON] {
    Dictionary(members.lazy.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// `["name": "value"]`
  public init(dictionaryLiteral members: (String, JSON)...) {
    self.init(members)
  }
}
