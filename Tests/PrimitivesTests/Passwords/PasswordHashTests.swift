import Foundation
import Primitives
import TestKit
import Testing

@Suite struct HashingPasswords {
  let pepper: Pepper
  let salt = [UInt8](repeating: 1, count: 16)
  let cost = PasswordCost.belowMinimumForTests(2)

  init() throws {
    pepper = try #require(Pepper(id: "p1", key: [UInt8](repeating: 9, count: 32)))
  }

  private func hash(_ password: String) throws -> PasswordHash {
    try PasswordHash.make(Password(password), cost: cost, pepper: pepper, salt: salt)
  }

  @Test(.threat("PWD12")) func `the stored text names algorithm, cost and pepper, and hides the password`() throws {
    let text = try PasswordHash.make(Password("correct horse battery"), cost: .default, pepper: pepper, salt: salt).text
    let fields = text.split(separator: "$", omittingEmptySubsequences: false)
    #expect(fields.prefix(3) == ["", "pbkdf2-sha512-hmac", "v=1,i=210000,p=p1"])
    #expect(fields.count == 5)
    #expect(Base64.decode(String(fields[3]), padded: false) == salt)
    #expect(Base64.decode(String(fields[4]), padded: false)?.count == 32)
    #expect(try PasswordHash(text)?.verifies(Password("correct horse battery"), pepper: pepper) == true)
  }

  @Test func `the tag is HMAC-SHA-256 of the derived bytes under the pepper`() throws {
    let derived = try PBKDF2.derive(password: Array("needle".utf8), salt: salt, iterations: 2, length: 32, hash: .sha512)
    let tag = MessageAuthenticator(SymmetricSecret(pepper.revealKey())).tag(for: derived)
    #expect(try hash("needle").text.hasSuffix("$" + Base64.encode(tag, padded: false)))
  }

  @Test(.threat("PWD7")) func `a password is verified exactly as it was given`() throws {
    let password = (0..<128).map { String($0 % 10) }.joined().replacing("9", with: "x")
    let stored = try hash(password)
    #expect(try stored.verifies(Password(password), pepper: pepper))
    for other in [
      String(password.prefix(72)), String(password.prefix(127)), password.uppercased(), password + " ", " " + password, "",
    ] {
      #expect(try !stored.verifies(Password(other), pepper: pepper))
    }
  }

  @Test(
    .threat("PWD8"),
    arguments: [
      ("caf\u{65}\u{301}", "caf\u{E9}"), ("\u{E9}", "\u{65}\u{301}"), ("\u{1100}\u{1161}", "\u{AC00}"), ("\u{212B}", "\u{C5}"),
    ])
  func `composed and decomposed spellings of a password are one`(set: String, typed: String) throws {
    #expect(try hash(set).verifies(Password(typed), pepper: pepper))
  }

  @Test(.threat("PWD8")) func `unassigned code points pass, and compatible signs stay different`() throws {
    #expect(try hash("pass\u{378}\u{E0080}word").verifies(Password("pass\u{378}\u{E0080}word"), pepper: pepper))
    #expect(try !hash("\u{FB01}").verifies(Password("fi"), pepper: pepper))
  }

  @Test(.threat("PWD6")) func `the length is counted in code points after normalization`() {
    #expect(Password("пароль").codePoints == 6)
    #expect(Password("😀").codePoints == 1)
    #expect(Password("👩‍👩‍👧").codePoints == 5)
    #expect(Password("e\u{301}").codePoints == 1)
  }

  @Test func `another salt, pepper or cost gives another hash`() throws {
    let otherPepper = try #require(Pepper(id: "p1", key: [UInt8](repeating: 8, count: 32)))
    let password = Password("needle")
    let texts = [
      try hash("needle"),
      try PasswordHash.make(password, cost: cost, pepper: pepper, salt: [UInt8](repeating: 2, count: 16)),
      try PasswordHash.make(password, cost: .belowMinimumForTests(3), pepper: pepper, salt: salt),
      try PasswordHash.make(password, cost: cost, pepper: otherPepper, salt: salt),
    ].map(\.text)
    #expect(Set(texts.compactMap { $0.split(separator: "$").last }).count == 4)
    #expect(try !hash("needle").verifies(password, pepper: otherPepper))
  }

  @Test func `a pepper of another name is a mistake of the caller, not a wrong password`() throws {
    let other = try #require(Pepper(id: "p2", key: [UInt8](repeating: 9, count: 32)))
    let stored = try hash("needle")
    #expect(throws: PasswordHashError.otherPepper) { try stored.verifies(Password("needle"), pepper: other) }
  }

  @Test func `a lower cost or an older pepper asks for renewal`() throws {
    let next = try #require(Pepper(id: "p2", key: [UInt8](repeating: 9, count: 32)))
    let stored = try hash("needle")
    #expect(!stored.needsRenewal(cost: cost, pepper: pepper))
    #expect(!stored.needsRenewal(cost: .belowMinimumForTests(1), pepper: pepper))
    #expect(stored.needsRenewal(cost: .default, pepper: pepper))
    #expect(stored.needsRenewal(cost: cost, pepper: next))
  }

  @Test func `a salt shorter than sixteen bytes is refused`() {
    #expect(throws: PasswordHashError.saltOutOfRange) {
      try PasswordHash.make(Password("needle"), cost: cost, pepper: pepper, salt: [UInt8](repeating: 1, count: 15))
    }
  }

  @Test func `a stored text that was damaged is no hash`() throws {
    let text = try hash("needle").text
    #expect(PasswordHash(text) == (try hash("needle")))
    let damaged = [
      "", "$", String(text.dropFirst()), String(text.dropLast()), text + "$", text + "=", text.replacing("i=2", with: "i=0"),
      text.replacing("i=2", with: "i=99999999999999999999"), text.replacing("i=2", with: "i=10000001"),
      text.replacing("v=1", with: "v=2"), text.replacing("p=p1", with: "p="), text.replacing("p=p1", with: "p=P1"),
      text.replacing("sha512", with: "sha256"), text.replacing("p=p1", with: "p=p1,x=1"),
    ]
    for text in damaged { #expect(PasswordHash(text) == nil) }
  }

  @Test func `a pepper needs a name that fits into a hash and 32 bytes`() {
    #expect(Pepper(id: "p1", key: [UInt8](repeating: 1, count: 31)) == nil)
    #expect(Pepper(id: "p$1", key: [UInt8](repeating: 1, count: 32)) == nil)
    #expect(Pepper.make(id: Identifier(trusted: "p3"), from: CountedRandomness()).revealKey().count == 32)
  }
}

@Suite(.threat("PWD12")) struct TheCostOfAPassword {
  @Test func `a configured cost lies between the minimum and the maximum`() {
    #expect(PasswordCost.default.iterations == 210_000)
    #expect(PasswordCost(iterations: 209_999) == nil)
    #expect(PasswordCost(iterations: 210_000) == .default)
    #expect(PasswordCost(iterations: 10_000_000)?.iterations == 10_000_000)
    #expect(PasswordCost(iterations: 10_000_001) == nil)
  }

  @Test func `nothing in the product asks for a cost below the minimum`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let files = try #require(FileManager.default.enumerator(at: root.appending(path: "Sources"), includingPropertiesForKeys: nil))
    var callers: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      if try String(contentsOf: file, encoding: .utf8).contains("belowMinimumForTests") { callers.append(file.lastPathComponent) }
    }
    #expect(callers == ["PasswordCost.swift"])
  }
}
