internal import Identity
internal import Logging
internal import Primitives
internal import Testing

@testable internal import Server

@Suite struct ReadingSettings {
  @Test func `without any setting the standard configuration is loopback and valid`() throws {
    let configuration = try Configuration(GivenSettings())
    #expect(configuration.addresses.publicAddress.description == "http://127.0.0.1:8080")
    #expect(configuration.addresses.listen.address.isLoopback)
    #expect(configuration.letters.server == nil)
    #expect(configuration.storage.database == .file("data/usher.sqlite"))
    #expect(configuration.identity.lifetimes.invitation == .days(60))
  }

  /// What nobody configured must be what the mission says, and there is one place for it: Identity's own defaults.
  @Test func `the standard lifetimes and throttles are those of the product`() throws {
    let configuration = try Configuration(GivenSettings())
    #expect(configuration.identity.lifetimes == Lifetimes())
    #expect(configuration.identity.throttle == ThrottleSettings())
    #expect(configuration.passwords.cost == .default)
  }

  @Test func `the public address follows the listening one, until it is given`() throws {
    var given = GivenSettings()
    given.takeFlags(["--listen", "[::1]:9090"])
    #expect(try Configuration(given).identity.publicAddress == "http://[::1]:9090")
    given.takeFlags(["--public-address", "https://usher.example.com", "--trusted-proxies", "127.0.0.1"])
    #expect(try Configuration(given).identity.publicAddress == "https://usher.example.com")
  }

  @Test func `the environment wins over the file and a flag over both`() throws {
    var given = GivenSettings()
    ConfigurationFile.take("log_level: debug\nsmtp_port: 26\nhashing_queue: 7\n", path: "usher.yaml", into: &given)
    given.takeEnvironment(["USHER_LOG_LEVEL": "error", "USHER_SMTP_PORT": "27", "USHER_PORT": "tcp://10.0.0.1:80"])
    given.takeFlags(["--log-level", "warning"])
    #expect(try Configuration(given).log.level == .warning)
    #expect(given.texts["log_level"]?.source == .flag("--log-level"))
    #expect(given.texts["smtp_port"] == .init(text: "27", source: .environment(variable: "USHER_SMTP_PORT")))
    #expect(given.texts["hashing_queue"] == .init(text: "7", source: .file("usher.yaml", line: 3)))
  }

  @Test func `a flag may carry its value after an equals sign`() throws {
    var given = GivenSettings()
    given.takeFlags(["--data-folder=/srv/a=b", "--smtp-host=mail.example"])
    let configuration = try Configuration(given)
    #expect(configuration.storage.database == .file("/srv/a=b/usher.sqlite"))
    #expect(configuration.letters.server?.host == "mail.example")
  }

  @Test func `a list may be a list of YAML or have commas`() throws {
    for text in [
      "trusted_proxies: [10.0.0.0/8, 192.0.2.1]", "trusted_proxies: 10.0.0.0/8,192.0.2.1",
      "trusted_proxies:\n- 10.0.0.0/8\n- 192.0.2.1",
    ] {
      var given = GivenSettings()
      ConfigurationFile.take(text, path: "usher.yaml", into: &given)
      #expect(try Configuration(given).addresses.trustedProxies.map(\.description) == ["10.0.0.0/8", "192.0.2.1"])
    }
  }

