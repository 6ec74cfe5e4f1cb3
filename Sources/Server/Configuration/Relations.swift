internal import Identity
internal import Mail
internal import Primitives

extension Configuration {
  /// What each setting cannot see alone.
  var relationProblems: [ConfigurationProblem] {
    addresses.problems + letters.problems + Self.problems(of: identity.lifetimes)
  }
}

extension Configuration.Addresses {
  fileprivate var problems: [ConfigurationProblem] {
    var problems: [ConfigurationProblem] = []
    if publicAddress.scheme != .https, !publicAddress.isLoopback {
      problems.append(
        ConfigurationProblem("public_address must begin with https:// unless it names a loopback address, not '\(publicAddress)'")
      )
    }
    if publicAddress.port == 0 {
      problems.append(ConfigurationProblem("public_address must be given when the port of listen is 0"))
    }
    if !listen.address.isLoopback, trustedProxies.isEmpty {
      problems.append(
        ConfigurationProblem(
          "listen is '\(listen)', which others can reach, but Usher speaks plain HTTP: put a proxy with TLS in front and name it in "
            + "trusted_proxies, or listen on 127.0.0.1"))
    }
    if listen.address.isLoopback, publicAddress.scheme == .https, trustedProxies.isEmpty {
      problems.append(
        ConfigurationProblem(
          "public_address is '\(publicAddress)', so a proxy with TLS stands in front: name its address in trusted_proxies (127.0.0.1 "
            + "when it runs on this machine), or every visitor seems to come from it and one who guesses passwords delays all"))
    }
    return problems
  }
}

extension Configuration.Letters {
  fileprivate var problems: [ConfigurationProblem] {
    guard let server else { return [] }
    var problems: [ConfigurationProblem] = []
    if (server.user == nil) != (server.passwordFile == nil) {
      problems.append(ConfigurationProblem("smtp_user and smtp_password_file must be given both or neither"))
    }
    do {
      _ = try server.settings(greetingName: "localhost", password: nil)
    } catch {
      problems.append(
        ConfigurationProblem(
          error == .plaintextBeyondLoopback
            ? "smtp_security may be none only when smtp_host is a loopback address"
            : "smtp_host is not a server: '\(server.host)'"))
    }
    return problems
  }
}

extension Configuration {
  fileprivate static func problems(of lifetimes: Lifetimes) -> [ConfigurationProblem] {
    let pairs = [
      (Settings.workSessionIdle.name, lifetimes.workSessionIdle, Settings.workSessionLifetime.name, lifetimes.workSession),
      (
        Settings.personalSessionIdle.name, lifetimes.personalSessionIdle, Settings.personalSessionLifetime.name,
        lifetimes.personalSession
      ),
      (Settings.offlineRefreshIdle.name, lifetimes.offlineIdle, Settings.offlineRefreshLifetime.name, lifetimes.offline),
    ]
    return pairs.filter { $0.1 > $0.3 }.map { idleName, idle, lifeName, life in
      ConfigurationProblem(
        "\(idleName) (\(DurationText.write(idle))) must not be longer than \(lifeName) (\(DurationText.write(life)))")
    }
  }
}
