import Foundation
import Primitives
import TestKit
import Testing

@testable import Localization

@Suite struct SentenceTablesTests {
  static let tables = SentenceTables.compiledIn

  @Test(arguments: Language.all)
  func `every sentence exists in every language`(language: Language) {
    let known = Self.tables.names(in: language)
    #expect(known == Self.tables.names(in: .english))
    #expect(known.count > 250)
  }

  @Test(arguments: Language.all)
  func `a sentence takes the same parameters in every language`(language: Language) throws {
    for name in Self.tables.names(in: .english) {
      let english = try #require(Self.tables.sentence(name, in: .english))
      let other = try #require(Self.tables.sentence(name, in: language))
      #expect(other.parameters == english.parameters, "\(name)")
    }
  }

  @Test(arguments: Language.all)
  func `a counted sentence has exactly the forms its language needs`(language: Language) throws {
    for name in Self.tables.names(in: language) {
      let sentence = try #require(Self.tables.sentence(name, in: language))
      #expect(sentence.hasFormsOf(language), "\(name)")
    }
  }

  @Test func `Russian is written in Russian`() throws {
    // The brand, and what is made of parameters and marks alone, looks the same in both.
    let alike = Self.tables.names(in: .english).filter {
      Self.tables.sentence($0, in: .english) == Self.tables.sentence($0, in: .russian)
    }
    #expect(Set(alike) == ["frame.brand", "letter.signature", "time.moment"])
  }

  @Test(arguments: try SourceFiles.named("Localization/Tables", ending: ".json"))
  func `the tables compiled in agree with their files`(file: SourceFile) {
    let stem = file.name.dropLast(".json".count)
    if stem.hasPrefix("countries.") {
      #expect(CompiledTables.countries[String(stem.dropFirst("countries.".count))] == file.content, "run deploy/generate")
    } else {
      #expect(CompiledTables.sentences[String(stem)] == file.content, "run deploy/generate")
    }
  }

  @Test func `every sentence that is not found by an id has a typed member`() throws {
    let source = try #require(try SourceFiles.named("Localization/Generated", ending: "TypedSentences.swift").first).content
    for name in Self.tables.names(in: .english) where !name.contains("-") && !name.hasPrefix("role") {
      #expect(source.contains("\"\(name)\""), "\(name): run deploy/generate")
    }
  }
}

@Suite struct CallingThePortalByItsName {
  private static let named = SentenceTables.compiledIn.naming(portal: "Contoso & Sons")

  @Test(arguments: Language.all)
  func `pages and letters call the portal what its operator calls it`(language: Language) {
    let say = Sentences(language, from: Self.named)
    #expect(say.frame.brand == "Contoso & Sons")
    #expect(say.plain("frame.brand") == "Contoso & Sons")
    #expect(say.signOut.question.contains("Contoso & Sons"))
    #expect(say.alreadySignedUpLetter(to: "Ada").signature == "Contoso & Sons")
  }

  @Test(arguments: try SourceFiles.named("Localization/Tables", ending: ".json"))
  func `no sentence names the product in the place of the portal`(table: SourceFile) {
    #expect(!table.content.contains("Usher"))
  }

  @Test func `an operator's own words may name the portal, or not`() throws {
    let tables = try Self.named.replacing([
      .english: #"{"signIn": {"title": "Sign in to {portal}"}, "letter": {"signature": "The people at the door"}}"#
    ])
    #expect(Sentences(.english, from: tables).signIn.title == "Sign in to Contoso & Sons")
    #expect(Sentences(.english, from: tables).alreadySignedUpLetter(to: nil).signature == "The people at the door")
    #expect(Sentences(.russian, from: tables).alreadySignedUpLetter(to: nil).signature == "Contoso & Sons")
  }
}

@Suite struct SayingASentenceOtherwise {
  @Test func `an operator may say single sentences in their own words`() throws {
    let tables = try SentenceTables.compiledIn.replacing([.english: #"{"frame": {"brand": "Portal"}}"#])
    #expect(Sentences(.english, from: tables).frame.brand == "Portal")
    #expect(Sentences(.english, from: tables).signIn.title == "Sign in")
    #expect(Sentences(.russian, from: tables).frame.brand == "Usher")
  }

  @Test(arguments: [
    (#"{"frame": {"brnd": "Portal"}}"#, SentenceTables.Fault.unknownSentence(language: "en", name: "frame.brnd")),
    (#"{"users": {"invited": "Done."}}"#, .otherParameters(language: "en", name: "users.invited")),
    (
      #"{"time": {"inHours": {"by": "hours", "one": "{hours} h"}}}"#, .otherForms(language: "en", name: "time.inHours")
    ),
    (#"{"frame": {"brand": "{"}}"#, .malformed(language: "en", at: "frame.brand")),
    (#"{"frame": []}"#, .malformed(language: "en", at: "frame")),
    ("[", .malformed(language: "en", at: "")),
  ])
  func `a replacement that cannot be right is refused by name`(table: String, fault: SentenceTables.Fault) {
    #expect(throws: fault) { try SentenceTables.compiledIn.replacing([.english: table]) }
  }
}

/// A file of `Sources`, read to be compared with what was compiled.
struct SourceFile: Sendable, CustomTestStringConvertible {
  let name: String
  let content: String
  var testDescription: String { name }
}

enum SourceFiles {
  static func named(_ folder: String, ending: String) throws -> [SourceFile] {
    let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = top.appending(path: "Sources/\(folder)")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(ending) }.sorted().map {
      SourceFile(name: $0, content: try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
    }
  }
}
