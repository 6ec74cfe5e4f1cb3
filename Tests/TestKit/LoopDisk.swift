internal import Foundation
internal import Glibc

/// A small disk of its own, with a file system on it: it can be filled, made read-only, and lose its power.
///
/// It is a file that a loop device presents as a disk, mounted in a folder of its own. That takes root and loop devices; where they are missing, a
/// test says so and does not run, except in CI, where it fails.
package struct LoopDisk: Sendable {
  /// Where it is mounted.
  package let path: String
  private let image: String
  private let folder: String

  package static var mayBeTried: Bool {
    (geteuid() == 0 && access("/dev/loop-control", W_OK) == 0) || ProcessInfo.processInfo.environment["CI"] != nil
  }
  package static var whyNot: String {
    "this takes root and loop devices (/dev/loop-control): mounting a disk of its own is not possible here"
  }

  /// Makes and mounts one for as long as the body runs; afterwards nothing of it is left.
  package static func run<Value>(megabytes: Int, _ body: (LoopDisk) async throws -> Value) async throws -> Value {
    try await withTemporaryFolder { folder in
      let image = folder + "/disk"
      guard FileManager.default.createFile(atPath: image, contents: nil), truncate(image, megabytes << 20) == 0 else {
        throw TestWorld.Missing(what: "room for a disk of \(megabytes) MB")
      }
      try await ChildProcess.run("/usr/sbin/mkfs.ext4", ["-q", "-F", "-m", "0", image])
      return try await mounted(image, in: folder, at: "mounted", body)
    }
  }

  /// The file system does not write out of its own accord for as long as a test lasts: what was not synced stays in memory.
  private static func mounted<Value>(
    _ image: String, in folder: String, at name: String, _ body: (LoopDisk) async throws -> Value
  ) async throws -> Value {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    try await ChildProcess.run("/usr/bin/mount", ["-o", "loop,commit=600", image, path])
    let outcome: Result<Value, any Error>
    do {
      outcome = .success(try await body(LoopDisk(path: path, image: image, folder: folder)))
    } catch {
      outcome = .failure(error)
    }
    do {
      try await ChildProcess.run("/usr/bin/umount", [path])
    } catch {
      // Somebody still has a file open there: it goes when they do.
      try await ChildProcess.run("/usr/bin/umount", ["--lazy", path])
    }
    return try outcome.get()
  }

  /// Writes out what the file system has in memory.
  package func settle() async throws { try await ChildProcess.run("/usr/bin/sync", ["--file-system", path]) }

  /// Makes it read-only, or writable again.
  package func remount(readOnly: Bool) async throws {
    try await ChildProcess.run("/usr/bin/mount", ["-o", "remount,\(readOnly ? "ro" : "rw")", path])
  }

  /// Lets it break: what is in memory can be read, and nothing is written any more.
  package func fail() async throws { try await ChildProcess.run("/usr/bin/mount", ["-o", "remount,abort", path]) }

  /// The disk as it would be found if the power had gone now: a copy of what it was given so far, started anew.
  ///
  /// What a program wrote and nobody synced is in the memory of the file system and not on the disk, so it is not in the copy. (A real disk may
  /// besides lose what it was given since it was last told to flush; this one keeps it.) Nobody may be writing meanwhile.
  package func afterAPowerCut<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    let copy = folder + "/copy"
    try await ChildProcess.run("/usr/bin/cp", ["--sparse=always", image, copy])
    return try await Self.mounted(copy, in: folder, at: "mounted-again") { try await body($0.path) }
  }
}
