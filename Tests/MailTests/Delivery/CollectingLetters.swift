import Identity
import Mail
import Primitives
import TestKit
import Testing

@Suite struct CollectingLetters {
  @Test func `a letter box gives every due letter once, with its link`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter("01a"), SampleLetters.letter("01b", saying: SampleLetters.contents[1]))
    let box = LetterBox(office.store, sealer: SampleLetters.sealer)
    #expect(try await box.collect(at: SampleLetters.now - .seconds(1)).isEmpty)
    let received = try await box.collect(at: SampleLetters.now)
    #expect(received.map(\.link) == [SampleLetters.link, nil])
    #expect(received.map(\.recipient) == ["grace@contoso.test", "grace@contoso.test"])
    #expect(try await box.collect(at: SampleLetters.now).isEmpty)
  }
}
