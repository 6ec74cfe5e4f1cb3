internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Primitives
internal import Synchronization

/// The few pages of a sample service, so that single sign-on can be clicked through: a start page, the way to Usher and back, sign out.
final class RelyingPartySite: Sendable {
  private struct Visitors: Sendable {
    var pending: [String: PendingSignIn] = [:]
    var signedIn: [String: SignedInPerson] = [:]
  }

  /// More would be mischief on a sample that serves its own machine only; then everybody starts over.
  private static let mostVisitors = 1_000

  private let conversation: SignInConversation
  private let randomness: any RandomSource
  private let visitors = Mutex(Visitors())
  private let cookieName: String
  private var party: RelyingParty { conversation.party }

  init(_ conversation: SignInConversation, port: Int, randomness: any RandomSource) {
    self.conversation = conversation
    self.randomness = randomness
    // Cookies do not tell ports apart; the name does.
    cookieName = "sample_\(port)"
  }

  /// - Parameter whenListening: told once connections are taken.
  func application(
    port: Int, logger: Logger, whenListening: @escaping @Sendable () -> Void
  ) -> some ApplicationProtocol {
    let router = Router()
    router.get("/") { request, _ in await self.start(request) }
    router.get("/sign-in") { _, _ in try await self.leave() }
    router.get("/callback") { request, _ in await self.comeBack(request) }
    router.post("/sign-out") { request, _ in try await self.signOut(request) }
    router.get("/style.css") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/css; charset=utf-8"],
        body: .init(byteBuffer: .init(string: RelyingPartyPage.style)))
    }
    return Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: nil),
      onServerRunning: { _ in whenListening() }, logger: logger)
  }

  private func start(_ request: Request) async -> Response {
    guard let person = key(of: request).flatMap({ key in visitors.withLock { $0.signedIn[key] } }) else {
      return page(RelyingPartyPage.signedOut(party))
    }
    do {
      return page(RelyingPartyPage.signedIn(party, person, try await conversation.examine(person)))
    } catch {
      return failed("Usher cannot be asked: \(error)")
    }
  }

  private func leave() async throws -> Response {
    let pending = PendingSignIn.make(from: randomness)
    let key = SecretToken.make(from: randomness).reveal()
    visitors.withLock { visitors in
      if visitors.pending.count >= Self.mostVisitors { visitors.pending = [:] }
      visitors.pending[key] = pending
    }
    let url: String
    do { url = try await conversation.authorizationURL(pending) } catch { return failed("Usher cannot be reached: \(error)") }
    return Response(
      status: .found, headers: [.location: url, .setCookie: "\(cookieName)=\(key); HttpOnly; SameSite=Lax; Path=/"])
  }

  private func comeBack(_ request: Request) async -> Response {
    let query = FormFields(parsing: request.uri.query ?? "") ?? FormFields([])
    guard let key = key(of: request), let pending = visitors.withLock({ $0.pending.removeValue(forKey: key) }),
      query.first("state") == pending.state, query.first("iss") == party.issuer
    else { return failed("This answer belongs to no sign-in that was begun here. Start again.") }
    guard let code = query.first("code") else { return failed("Usher said: \(query.first("error") ?? "nothing")") }
    do {
      let person = try await conversation.finish(pending, code: code)
      visitors.withLock { visitors in
        if visitors.signedIn.count >= Self.mostVisitors { visitors.signedIn = [:] }
        visitors.signedIn[key] = person
      }
      return Response(status: .seeOther, headers: [.location: "/"])
    } catch let refused as SignInConversation.Refused {
      return failed("The sign-in was not accepted: \(refused.why).")
    } catch {
      return failed("The sign-in was not accepted: \(error)")
    }
  }

  private func signOut(_ request: Request) async throws -> Response {
    guard let key = key(of: request), let person = visitors.withLock({ $0.signedIn.removeValue(forKey: key) }) else {
      return Response(status: .seeOther, headers: [.location: "/"])
    }
    return Response(status: .seeOther, headers: [.location: try await conversation.endSessionURL(person)])
  }

  private func key(of request: Request) -> String? { request.cookies[cookieName]?.value }

  private func failed(_ what: String) -> Response { page(RelyingPartyPage.failed(party, what), .badRequest) }

  private func page(_ html: String, _ status: HTTPResponse.Status = .ok) -> Response {
    var headers: HTTPFields = [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"]
    // No form-action here: the form posts to this site, which redirects to Usher, and Chromium would stop it there.
    headers[.contentSecurityPolicy] = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    return Response(status: status, headers: headers, body: .init(byteBuffer: .init(string: html)))
  }
}
