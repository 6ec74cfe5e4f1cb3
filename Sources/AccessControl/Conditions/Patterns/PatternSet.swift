/// A set of Unicode scalars as a class of a pattern describes it.
struct PatternSet: Sendable {
  enum Item: Sendable {
    case range(ClosedRange<UInt32>)
    /// `\p{L}`: one or several general categories, as bits.
    case categories(UInt32)
    indirect case not([Item])
  }

  var items: [Item] = []
  var isNegated = false
  /// Whether a scalar also belongs to it when one that differs from it only in case does.
  var ignoresCase = false

  init(_ items: [Item] = [], isNegated: Bool = false, ignoresCase: Bool = false) {
    self.items = items
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var isIn = Self.any(items, contain: scalar)
    if !isIn, ignoresCase { isIn = CaseOrbits.others(of: scalar).contains { Self.any(items, contain: $0) } }
    return isIn != isNegated
  }

  private static func any(_ items: [Item], contain scalar: Unicode.Scalar) -> Bool {
    items.contains { item in
      switch item {
      case .range(let range): range.contains(scalar.value)
      case .categories(let bits): bits & (1 << scalar.properties.generalCategory.bit) != 0
      case .not(let items): !any(items, contain: scalar)
      }
    }
  }
}

extension PatternSet {
  private static func range(_ first: Unicode.Scalar, _ last: Unicode.Scalar) -> Item { .range(first.value...last.value) }

  static let digits = [range("0", "9")]
  /// No vertical tab, as in RE2.
  static let spaces = [range("\t", "\n"), range("\u{0C}", "\r"), range(" ", " ")]
  static let wordSigns = [range("0", "9"), range("A", "Z"), range("_", "_"), range("a", "z")]

  /// The classes of POSIX, for ASCII.
  static let posix: [String: [Item]] = [
    "alnum": [range("0", "9"), range("A", "Z"), range("a", "z")],
    "alpha": [range("A", "Z"), range("a", "z")],
    "ascii": [.range(0...0x7F)],
    "blank": [range("\t", "\t"), range(" ", " ")],
    "cntrl": [.range(0...0x1F), .range(0x7F...0x7F)],
    "digit": digits,
    "graph": [range("!", "~")],
    "lower": [range("a", "z")],
    "print": [range(" ", "~")],
    "punct": [range("!", "/"), range(":", "@"), range("[", "`"), range("{", "~")],
    "space": [range("\t", "\r"), range(" ", " ")],
    "upper": [range("A", "Z")],
    "word": wordSigns,
    "xdigit": [range("0", "9"), range("A", "F"), range("a", "f")],
  ]

  /// The general category of this name as bits: `Lu`, or `L` for all whose name begins so.
  static func categories(_ name: String) -> UInt32? {
    var bits: UInt32 = 0
    for (index, category) in categoryNames.enumerated() where category == name || category.first.map(String.init) == name {
      bits |= 1 << UInt32(index)
    }
    return bits == 0 ? nil : bits
  }

  /// In the order of `Unicode.GeneralCategory.bit`.
  private static let categoryNames = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk",
    "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
  ]
}

extension Unicode.GeneralCategory {
  fileprivate var bit: UInt32 {
    switch self {
    case .uppercaseLetter: 0
    case .lowercaseLetter: 1
    case .titlecaseLetter: 2
    case .modifierLetter: 3
    case .otherLetter: 4
    case .nonspacingMark: 5
    case .spacingMark: 6
    case .enclosingMark: 7
    case .decimalNumber: 8
    case .letterNumber: 9
    case .otherNumber: 10
    case .connectorPunctuation: 11
    case .dashPunctuation: 12
    case .openPunctuation: 13
    case .closePunctuation: 14
    case .initialPunctuation: 15
    case .finalPunctuation: 16
    case .otherPunctuation: 17
    case .mathSymbol: 18
    case .currencySymbol: 19
    case .modifierSymbol: 20
    case .otherSymbol: 21
    case .spaceSeparator: 22
    case .lineSeparator: 23
    case .paragraphSeparator: 24
    case .control: 25
    case .format: 26
    case .surrogate: 27
    case .privateUse: 28
    case .unassigned: 29
    @unknown default: 31
    }
  }
}

/// Scalars that differ only in case, where one scalar stands for one: `k`, `K` and the Kelvin sign. Not `ß` and `SS`, not the dotless `ı`.
enum CaseOrbits {
  static func others(of scalar: Unicode.Scalar) -> [Unicode.Scalar] { orbits[scalar] ?? [] }

  /// Made once, when a pattern first ignores case.
  private static let orbits: [Unicode.Scalar: [Unicode.Scalar]] = {
    var byFold: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for value in UInt32(0x41)...0x1E943 where !(0x3400...0x9FFF).contains(value) && !(0x12000...0x16E3F).contains(value) {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isCased || scalar.properties.changesWhenCaseMapped,
        value != 0x130, value != 0x131
      else { continue }
      byFold[folded(scalar), default: []].append(scalar)
    }
    var orbits: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for orbit in byFold.values where orbit.count > 1 {
      for scalar in orbit { orbits[scalar] = orbit.filter { $0 != scalar } }
    }
    return orbits
  }()

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let upper = only(scalar.properties.uppercaseMapping) ?? scalar
    return only(upper.properties.lowercaseMapping) ?? upper
  }

  private static func only(_ text: String) -> Unicode.Scalar? {
    let scalars = text.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }
}
