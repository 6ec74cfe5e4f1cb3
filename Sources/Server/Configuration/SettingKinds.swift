internal import Identity
internal import Mail
internal import Primitives

extension SettingKind where Value == Int {
  static func number(_ range: ClosedRange<Int>) -> Self {
    SettingKind(
      allowed: "a whole number from \(range.lowerBound) to \(range.upperBound)",
      read: { text in Int(text).flatMap { range.contains($0) && String($0) == text ? $0 : nil } },
      write: { String($0) })
  }
}

extension SettingKind where Value == Duration {
  static func duration(_ range: ClosedRange<Duration>) -> Self {
    SettingKind(
      allowed:
        "a time from \(DurationText.write(range.lowerBound)) to \(DurationText.write(range.upperBound)), such as 90s, 5m, 8h or 14d",
      read: { text in DurationText.read(text).flatMap { range.contains($0) ? $0 : nil } },
      write: DurationText.write)
  }
}

extension SettingKind where Value == Duration? {
  static func optionalDuration(_ range: ClosedRange<Duration>) -> Self {
    let kind = SettingKind<Duration>.duration(range)
    return SettingKind(
      allowed: "\(kind.allowed), or nothing",
      read: { text in text.isEmpty ? .some(nil) : kind.read(text).map { .some($0) } },
      write: { $0.map(kind.write) ?? "" })
  }
}

extension SettingKind where Value == String {
  /// A path; a relative one is taken from the working directory.
  static let path = SettingKind(
    allowed: "a path",
    read: { text in text.isEmpty || text.utf8.contains(0) ? nil : text },
    write: { $0 })

  /// A name that people read.
  static let line = SettingKind(
    allowed: "one line of 1 to 100 characters",
    read: { DisplayText.cleaned($0, limit: 100) },
    write: { $0 })

  static func choice(_ names: [String]) -> Self {
    SettingKind(
      allowed: "one of " + names.joined(separator: ", "),
      read: { text in names.contains(text) ? text : nil },
      write: { $0 })
  }
}

extension SettingKind where Value == String? {
  static let optionalPath = optional("a path", SettingKind<String>.path.read)

  /// A name or an address of a machine.
  static let optionalHost = optional("a host name or an address") { text in
    Origin("https://\(text)") != nil || IPAddress(text) != nil ? text : nil
  }

  /// One printable line.
  static let optionalLine = optional("one line of text") { text in
    text.utf8.count <= 256 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f } ? text : nil
  }

  private static func optional(_ what: String, _ read: @escaping @Sendable (String) -> String?) -> Self {
    SettingKind(
      allowed: "\(what), or nothing",
      read: { text in text.isEmpty ? .some(nil) : read(text).map { .some($0) } },
      write: { $0 ?? "" })
  }
}

extension SettingKind where Value == EmailAddress? {
  static let optionalMailbox = SettingKind(
    allowed: "an e-mail address, or nothing",
    read: { text in
      if text.isEmpty { return .some(nil) }
      return EmailAddress(text).flatMap { MailAddress($0) == nil ? nil : .some($0) }
    },
    write: { $0?.text ?? "" })
}

extension SettingKind where Value == Origin? {
  static let optionalOrigin = SettingKind(
    allowed: "an address such as https://usher.example.com (lower case, no path, no closing slash), or nothing",
    read: { text in text.isEmpty ? .some(nil) : Origin(text).map { .some($0) } },
    write: { $0?.description ?? "" })
}

extension SettingKind where Value == ListenAddress {
  static let listenAddress = SettingKind(
    allowed: "an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080 (port 0: any free one)",
    read: { ListenAddress($0) },
    write: { $0.description })
}

extension SettingKind where Value == [AddressRange] {
  static let addressRanges = SettingKind(
    allowed: "a list of addresses and blocks, such as 10.0.0.0/8, 192.0.2.1",
    read: { text in
      let parts = text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
      let ranges = parts.compactMap { AddressRange(String($0.drop { $0 == " " })) }
      return ranges.count == parts.count && ranges.count <= 64 ? ranges : nil
    },
    write: { $0.map(\.description).joined(separator: ", ") })
}
