internal import CCurl
internal import Dispatch
internal import Primitives

/// How a sample service talks to Usher behind the browser's back: one HTTP request by libcurl, on a thread of its own.
struct BackChannel: Sendable {
  struct Failure: Error {
    let what: String
  }

  struct Answer: Sendable {
    let status: Int
    let body: [UInt8]

    func json() throws -> JSONObject {
      guard let object = try JSON.parse(body).objectValue else { throw Failure(what: "the answer is not a JSON object") }
      return object
    }
  }

  private static let largestAnswer = 256 * 1024
  private let threads = DispatchQueue(label: "usher.sample.back-channel", attributes: .concurrent)

  func get(_ url: String, bearer: String? = nil) async throws -> Answer {
    try await perform(url, headers: bearer.map { ["Authorization: Bearer \($0)"] } ?? [], body: nil)
  }

  func post(_ url: String, form: [(name: String, value: String)], basic: (id: String, secret: String)? = nil) async throws
    -> Answer
  {
    var headers = ["Content-Type: application/x-www-form-urlencoded"]
    if let basic {
      // RFC 6749 §2.3.1: both halves are form-encoded before they are joined.
      let pair = "\(PercentEncoding.encode(component: basic.id)):\(PercentEncoding.encode(component: basic.secret))"
      headers.append("Authorization: Basic \(Base64.encode(Array(pair.utf8)))")
    }
    return try await perform(url, headers: headers, body: Array(FormFields(form).encoded.utf8))
  }

  func post(_ url: String, json: JSON, bearer: String) async throws -> Answer {
    try await perform(url, headers: ["Content-Type: application/json", "Authorization: Bearer \(bearer)"], body: json.encoded())
  }

  private func perform(_ url: String, headers: [String], body: [UInt8]?) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
      threads.async { continuation.resume(with: Result { try Self.exchange(url, headers: headers, body: body) }) }
    }
  }

  /// Collects what libcurl hands over; libcurl keeps a pointer to it for the length of one call.
  private final class Collector {
    var bytes: [UInt8] = []
  }

  private static func exchange(_ url: String, headers: [String], body: [UInt8]?) throws -> Answer {
    guard let handle = curl_easy_init() else { throw Failure(what: "libcurl did not start") }
    defer { curl_easy_cleanup(handle) }
    var list: UnsafeMutablePointer<curl_slist>?
    for header in headers + ["Expect:"] { list = curl_slist_append(list, header) }
    defer { curl_slist_free_all(list) }
    let collector = Collector()
    _ = usher_curl_setopt_string(handle, CURLOPT_URL, url)
    _ = usher_curl_setopt_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = usher_curl_setopt_long(handle, CURLOPT_TIMEOUT_MS, 5_000)
    _ = usher_curl_setopt_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = usher_curl_setopt_list(handle, CURLOPT_HTTPHEADER, list)
    _ = usher_curl_setopt_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(collector).toOpaque())
    _ = usher_curl_setopt_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let collector = Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
      guard collector.bytes.count + size * count <= BackChannel.largestAnswer else { return 0 }
      UnsafeRawBufferPointer(start: bytes, count: size * count).withMemoryRebound(to: UInt8.self) {
        collector.bytes.append(contentsOf: $0)
      }
      return size * count
    }
    let code: CURLcode
    if var sent = body {
      _ = usher_curl_setopt_long(handle, CURLOPT_POST, 1)
      _ = usher_curl_setopt_long(handle, CURLOPT_POSTFIELDSIZE, sent.count)
      code = sent.withUnsafeMutableBytes { raw in
        _ = usher_curl_setopt_pointer(handle, CURLOPT_POSTFIELDS, raw.baseAddress)
        return curl_easy_perform(handle)
      }
    } else {
      code = curl_easy_perform(handle)
    }
    guard code == CURLE_OK else { throw Failure(what: String(cString: curl_easy_strerror(code))) }
    var status = 0
    _ = usher_curl_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return Answer(status: status, body: collector.bytes)
  }
}
