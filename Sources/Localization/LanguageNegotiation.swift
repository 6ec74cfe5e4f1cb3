/// Chooses a page's language from what the browser says it reads (`Accept-Language`, RFC 9110 §12.5.4; lookup of RFC 4647 §3.4).
extension Language {
  /// Past these a header is read no further: a browser sends a handful of ranges, only mischief sends thousands.
  private static let longestHeader = 1_000
  private static let mostRanges = 20

  /// The available language the reader prefers; the first available one when nothing fits or nothing was said.
  ///
  /// Among equally wanted languages the header's own order decides. A malformed range is passed over, never an error: the header is a
  /// wish, and a page in the wrong language is better than none. `*` asks for nothing in particular, so it chooses the first.
  package static func negotiate(acceptLanguage: String?, available: [Language] = Language.all) -> Language {
    let first = available.first ?? fallback
    guard let acceptLanguage else { return first }
    let ranges = String(decoding: acceptLanguage.utf8.prefix(longestHeader), as: UTF8.self)
      .split(separator: ",").prefix(mostRanges)
    var best: (language: Language, quality: Int)?
    for range in ranges {
      guard let wish = wish(in: range, first: first), available.contains(wish.language) else { continue }
      if wish.quality > best?.quality ?? 0 { best = wish }
    }
    return best?.language ?? first
  }

  /// The first language of an application's list that we speak: BCP 47 tags, most wanted first, with blanks between them (OpenID Connect
  /// Core §3.1.2.1 `ui_locales`); nil when there is none, which is no error either.
  package static func first(wishedFor tags: String) -> Language? {
    tags.prefix(longestHeader).split(separator: " ").prefix(mostRanges).lazy.compactMap { Language(String($0)) }.first
  }

  /// One range with its quality in thousandths; nil when it is malformed or names a language unknown here.
  private static func wish(in range: Substring, first: Language) -> (language: Language, quality: Int)? {
    let parts = range.split(separator: ";", omittingEmptySubsequences: false).map { $0.filter { $0 != " " && $0 != "\t" } }
    guard let tag = parts.first, parts.count <= 2 else { return nil }
    guard let language = tag == "*" ? first : Language(tag) else { return nil }
    guard parts.count == 2 else { return (language, 1_000) }
    guard let quality = thousandths(parts[1].lowercased()) else { return nil }
    return (language, quality)
  }

  /// `q=0.8` as 800: at most three decimals and never more than one (RFC 9110 §12.4.2).
  private static func thousandths(_ parameter: String) -> Int? {
    guard parameter.hasPrefix("q=") else { return nil }
    let number = parameter.dropFirst(2).split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = number.first, whole == "0" || whole == "1", number.count <= 2 else { return nil }
    let decimals = number.count == 2 ? number[1] : ""
    guard decimals.utf8.count <= 3, decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    let padded = decimals + String(repeating: "0", count: 3 - decimals.utf8.count)
    guard let fraction = Int(padded), let units = Int(whole) else { return nil }
    let quality = units * 1_000 + fraction
    return quality <= 1_000 ? quality : nil
  }
}
