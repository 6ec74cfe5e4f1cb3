internal import Foundation

/// The independent programs that tests check us with: scripts of Tests/Interop, run by the Python of the test tools.
package enum InteropTools {
  package struct Missing: Error, CustomStringConvertible {
    package let description = "the test tools are not installed: run deploy/test, or deploy/install test"
  }

  /// The interpreter with the packages of deploy/test-tools.txt.
  package static func python() throws -> String {
    let path =
      ProcessInfo.processInfo.environment["USHER_TEST_PYTHON"] ?? repository.appending(path: ".build/test-tools/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing() }
    return path
  }

  package static func script(_ name: String) -> String {
    repository.appending(path: "Tests/Interop/\(name)").path
  }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
}

/// Gives a test a folder of its own and takes it away afterwards.
package func withTemporaryFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
  let folder = FileManager.default.temporaryDirectory.appending(path: "usher-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}
