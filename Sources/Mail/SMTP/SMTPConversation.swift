internal import CCurl

/// What was said last, so that a refusal of the recipient can be told from a refusal of us.
///
/// A 5xx answer to RCPT, or to the message itself, is about this letter and final (RFC 5321 §4.2.1). The same answer to MAIL, AUTH or
/// STARTTLS is about our settings, which somebody may mend: the letter waits. So does one whose enhanced status is `5.7.…` (RFC 3463
/// §3.8): a policy refused us, not the mailbox.
struct SMTPConversation {
  enum Step: String {
    case connecting, EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA

    static let commands: [Step] = [.EHLO, .HELO, .STARTTLS, .AUTH, .MAIL, .RCPT, .DATA]
  }

  private(set) var step = Step.connecting
  private var refusedByPolicy = false

  /// Continuation lines of AUTH are credentials: only a known verb is looked at, and nothing is kept of the rest.
  mutating func said(_ line: UnsafeRawBufferPointer) {
    guard let command = Step.commands.first(where: { line.starts(with: $0.rawValue.utf8) }) else { return }
    step = command
    refusedByPolicy = false
  }

  mutating func heard(_ line: UnsafeRawBufferPointer) {
    guard line.first == UInt8(ascii: "5"), line.count > 8 else { return }
    refusedByPolicy = line[4...].starts(with: "5.7.".utf8)
  }

  func failure(_ result: CURLcode, lastAnswer code: Int) -> DeliveryFailure {
    let refused = result == CURLE_SEND_ERROR || result == CURLE_WEIRD_SERVER_REPLY || result == CURLE_LOGIN_DENIED
    guard refused, code >= 400 else {
      return .temporary("\(step.rawValue): \(String(cString: curl_easy_strerror(result)))")
    }
    let reason = "\(step.rawValue) answered \(code)"
    let isAboutTheLetter = step == .RCPT || step == .DATA
    return isAboutTheLetter && (500...599).contains(code) && !refusedByPolicy ? .permanent(reason) : .temporary(reason)
  }
}
