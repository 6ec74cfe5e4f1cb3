import Identity
import Localization
import Mail
import Primitives
import TestKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct CarryingLetters {
  @Test func `a due letter is delivered once and its row with the link is gone`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let transport = RecordingTransport()
    let postman = try office.postman(transport)
    await postman.deliverDue()
    await postman.deliverDue()
    #expect(transport.delivered.map(\.recipient.text) == ["grace@contoso.test"])
    #expect(try await office.waitingCount() == 0)
    #expect(try await office.audit().isEmpty)
  }

  @Test(.threat("OUT1")) func `a letter that fails is tried after 1, 2, 4 … minutes up to an hour, and as the same message`()
    async throws
  {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let transport = RecordingTransport(failing: Array(repeating: .temporary("server down"), count: 9))
    let postman = try office.postman(transport)
    await postman.deliverDue()
    for (index, minutes) in [1, 2, 4, 8, 16, 32, 60, 60, 60].enumerated() {
      office.clock.advance(by: .minutes(Int64(minutes)) - .microseconds(1))
      await postman.deliverDue()
      #expect(transport.attempts == index + 1, "not before its time")
      office.clock.advance(by: .microseconds(1))
      await postman.deliverDue()
      #expect(transport.attempts == index + 2, "at its time")
    }
    #expect(transport.delivered.count == 1)
    #expect(try await office.waitingCount() == 0)
  }

  @Test(.threat("OUT1")) func `after three days a letter is given up, and the audit trail says so without naming anybody`()
    async throws
  {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let transport = RecordingTransport(failing: Array(repeating: .temporary("server down"), count: 1_000))
    let postman = try office.postman(transport)
    let end = SampleLetters.now + .days(3)
    while office.clock.now() < end {
      await postman.deliverDue()
      #expect(try await office.waitingCount() == 1)
      office.clock.set(min(office.clock.now() + .hours(1), end))
    }
    await postman.deliverDue()
    #expect(try await office.waitingCount() == 0)
    let entry = try #require(await office.audit().last)
    #expect(entry.event == "letter.given-up" && entry.object == "letter:01letter" && entry.outcome == .failed)
    #expect(entry.details?["reason"] == "server down")
    #expect(entry.details?["attempts"]?.intValue == Int64(transport.attempts))
    #expect(entry.details?.text.contains("@") == false)
  }

  @Test(.threat("OUT1")) func `a letter whose recipient is refused for good is given up at once`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let transport = RecordingTransport(failing: [.permanent("RCPT answered 550")])
    try await office.postman(transport).deliverDue()
    #expect(try await office.waitingCount() == 0)
    #expect(try await office.audit().map(\.details) == [["reason": "RCPT answered 550", "attempts": 1]])
  }

  @Test func `a letter whose link has ended is given up instead of delivered`() async throws {
    let office = try await PostOffice()
    let content = LetterContent.confirmAddress(link: SampleLetters.link, expiresAt: SampleLetters.now + .hours(24))
    try await office.enqueue(SampleLetters.letter(saying: content))
    office.clock.advance(by: .hours(24))
    let transport = RecordingTransport()
    try await office.postman(transport).deliverDue()
    #expect(transport.attempts == 0)
    #expect(try await office.audit().map(\.details) == [["reason": "expired", "attempts": 1]])
  }

  @Test(.threat("KEY1")) func `a content moved from another letter does not open`() async throws {
    let office = try await PostOffice()
    let stolen = try SampleLetters.letter("01first")
    let mine = Letter(
      id: LetterID(trusted: "01second"), recipient: EmailAddress(stored: "eve@evil.test"), recipientName: "Eve",
      language: .english,
      sealedContent: stolen.sealedContent, createdAt: SampleLetters.now, nextAttemptAt: SampleLetters.now,
      giveUpAt: SampleLetters.now + .days(3))
    try await office.enqueue(mine)
    let transport = RecordingTransport()
    try await office.postman(transport).deliverDue()
    #expect(transport.attempts == 0)
    #expect(try await office.audit().map { $0.details?["reason"] } == ["unreadable"])
  }

  @Test func `a letter that this version cannot understand waits for one that can, and is given up when its time is over`()
    async throws
  {
    let office = try await PostOffice()
    let strange = Job(
      id: JobID(trusted: "01strange"), kind: .letter, carries: #"{"parcel":"large"}"#, createdAt: SampleLetters.now,
      dueAt: SampleLetters.now, giveUpAt: SampleLetters.now + .days(3))
    try await office.store.write { tx in try tx.insert(strange) }
    let transport = RecordingTransport()
    let postman = try office.postman(transport)
    await postman.deliverDue()
    #expect(try await office.audit().isEmpty)
    #expect(try await office.waitingCount() == 1)
    office.clock.advance(by: .days(3))
    await postman.deliverDue()
    #expect(try await office.waitingCount() == 0 && transport.attempts == 0)
    let entry = try #require(await office.audit().last)
    #expect(entry.object == "letter:01strange" && entry.details?["reason"] == "unreadable")
  }

  @Test func `one letter that cannot be delivered keeps no other waiting`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter("01a"), SampleLetters.letter("01b"), SampleLetters.letter("01c"))
    let transport = RecordingTransport(failing: [.temporary("greylisted")])
    try await office.postman(transport).deliverDue()
    #expect(transport.delivered.map(\.letter.text) == ["01b", "01c"])
    #expect(try await office.waitingCount() == 1)
  }

  @Test func `a letter leaves with the commit that wrote it, long before the next round`() async throws {
    let office = try await PostOffice()
    let transport = RecordingTransport()
    let postman = try office.postman(transport, round: .hours(1))
    let running = Task { await postman.run() }
    try await office.enqueue(SampleLetters.letter("01a"))
    await transport.waitForOne()
    try await office.enqueue(SampleLetters.letter("01b"))
    await transport.waitForOne()
    running.cancel()
    await running.value
    #expect(try await office.waitingCount() == 0)
  }

  @Test func `letters of another process are found by the next round`() async throws {
    let office = try await PostOffice()
    let transport = RecordingTransport()
    let postman = try office.postman(transport, round: .milliseconds(10))
    let running = Task { await postman.run() }
    try await office.enqueueElsewhere(SampleLetters.letter())
    await transport.waitForOne()
    running.cancel()
    await running.value
    #expect(try await office.waitingCount() == 0)
  }

  @Test func `a postman with nothing to carry now writes nothing`() async throws {
    let office = try await PostOffice()
    let store = CountedWrites(office.store)
    let postman = try office.postman(RecordingTransport(failing: [.temporary("server down")]), over: store)
    await postman.deliverDue()
    #expect(store.count == 0)
    try await office.enqueue(SampleLetters.letter())
    await postman.deliverDue()
    #expect(store.count == 2, "taken, and put off")
    await postman.deliverDue()
    #expect(store.count == 2)
  }

  @Test func `of two instances one carries each letter`() async throws {
    let office = try await PostOffice()
    let letters = try (0..<20).map { try SampleLetters.letter("01letter-\($0)") }
    try await office.store.write { tx in for letter in letters { try tx.enqueue(letter) } }
    let transport = RecordingTransport()
    let postmen = try ["one", "other"].map { try office.postman(transport, as: $0) }
    await withTaskGroup(of: Void.self) { group in
      for postman in postmen { group.addTask { await postman.deliverDue() } }
    }
    #expect(transport.attempts == 20 && Set(transport.delivered.map(\.letter)).count == 20)
    #expect(try await office.waitingCount() == 0)
  }

  @Test func `a letter in the hands of an instance that died is carried by another once its lease has ended`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let slow = SlowTransport()
    // It never hears from its transport again, which to the others is as good as dead.
    let dead = try office.postman(slow, as: "dead")
    let dying = Task { await dead.deliverDue() }
    await slow.waitUntilItBegins()
    let transport = RecordingTransport()
    let postman = try office.postman(transport, as: "alive")
    office.clock.advance(by: .minutes(10) - .microseconds(1))
    await postman.deliverDue()
    #expect(transport.attempts == 0)
    office.clock.advance(by: .microseconds(1))
    await postman.deliverDue()
    #expect(transport.delivered.count == 1)
    #expect(try await office.waitingCount() == 0)
    slow.letGo()
    await dying.value
    #expect(try await office.audit().isEmpty, "that it is gone is no failure")
  }

  @Test func `an instance that comes back too late says nothing about a letter that is another's now`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let slow = SlowTransport()
    let late = try office.postman(slow, as: "late", farewell: .zero)
    let returning = Task { await late.run() }
    await slow.waitUntilItBegins()
    office.clock.advance(by: .days(4))
    let now = office.clock.now()
    let taken = try await office.store.write { tx in
      try tx.takeDueLetters(at: now, heldBy: InstanceName(trusted: "other"), until: now + .minutes(10), limit: 1)
    }
    // Its delivery is broken off and fails long after the letter's end; giving it up is the other's business.
    returning.cancel()
    await returning.value
    #expect(taken.count == 1)
    #expect(try await office.waitingCount() == 1)
    #expect(try await office.audit().isEmpty)
  }

  @Test func `a stop finishes the letter in hand and begins no other`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter("01a"), SampleLetters.letter("01b"))
    let transport = SlowTransport()
    let postman = try office.postman(transport)
    let running = Task { await postman.run() }
    await transport.waitUntilItBegins()
    running.cancel()
    transport.letGo()
    await running.value
    #expect(transport.delivered == 1)
    #expect(try await office.waitingCount() == 1)
  }

  @Test func `a stop waits for the letter in hand only so long, and the letter is tried again`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter())
    let transport = SlowTransport()
    let postman = try office.postman(transport, farewell: .milliseconds(1))
    let running = Task { await postman.run() }
    await transport.waitUntilItBegins()
    running.cancel()
    await running.value
    #expect(transport.delivered == 0)
    #expect(try await office.waitingCount() == 1)
  }

  @Test(.threat("LOG2")) func `no log line holds a link, an address or a name`() async throws {
    let office = try await PostOffice()
    try await office.enqueue(SampleLetters.letter("01a"), SampleLetters.letter("01b"), SampleLetters.letter("01c"))
    let transport = RecordingTransport(failing: [.temporary("server down"), .permanent("RCPT answered 550")])
    try await office.postman(transport).deliverDue()
    #expect(office.log.lines.count == 3)
    for word in ["grace", "Grace", "Hopper", "contoso", "invitation", "qqqq"] {
      #expect(office.log.lines.allSatisfy { !$0.contains(word) })
    }
  }
}