  @Test func `everything that is wrong is told at once, with the key, its line and what is allowed`() {
    var given = GivenSettings()
    ConfigurationFile.take(
      "# our portal\npublic_adress: https://usher.example.com\naccess_token_lifetime: 16m\nsmtp_port: '0x19'\n",
      path: "usher.yaml", into: &given)
    given.takeFlags(["--work-session-idle", "13h", "--listen", "0.0.0.0:8080", "--log-level"])
    let refusal = #expect(throws: ConfigurationRefusal.self) { try Configuration(given) }
    #expect(
      refusal?.problems.map(\.description) == [
        "public_adress (usher.yaml, line 2) is not a setting; did you mean public_address?",
        "the flag --log-level needs a value",
        "smtp_port (usher.yaml, line 4) must be a whole number from 1 to 65535, not '0x19'",
        "access_token_lifetime (usher.yaml, line 3) must be a time from 1m to 15m, such as 90s, 5m, 8h or 14d, not '16m'",
        "public_address must begin with https:// unless it names a loopback address, not 'http://0.0.0.0:8080'",
        "listen is '0.0.0.0:8080', which others can reach, but Usher speaks plain HTTP: put a proxy with TLS in front and name it in "
          + "trusted_proxies, or listen on 127.0.0.1",
        "work_session_idle (13h) must not be longer than work_session_lifetime (12h)",
      ])
  }

  @Test(arguments: ["a: [b", "- a\n- b", "just words", "log_level: info\nlog_level: debug", "log_level: {a: b}"])
  func `a file that is no flat list of settings is refused`(text: String) {
    var given = GivenSettings()
    ConfigurationFile.take(text, path: "usher.yaml", into: &given)
    #expect(throws: ConfigurationRefusal.self) { try Configuration(given) }
  }

  @Test(arguments: ["", "# nothing yet\n"])
  func `an empty file sets nothing`(text: String) throws {
    var given = GivenSettings()
    ConfigurationFile.take(text, path: "usher.yaml", into: &given)
    _ = try Configuration(given)
  }

  @Test func `a wrong value is quoted without its control signs, and cut`() {
    var given = GivenSettings()
    given.takeFlags(["--log-format", "\u{1b}[31m\n" + String(repeating: "x", count: 1000)])
    let refusal = #expect(throws: ConfigurationRefusal.self) { try Configuration(given) }
    let text = refusal?.description ?? ""
    #expect(!text.contains("\u{1b}") && !text.contains("\n") && text.utf8.count < 400)
  }
}

@Suite struct CheckingSettingsTogether {
  @Test(arguments: [
    ["--public-address", "http://usher.example.com"],
    ["--public-address", "https://usher.example.com/", "--trusted-proxies", "127.0.0.1"],
    ["--public-address", "https://usher.example.com"],
    ["--listen", "[::]:8080"],
    ["--listen", "127.0.0.1:0"],
    ["--listen", "0.0.0.0:8080", "--trusted-proxies", "10.0.0.0/8"],
    ["--smtp-host", "mail.example", "--smtp-user", "usher"],
    ["--smtp-host", "mail.example", "--smtp-password-file", "password"],
    ["--smtp-host", "mail.example", "--smtp-security", "none"],
    ["--personal-session-lifetime", "1h"],
    ["--offline-refresh-lifetime", "1d"],
  ])
  func `a combination that cannot be safe is refused`(flags: [String]) {
    var given = GivenSettings()
    given.takeFlags(flags)
    #expect(throws: ConfigurationRefusal.self) { try Configuration(given) }
  }

  @Test(arguments: [
    ["--public-address", "https://usher.example.com", "--listen", "0.0.0.0:8080", "--trusted-proxies", "10.0.0.0/8"],
    ["--smtp-host", "localhost", "--smtp-security", "none"],
    ["--public-address", "http://localhost:9090", "--listen", "[::1]:9090"],
    ["--smtp-host", "mail.example", "--smtp-user", "usher", "--smtp-password-file", "password"],
  ])
  func `a sound combination is taken`(flags: [String]) throws {
    var given = GivenSettings()
    given.takeFlags(flags)
    _ = try Configuration(given)
  }

  @Test func `the sender of letters is a mailbox of the public host`() throws {
    var given = GivenSettings()
    #expect(try Configuration(given).letters.from.text == "usher@localhost")
    given.takeFlags(["--public-address", "https://usher.example.com", "--trusted-proxies", "127.0.0.1"])
    #expect(try Configuration(given).letters.from.text == "usher@usher.example.com")
  }
}
