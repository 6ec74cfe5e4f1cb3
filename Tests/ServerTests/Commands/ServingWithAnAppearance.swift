internal import Foundation
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite(.timeLimit(.minutes(5))) struct ServingWithAnAppearance {
  @Test func `files of the folder change what pages show and say, and what letters say`() async throws {
    try await inTemporaryFolder { folder in
      try put(
        [
          "styles.css": "body { color: teal }", "sign-out.mustache": "<p>Own template, {{say.frame.brand}}</p>",
          "en.json": #"{"signIn": {"title": "Come in to {portal}"}, "letter": {"closing": "Yours at the door,"}}"#,
        ], folder + "/look")
      let usher = try await RunningUsher.start(["--appearance-folder", "look", "--portal-name", "Contoso & Sons"], in: folder)
      let browser = TestBrowser(client: usher.client, origin: try #require(Origin("http://127.0.0.1:\(usher.port)")))
      let signIn = try await browser.open("/sign-in")
      #expect(signIn.heading == "Come in to Contoso & Sons")
      #expect(signIn.html.contains("· Contoso &amp; Sons</title>") && !signIn.html.contains("Usher"))
      #expect(try await usher.client.get("/styles.css").text == "body { color: teal }")

      let form = try #require(try await browser.open("/sign-up").form(to: "/sign-up"))
      let page = try await browser.submit(
        form,
        [
          ("email", "ada@private.test"), ("given_name", "Ada"), ("family_name", "King"), ("password", TestWorld.password),
          ("password_again", TestWorld.password),
        ])
      #expect(page.address == "/sign-up/check-mail")
      #expect(await usher.logged("letter delivered"))
      let letter = try onlyLetter(in: folder)
      #expect(letter.contains("\r\nFrom: Contoso & Sons <usher@localhost>\r\n"))
      #expect(letter.contains("\r\nYours at the door,\r\nContoso & Sons\r\n"))
      #expect(!letter.contains("Usher"))
      usher.tellToStop()
      #expect(await usher.ended() == 0)
    }
  }

  @Test(arguments: [
    ("sign-in.mustache", "{{#open}}", "the template sign-in.mustache is malformed"),
    (
      "sign-in.mustache", "{{say.signIn.titel}}",
      "the template sign-in.mustache names the sentence signIn.titel, which there is not"
    ),
    ("sing-in.mustache", "", "the file sing-in.mustache replaces nothing"),
    ("en.json", "[", "en.json is no table of sentences"),
    ("en.json", #"{"signIn": {"titel": "Come in"}}"#, "en.json replaces the sentence signIn.titel, which there is not"),
  ])
  func `a file that cannot be right stops the start in words, before anything is made`(
    _ name: String, _ content: String, _ words: String
  ) async throws {
    try await inTemporaryFolder { folder in
      try put([name: content], folder + "/look")
      for command in ["check-configuration", "serve"] {
        let run = try await CommandLineRun.usher([command, "--appearance-folder", "look"], in: folder)
        #expect(run.status != 0)
        #expect(run.errors.contains("appearance_folder (look) cannot be used: \(words)."), "\(run.errors)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["look"])
    }
  }

  @Test func `a folder that is not there, and a file that is no text, stop the start too`() async throws {
    try await inTemporaryFolder { folder in
      let missing = try await CommandLineRun.usher(["check-configuration", "--appearance-folder", "none"], in: folder)
      #expect(missing.status != 0 && missing.errors.contains("appearance_folder (none) cannot be used: it cannot be read"))
      try put([:], folder + "/look")
      try Data([0x62, 0xFF, 0xFE]).write(to: URL(filePath: folder + "/look/styles.css"))
      let binary = try await CommandLineRun.usher(["check-configuration", "--appearance-folder", "look"], in: folder)
      #expect(binary.status != 0 && binary.errors.contains("the file styles.css is not UTF-8"))
    }
  }

  private func put(_ files: [String: String], _ folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, content) in files { try content.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
  }

  private func onlyLetter(in folder: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/data/mail").filter { $0.hasSuffix(".eml") }
    #expect(names.count == 1)
    return try String(contentsOfFile: "\(folder)/data/mail/\(try #require(names.first))", encoding: .utf8)
  }
}
