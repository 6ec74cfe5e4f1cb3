internal import Identity
package import Primitives

/// How a store behaves; everything else about it is fixed.
package struct StorageOptions: Sendable {
  /// Tells the time by which long-ended grants are left out of a whole policy; the store judges no expiry of its own accord.
  package var now: @Sendable () -> Timestamp
  /// How long a commit waits for another program's lock before it is refused with `StoreError.unavailable`; a write may stand behind another
  /// commit for as long again.
  package var busyTimeout: Duration = .seconds(5)
  /// How long opening and migrating wait for another program that does the same: much stored takes its time to bring up.
  package var startTimeout: Duration = .seconds(60)
  /// How many reads run at once, each on a connection of its own.
  package var readers = 4
  /// How many reads wait at most; one more is refused with `StoreError.unavailable`.
  package var waitingReads = 4_096
  /// How often other processes' commits are looked for. Must stay well under the 250 ms that the contract promises.
  package var watchInterval: Duration = .milliseconds(100)
  /// How long a grant that ended is kept in the policy: longer than any access token lives.
  package var endedGrantsAreKept = PolicySnapshot.endedAreKept
  /// How many waiting writes share one commit at most.
  package var writesPerCommit = 64
  /// How many writes wait at most; one more is refused with `StoreError.unavailable`. A disk that takes a hundred commits a second is through with
  /// them in two thirds of one.
  package var waitingWrites = 4_096
  /// How many bytes the write-ahead log may have before it is cut (`SQLiteStore.cutLog`). A log that no reader holds up stays near 4 MB.
  package var longestLog: Int64 = 64 << 20

  package init(now: @escaping @Sendable () -> Timestamp) { self.now = now }
}
