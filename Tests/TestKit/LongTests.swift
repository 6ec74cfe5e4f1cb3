internal import Foundation

/// The long run of the suite: `USHER_LONG_TESTS=1 deploy/test`. Some tests do then a thousand times what they usually do fifty times.
package enum LongTests {
  package static var areAskedFor: Bool { ProcessInfo.processInfo.environment["USHER_LONG_TESTS"] == "1" }
}
