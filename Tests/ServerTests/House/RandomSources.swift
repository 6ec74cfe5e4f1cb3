internal import Foundation
internal import TestKit
internal import Testing

/// Where unpredictable bytes come from.
@Suite(.threat("KEY5")) struct RandomSources {
  @Test func `all of the product's randomness is the system's, asked for in one file`() throws {
    let others =
      /SystemRandomNumberGenerator|RandomNumberGenerator|arc4random|RAND_|\brand\(|drand48|srand|getrandom|\/dev\/u?random|\.random\(in|\.randomElement|\.shuffle|UUID\(\)/
    for file in try Repository.swiftFiles(under: "Sources") where file.lastPathComponent != "RandomSource.swift" {
      let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
        $0.firstMatch(of: /^\s*\/\//) == nil
      }
      for line in code { #expect(line.firstMatch(of: others) == nil, "\(file.lastPathComponent): \(line)") }
    }
    let source = try String(
      contentsOf: Repository.root.appending(path: "Sources/Primitives/Randomness/RandomSource.swift"), encoding: .utf8)
    #expect(source.contains("SystemRandomNumberGenerator()"))
  }
}
