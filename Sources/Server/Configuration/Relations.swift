internal import Primitives

extension Configuration {
  /// What each setting cannot see alone.
  var relationProblems: [ConfigurationProblem] {
    addresses.problems + letters.problems + lifetimes.problems
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
    if !listen.address.isLoopback, trustedProxies.isEmpty {
      problems.append(
        ConfigurationProblem(
          "listen is '\(listen)', which others can reach, but Usher speaks plain HTTP: put a proxy with TLS in front and name it in "
            + "trusted_proxies, or listen on 127.0.0.1"))
    }
    return problems
  }
}

extension Configuration.Letters {
  fileprivate var problems: [ConfigurationProblem] {
    guard let server else { return [] }
    return (server.user == nil) == (server.passwordFile == nil)
      ? [] : [ConfigurationProblem("smtp_user and smtp_password_file must be given both or neither")]
  }
}

extension Configuration.Lifetimes {
  fileprivate var problems: [ConfigurationProblem] {
    let pairs = [
      (Settings.workSessionIdle.name, workSessionIdle, Settings.workSessionLifetime.name, workSession),
      (Settings.personalSessionIdle.name, personalSessionIdle, Settings.personalSessionLifetime.name, personalSession),
      (Settings.offlineRefreshIdle.name, offlineRefreshIdle, Settings.offlineRefreshLifetime.name, offlineRefresh),
    ]
    return pairs.filter { $0.1 > $0.3 }.map { idleName, idle, lifeName, life in
      ConfigurationProblem(
        "\(idleName) (\(DurationText.write(idle))) must not be longer than \(lifeName) (\(DurationText.write(life)))")
    }
  }
}
