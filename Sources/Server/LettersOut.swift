internal import Identity
internal import Localization
internal import Logging
internal import Mail
internal import Primitives

extension Configuration.Letters {
  /// The way letters go out: the mail server, or the folder.
  ///
  /// - Parameter greetingName: what we call ourselves to the mail server.
  func transport(greetingName: String) throws -> any MailTransport {
    guard let server else {
      do {
        return try FolderTransport(path: folder)
      } catch {
        throw StartRefusal("letters cannot be written to \(folder): \(error.reason)")
      }
    }
    let password = try server.passwordFile.map(Self.password)
    return SMTPTransport(try server.settings(greetingName: greetingName, password: password))
  }

  /// The first line of a file that others may not read.
  private static func password(_ path: String) throws -> String {
    let contents: SmallFile.Contents
    do {
      contents = try SmallFile.read(path, maximumBytes: 4096)
    } catch {
      throw StartRefusal("smtp_password_file (\(path)) cannot be read: \(error).")
    }
    guard !contents.access.othersMay else {
      throw StartRefusal("smtp_password_file (\(path)) has mode \(contents.access.text). Run 'chmod 600 \(path)'.")
    }
    let line = contents.bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard !line.isEmpty, let password = String(validating: line, as: UTF8.self) else {
      throw StartRefusal("smtp_password_file (\(path)) must begin with a line that holds the password.")
    }
    return password
  }

  func postman(
    _ environment: Environment, as holder: InstanceName, bell: OutboxBell, saying tables: SentenceTables, publicHost: String,
    logger: Logger
  ) throws -> Postman {
    guard let address = MailAddress(from) else { throw StartRefusal("smtp_from cannot be written into a letter.") }
    return Postman(
      store: environment.store, clock: environment.clock, randomness: environment.randomness, holder: holder,
      sealer: environment.keys.outbox,
      writer: LetterWriter(from: Mailbox(name: environment.settings.portalName, address: address), tables: tables),
      transport: try transport(greetingName: publicHost), bell: bell, logger: logger, round: .seconds(1))
  }
}
