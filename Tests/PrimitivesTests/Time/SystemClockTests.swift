import Primitives
import Testing

@Suite struct WaitingForASecond {
  @Test func `whoever waited for the end of a second is in a later one`() async throws {
    let moment = SystemClock.now()
    try await SystemClock.waitForEnd(ofSecondOf: moment)
    #expect(SystemClock.now().seconds > moment.seconds)
  }
}
