internal import ArgumentParser
internal import Foundation
internal import Identity
internal import Primitives
internal import TestKit
internal import Testing

@testable internal import Server

@Suite struct UsingTheCommandLine {
  @Test func `the help names every command, and each command has help of its own`() async throws {
    try await inTemporaryFolder { folder in
      let help = try await CommandLineRun.usher(["--help"], in: folder)
      #expect(help.status == 0)
      for command in Usher.configuration.subcommands {
        let name = command._commandName
        #expect(help.output.contains("\n  \(name) "), "\(name)")
        let parts = command.configuration.subcommands.map { [name, $0._commandName] }
        for words in parts.isEmpty ? [[name]] : parts {
          let own = try await CommandLineRun.usher(words + ["--help"], in: folder)
          #expect(own.status == 0 && own.output.contains("USAGE: usher \(words.joined(separator: " "))"))
          #expect(own.output.contains("--configuration <file>") && own.output.contains("check-configuration"))
        }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `a mistake in the configuration stops every command before it touches anything`() async throws {
    try await inTemporaryFolder { folder in
      try "log_levl: info\n".write(toFile: folder + "/usher.yaml", atomically: true, encoding: .utf8)
      for command in [["migrate"], ["rotate-keys"], ["check-configuration"]] {
        let run = try await CommandLineRun.usher(
          command + ["--smtp-port", "0"], environment: ["USHER_CONFIGURATION": "usher.yaml"], in: folder)
        #expect(run.status != 0)
        #expect(run.errors.contains("log_levl (usher.yaml, line 1) is not a setting; did you mean log_level?"))
        #expect(run.errors.contains("smtp_port (the flag --smtp-port) must be a whole number from 1 to 65535"))
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["usher.yaml"])
    }
  }

  @Test func `a configuration file that cannot be read is an error`() async throws {
    try await inTemporaryFolder { folder in
      let run = try await CommandLineRun.usher(["check-configuration", "--configuration", "none.yaml"], in: folder)
      #expect(run.status != 0 && run.errors.contains("none.yaml cannot be read: there is no such file"))
    }
  }

  @Test func `checking tells what is in force and who said so`() async throws {
    try await inTemporaryFolder { folder in
      let run = try await CommandLineRun.usher(
        ["check-configuration", "--log-format=json"], environment: ["USHER_LOG_LEVEL": "debug"], in: folder)
      #expect(run.status == 0)
      let lines = run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
      #expect(lines.contains("log_format = json (the flag --log-format)"))
      #expect(lines.contains("log_level = debug (the environment variable USHER_LOG_LEVEL)"))
      #expect(lines.contains("smtp_port = 587 (standard)"))
    }
  }

  @Test(.threat("PWD13")) func `the first operator comes in by a link that is printed once, and there is no other way in`()
    async throws
  {
    try await inTemporaryFolder { folder in
      let arguments = ["create-operator", "--email", "ada@portal.example", "--first-name", "Ada", "--last-name", "Osei"]
      let run = try await CommandLineRun.usher(arguments, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let link = try #require(run.output.split(separator: "\n").last)
      #expect(link.wholeMatch(of: /http:\/\/127\.0\.0\.1:8080\/invitation\/[A-Za-z0-9_-]{43}/) != nil)
      let secret = try #require(link.split(separator: "/").last)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder + "/data") {
        let file = try Data(contentsOf: URL(filePath: "\(folder)/data/\(name)"))
        #expect(file.range(of: Data(secret.utf8)) == nil, "\(name)")
      }
    }
  }

  @Test func `nonsense in the place of an operator is refused in words`() async throws {
    try await inTemporaryFolder { folder in
      let names = ["--first-name", "Ada", "--last-name", "Osei"]
      for wrong in [["--email", "ada"] + names, ["--email", "ada@portal.example", "--language", "xx"] + names] {
        let run = try await CommandLineRun.usher(["create-operator"] + wrong, in: folder)
        #expect(run.status == 64 && !run.errors.isEmpty)
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `the jobs are shown with their age, failures, holder and last error`() async throws {
    let now = Timestamp(seconds: 1_772_442_000)
    let job = Job(
      id: JobID(trusted: "01letter"), kind: .letter, carries: "v1.sealed", createdAt: now - .hours(26), dueAt: now + .seconds(90),
      lease: Lease(holder: InstanceName(trusted: "node-7-0123456789"), until: now + .minutes(5)), attempts: 3,
      lastError: "RCPT answered\n450")
    #expect(
      JobTable.line(job, at: now).split(separator: " ").joined(separator: " ")
        == #"letter 01letter 1d in 1m 3 node-7-0123456789 RCPT answered\n450"#)
    #expect(JobTable.line(job, at: now + .hours(1)).contains("  58m ago  "))
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      let run = try await CommandLineRun.usher(["jobs", "--failing"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.split(separator: "\n").count == 1 && run.output.hasPrefix("KIND "))
    }
  }

  @Test func `a job is run at once or deleted by its name, and what cannot be is said`() async throws {
    try await inTemporaryFolder { folder in
      let installation = try await Installation.make(in: folder)
      let now = SystemClock.now()
      let job = Job(
        id: JobID(trusted: "01letter"), kind: .letter, carries: "{}", createdAt: now, dueAt: now + .hours(1), attempts: 2,
        giveUpAt: now + .days(3), lastError: "450 later")
      try await installation.withFoundations { foundations in
        try await foundations.environment.store.write { tx in
          try tx.insert(job)
          try tx.repeatJob(.cleanUp, every: .hours(1), dueAt: now + .hours(1), createdAt: now)
        }
      }
      let run = try await CommandLineRun.usher(["jobs", "run", "01letter"], in: folder)
      #expect(run.status == 0 && run.output == "letter 01letter is due now.\n", "\(run.errors)")
      let listed = try await CommandLineRun.usher(["jobs"], in: folder)
      #expect(listed.output.contains("01letter") && listed.output.contains("clean-up") && listed.output.contains(" ago "))
      let repeated = try await CommandLineRun.usher(["jobs", "delete", "clean-up"], in: folder)
      #expect(repeated.status != 0 && repeated.errors.contains("clean-up is repeated"))
      #expect(try await CommandLineRun.usher(["jobs", "delete", "01letter"], in: folder).status == 0)
      let gone = try await CommandLineRun.usher(["jobs", "delete", "01letter"], in: folder)
      #expect(gone.status != 0 && gone.errors.contains("there is no job 01letter"))
    }
  }

  @Test func `rotating makes a key of each algorithm that signs once everybody can know it`() async throws {
    try await inTemporaryFolder { folder in
      #expect(try await CommandLineRun.usher(["migrate"], in: folder).status == 0)
      let run = try await CommandLineRun.usher(["rotate-keys"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let lines = run.output.split(separator: "\n")
      #expect(lines.count == 2 && lines[0].hasPrefix("ES256  ") && lines[1].hasPrefix("RS256  "))
    }
  }
}
