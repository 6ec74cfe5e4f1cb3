import Localization
import TestKit
import Testing

@testable import Web

/// A page of the gallery in one language.
struct ShownPage: Sendable, CustomTestStringConvertible {
  let name: String
  let language: Language
  let page: any Page
  var testDescription: String { "\(name) (\(language))" }

  static let all: [ShownPage] = Language.all.flatMap { language in
    PageGallery.pages(language).map { ShownPage(name: $0.name, language: language, page: $0.page) }
  }

  /// Compiled once for all of them.
  private static let renderer = try? PageRenderer()

  func html() throws -> String { page.html(try #require(ShownPage.renderer)) }

  func markup() throws -> Markup { try Markup(html()) }
}

@Suite(.threat("WEB4")) struct EveryPage {
  @Test(arguments: ShownPage.all)
  func `is well-formed, in its language, with one heading and its landmarks`(shown: ShownPage) throws {
    let markup = try shown.markup()
    #expect(markup.all("html").first?.attributes["lang"] == shown.language.tag)
    for name in ["h1", "title", "header", "main", "footer"] { #expect(markup.all(name).count == 1, "\(name)") }
    let ids = markup.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count, "an id twice")
    #expect(markup.all("img").allSatisfy { $0.attributes["alt"] != nil })
    #expect(markup.all("a").first?.attributes["href"] == "#content", "the first link skips to the content")
  }

  @Test(arguments: ShownPage.all)
  func `says every sentence`(shown: ShownPage) throws {
    let html = try shown.html()
    #expect(!html.contains("{{") && !html.contains("}}"))
    #expect(!html.contains("Optional("))
    let markup = try shown.markup()
    for name in ["h1", "h2", "button", "label", "dt", "legend", "li", "a", "p"] {
      #expect(!html.contains("<\(name)></\(name)>"), "an empty \(name)")
    }
    for title in markup.all("title") { #expect(title.ancestors == ["html", "head"]) }
  }

  @Test(arguments: ShownPage.all)
  func `binds a label to every field, and hints and problems where there are some`(shown: ShownPage) throws {
    let markup = try shown.markup()
    let ids = Set(markup.elements.compactMap { $0.attributes["id"] })
    let labelled = Set(markup.all("label").compactMap { $0.attributes["for"] })
    let visible = (markup.all("input") + markup.all("select")).filter { $0.attributes["type"] != "hidden" }
    for field in visible {
      #expect(labelled.contains(field.attributes["id"] ?? ""), "\(field.attributes["name"] ?? "") has no label")
      #expect(field.attributes["name"]?.isEmpty == false)
      if field.attributes["type"] != "checkbox" && field.attributes["type"] != "radio" {
        #expect(field.attributes["autocomplete"]?.isEmpty == false, "\(field.attributes["name"] ?? "") has no autocomplete")
      }
    }
    for element in markup.elements {
      let references = (element.attributes["aria-describedby"] ?? "") + " " + (element.attributes["aria-labelledby"] ?? "")
      for reference in references.split(separator: " ") {
        #expect(ids.contains(String(reference)), "nothing is called \(reference)")
      }
      if let target = element.attributes["href"], target.hasPrefix("#") {
        #expect(ids.contains(String(target.dropFirst())), "no \(target)")
      }
    }
    for element in markup.elements where element.attributes["aria-invalid"] != nil {
      #expect(element.attributes["aria-describedby"]?.contains("-problem") == true)
    }
  }

  @Test(.threat("SES2"), arguments: ShownPage.all)
  func `carries the token against forged requests in every form, and posts only to us`(shown: ShownPage) throws {
    let markup = try shown.markup()
    let forms = markup.all("form")
    let tokens = markup.all("input").filter { $0.attributes["name"] == "csrf" && $0.attributes["value"] == "csrf-token" }
    #expect(tokens.count == forms.count)
    #expect(tokens.allSatisfy { $0.ancestors.contains("form") })
    for form in forms {
      #expect(form.attributes["method"] == "post")
      #expect(form.attributes["action"].map { $0.hasPrefix("/") && !$0.hasPrefix("//") } ?? true)
    }
  }

  @Test(.threat("WEB1", "LNK14"), arguments: ShownPage.all)
  func `has no script, no style of its own, and loads nothing from outside`(shown: ShownPage) throws {
    let markup = try shown.markup()
    for name in ["script", "style", "iframe", "object", "embed", "base", "svg"] { #expect(markup.all(name).isEmpty, "\(name)") }
    for element in markup.elements {
      #expect(!element.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" || $0 == "srcset" }, "\(element)")
      if let source = element.attributes["src"] { #expect(source.hasPrefix("/") && !source.hasPrefix("//")) }
    }
    for link in markup.all("link") { #expect(link.attributes["href"]?.hasPrefix("/") == true) }
    let outside = markup.all("a").compactMap { $0.attributes["href"] }.filter { !$0.hasPrefix("/") && !$0.hasPrefix("#") }
    #expect(outside.allSatisfy { $0.hasPrefix("https://") && $0.contains(".example/") }, "only registered addresses of services")
  }

  @Test(arguments: ShownPage.all)
  func `shows what people typed as text, never as markup`(shown: ShownPage) throws {
    let html = try shown.html().unicodeScalars
    // The bracket or quote of hostile text, whatever combining mark follows it, never reaches the document as itself.
    #expect(!String(html).contains("<script"))
    for (scalar, next) in zip(html, html.dropFirst()) where scalar == "<" || scalar == "\"" || scalar == "'" {
      #expect(next != "\u{0338}" && next != "\u{0301}", "an accent let \(scalar) through")
    }
    #expect(!html.contains("'"))
  }
}

@Suite struct LanguageLinks {
  @Test(arguments: [
    ("/sign-in", "/sign-in?language=ru"),
    ("/sign-in?continue=%2Fa%3Fb", "/sign-in?continue=%2Fa%3Fb&language=ru"),
    ("/users?language=en&after=1", "/users?after=1&language=ru"),
    ("/users?", "/users?language=ru"),
  ])
  func `lead to the same page and keep its query`(address: String, switched: String) {
    #expect(PageFrame(language: .english, address: address).address(in: .russian) == switched)
  }

  @Test(.threat("RED3"), arguments: ["", "//evil.test/", "/\\evil.test", "https://evil.test/", "javascript:alert(1)"])
  func `never lead away`(address: String) {
    #expect(PageFrame(language: .english, address: address).address(in: .russian) == nil)
  }
}

@Suite struct CarryingOn {
  @Test func `happens without script, by itself and by a link`() throws {
    let page = CarryOnPage(frame: PageFrame(language: .english), address: "/oauth/authorize?a=1&b=2")
    let markup = try Markup(page.html(PageRenderer()))
    let refresh = try #require(markup.all("meta").first { $0.attributes["http-equiv"] == "refresh" })
    #expect(refresh.attributes["content"] == "0; url=/oauth/authorize?a=1&amp;b=2")
    #expect(refresh.ancestors == ["html", "head"])
    #expect(markup.all("a").contains { $0.attributes["href"] == "/oauth/authorize?a=1&amp;b=2" })
  }

  @Test(
    .threat("RED3"),
    arguments: ["https://evil.test", "//evil.test", "/\\evil.test", "/\t/evil.test", "javascript:alert(1)", "", "/a\nb", "/a b"])
  func `never leads away`(address: String) {
    #expect(CarryOnPage(frame: PageFrame(language: .english), address: address).address == "/dashboard")
  }
}

@Suite struct TheSignInPage {
  @Test func `offers both kinds of account where both are admitted, and preselects one`() throws {
    for kind in [SignInPage.Kind.work, .personal] {
      let page = SignInPage(frame: PageFrame(language: .english), kind: kind)
      let radios = try Markup(page.html(PageRenderer())).all("input").filter { $0.attributes["type"] == "radio" }
      #expect(radios.compactMap { $0.attributes["value"] } == ["work", "personal"])
      #expect(radios.filter { $0.attributes["checked"] != nil }.compactMap { $0.attributes["value"] } == [kind.rawValue])
    }
  }

  @Test(.threat("PWD1", "WEB4")) func `lets password managers fill it and never repeats a password`() throws {
    let page = SignInPage(frame: PageFrame(language: .english), email: "ada@contoso.example", problem: .incorrect)
    let inputs = try Markup(page.html(PageRenderer())).all("input")
    let email = try #require(inputs.first { $0.attributes["name"] == "email" })
    #expect(email.attributes["autocomplete"] == "username")
    #expect(email.attributes["value"] == "ada@contoso.example")
    let password = try #require(inputs.first { $0.attributes["name"] == "password" })
    #expect(password.attributes["autocomplete"] == "current-password")
    #expect(password.attributes["value"] == nil)
  }
}

@Suite struct WhatIsWrongWithAPassword {
  @Test(.threat("PWD9")) func `is said in words of its own for every reason`() {
    let problems: [FieldProblem] = [
      .passwordTooShort(15), .passwordTooLong(128), .passwordRepeats, .passwordFollowsPattern, .passwordCommon, .passwordBreached,
      .passwordFromContext, .passwordMalformed, .passwordsDiffer, .currentPasswordWrong,
    ]
    for language in Language.all {
      let texts = problems.map { $0.text(Sentences(language)) }
      #expect(Set(texts).count == problems.count)
    }
  }
}

@Suite(.threat("LNK1", "LNK3")) struct TheEndOfALink {
  @Test(arguments: [LinkEndedPage.Reason.used, .expired, .replaced, .withdrawn, .unknown])
  func `names nobody and shows the way on`(reason: LinkEndedPage.Reason) throws {
    let page = LinkEndedPage(frame: PageFrame(language: .english), kind: .invitation, reason: reason)
    let html = page.html(try PageRenderer())
    #expect(!html.contains("@"))
    #expect(html.contains("href=\"/sign-in\""))
  }
}
