internal import Localization
internal import Mustache

/// What a template can name. A name set to nil is absent: a section over it shows nothing, an inverted section shows.
///
/// In a template a leading dot (`{{.hint}}`) looks only in the innermost view; without it the surrounding ones are searched too.
package struct View: Sendable, ExpressibleByDictionaryLiteral {
  private var values: [String: any Sendable] = [:]

  package init(dictionaryLiteral elements: (String, (any Sendable)?)...) {
    for (name, value) in elements { values[name] = value }
  }

  package subscript(name: String) -> (any Sendable)? {
    get { values[name] }
    set { values[name] = newValue }
  }
}

extension View: MustacheParent {
  package func child(named name: String) -> Any? { values[name] }
}

/// Lets a template say a sentence by its name: `{{say.signIn.title}}`. A test holds every name used in a template known in every language.
struct SentenceView: MustacheParent, Sendable {
  let sentences: Sentences

  func child(named group: String) -> Any? { Group(sentences: sentences, name: group) }

  private struct Group: MustacheParent {
    let sentences: Sentences
    let name: String

    func child(named sentence: String) -> Any? { sentences.plain("\(name).\(sentence)") }
  }
}
