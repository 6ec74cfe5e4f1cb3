internal import Identity
internal import Primitives

/// One word of a page to the next: what was just done, said above the page that a form leads to.
///
/// It travels in a cookie for a minute, bound to the browser by a tag: nobody can make us say something to somebody else, and no name stands in an
/// address.
struct Flash: Sendable, Hashable {
  enum Word: String, Sendable {
    case accountCreated, agreementAdded, joined
    case languageSaved, passwordChanged, sessionEnded
    case invited, rolesChanged, suspended, restored, sentAgain, withdrawn
    case signedUp
  }

  let word: Word
  /// Whom or what it is about; may be empty.
  var name = ""
}

extension Visit {
  private static let lifetime: Duration = .minutes(1)

  /// Adds a word for the next page.
  func saying(_ word: Flash.Word, _ name: String = "", then answer: Answer) -> Answer {
    var answer = answer
    let text = "\(occasion.now.seconds)\n\(word.rawValue)\n\(name)"
    let tag = env.keys.forms.tag(for: message(text))
    let value = "\(Base64URL.encode(Array(text.utf8))).\(Base64URL.encode(tag))"
    answer.set(SetCookie(.flash, value, lifetime: Self.lifetime, web.settings))
    return answer
  }

  /// The word said for this page, if one was.
  var flash: Flash? {
    let halves = (exchange.cookie(.flash, web.settings) ?? "").split(separator: ".").map(String.init)
    guard halves.count == 2, let bytes = Base64URL.decode(halves[0]), let tag = Base64URL.decode(halves[1]),
      let text = String(validating: bytes, as: UTF8.self), env.keys.forms.verifies(tag, for: message(text))
    else { return nil }
    let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard lines.count == 3, let said = Int64(lines[0]), let word = Flash.Word(rawValue: lines[1]),
      occasion.now - Timestamp(seconds: said) <= Self.lifetime
    else { return nil }
    return Flash(word: word, name: lines[2])
  }

  /// Takes the word out of the browser, once it was said.
  func saidOnce(_ answer: Answer) -> Answer {
    guard exchange.cookie(.flash, web.settings) != nil else { return answer }
    var answer = answer
    answer.set(.removing(.flash, web.settings))
    return answer
  }

  private func message(_ text: String) -> [UInt8] { Array("flash\n\(browser.digest.text)\n\(text)".utf8) }
}
