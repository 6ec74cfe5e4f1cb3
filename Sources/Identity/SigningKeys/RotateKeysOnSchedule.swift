internal import Primitives

extension Job.Kind {
  package static let keyRotation = Job.Kind(rawValue: "key-rotation")
}

extension RepeatedWork {
  /// Replaces the token signing keys when they have become old, by hand or by an earlier run alike: their age decides, and is looked at once more
  /// in the transaction that replaces them. So they are never rotated twice, whoever believes to hold the job.
  package static func keyRotation(every interval: Duration, env: Environment) -> RepeatedWork {
    RepeatedWork(
      .keyRotation, every: interval, firstDue: { tx, _ in try SigningKeyVault.rotationDue(tx, every: interval) },
      perform: { _ in
        let occasion = env.occasion(of: Actor(.command("key-rotation"), address: nil, requestID: nil))
        try await RotateSigningKeys()(ifOlderThan: interval, occasion, env: env)
        return try await env.store.read { tx in try SigningKeyVault.rotationDue(tx, every: interval) }
      })
  }
}
