internal import CCurl

/// One conversation with an SMTP server about one letter. Used once, on one thread.
final class SMTPTransfer {
  private let message: ComposedMessage
  private let settings: SMTPSettings
  private let stop: StopFlag
  private let deadline: ContinuousClock.Instant
  private var conversation = SMTPConversation()
  private var sent = 0

  init(_ message: ComposedMessage, _ settings: SMTPSettings, _ stop: StopFlag) {
    self.message = message
    self.settings = settings
    self.stop = stop
    deadline = .now + settings.totalTimeout
  }

  func perform() throws(DeliveryFailure) {
    guard Self.isLibraryReady, let handle = curl_easy_init() else { throw .temporary("libcurl does not start") }
    defer { curl_easy_cleanup(handle) }
    let recipients = curl_slist_append(nil, "<\(message.recipient.text)>")
    defer { curl_slist_free_all(recipients) }
    guard recipients != nil, configure(Options(handle), recipients) else { throw .temporary("libcurl refuses an option") }

    let result = curl_easy_perform(handle)
    guard result != CURLE_OK else { return }
    var code = 0
    usher_curl_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &code)
    throw conversation.failure(result, lastAnswer: code)
  }

  /// Once in the process, before the first handle; later calls see the same answer.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private func configure(_ options: Options, _ recipients: UnsafeMutablePointer<curl_slist>?) -> Bool {
    options.set(CURLOPT_URL, settings.url)
    options.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    // Neither a proxy of the environment nor a .netrc has a say in where letters go.
    options.set(CURLOPT_PROXY, "")
    options.set(CURLOPT_NETRC, 0)
    options.set(CURLOPT_NOSIGNAL, 1)
    options.set(CURLOPT_CONNECTTIMEOUT_MS, settings.connectTimeout.wholeMilliseconds)
    options.set(CURLOPT_TIMEOUT_MS, settings.totalTimeout.wholeMilliseconds)
    // The farewell (QUIT) is bounded by these two alone: by the server's patience, and by us while the connection is still ours.
    options.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(settings.totalTimeout.wholeMilliseconds / 1_000, 1))
    options.set(CURLOPT_FORBID_REUSE, 1)
    secure(options)
    if let credentials = settings.credentials {
      options.set(CURLOPT_USERNAME, credentials.user)
      options.set(CURLOPT_PASSWORD, credentials.password)
    }
    options.set(CURLOPT_MAIL_FROM, "<\(message.sender.text)>")
    options.set(CURLOPT_MAIL_RCPT, recipients)
    options.set(CURLOPT_UPLOAD, 1)
    options.set(CURLOPT_INFILESIZE, message.bytes.count)
    listen(options)
    return options.allTaken
  }

  private func secure(_ options: Options) {
    let encrypted = settings.security != .plaintextOnLoopback
    options.set(CURLOPT_USE_SSL, encrypted ? Int(CURLUSESSL_ALL.rawValue) : Int(CURLUSESSL_NONE.rawValue))
    options.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    options.set(CURLOPT_SSL_VERIFYPEER, 1)
    options.set(CURLOPT_SSL_VERIFYHOST, 2)
    guard let authorities = settings.certificateAuthorities else { return }
    options.set(CURLOPT_CAINFO, authorities)
    // Otherwise the system's folder of authorities would be trusted beside the file.
    options.clear(CURLOPT_CAPATH)
  }

  /// The callbacks run inside `curl_easy_perform`, on its thread, while `self` is alive.
  private func listen(_ options: Options) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    options.set(CURLOPT_READDATA, context)
    usher_curl_setopt_callback(options.handle, CURLOPT_READFUNCTION) { buffer, size, count, context in
      guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
      let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
      return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }
    // Debugging is how libcurl tells which command an answer belongs to; nothing of it is kept but the verb and the answer's class.
    options.set(CURLOPT_VERBOSE, 1)
    options.set(CURLOPT_DEBUGDATA, context)
    usher_curl_setopt_debug(options.handle) { _, kind, bytes, count, context in
      guard let bytes, let context else { return 0 }
      let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
      let line = UnsafeRawBufferPointer(start: bytes, count: count)
      if kind == CURLINFO_HEADER_OUT { transfer.conversation.said(line) }
      if kind == CURLINFO_HEADER_IN { transfer.conversation.heard(line) }
      return 0
    }
    options.set(CURLOPT_NOPROGRESS, 0)
    options.set(CURLOPT_XFERINFODATA, context)
    usher_curl_setopt_progress(options.handle) { context, _, _, _, _ in
      guard let context else { return 0 }
      return Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
    }
  }

  /// Asked by libcurl at least once a second.
  private var isOver: Bool { stop.isRaised || ContinuousClock.now > deadline }

  private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let next = message.bytes[sent...].prefix(buffer.count)
    buffer.copyBytes(from: next)
    sent += next.count
    return next.count
  }
}

/// Options of one handle, remembering whether one was refused.
private final class Options {
  let handle: UnsafeMutableRawPointer
  private(set) var allTaken = true

  init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

  func set(_ option: CURLoption, _ value: String) { note(usher_curl_setopt_string(handle, option, value)) }
  func set(_ option: CURLoption, _ value: Int) { note(usher_curl_setopt_long(handle, option, value)) }
  func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) { note(usher_curl_setopt_pointer(handle, option, value)) }
  func set(_ option: CURLoption, _ value: UnsafeMutablePointer<curl_slist>?) {
    note(usher_curl_setopt_list(handle, option, value))
  }
  func clear(_ option: CURLoption) { note(usher_curl_setopt_string(handle, option, nil)) }

  private func note(_ result: CURLcode) { allTaken = allTaken && result == CURLE_OK }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int {
    let milliseconds = self / .milliseconds(1)
    return Int(min(max(milliseconds.rounded(.up), 1), 3_600_000))
  }
}
