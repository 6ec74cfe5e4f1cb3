package import Localization

/// What somebody sees whom an application sent here that no operator trusts. It ends here: the way back is a link that says where it leads, for
/// those who know the service, and is never taken by itself (RFC 9700 §4.11.2).
package struct NotApprovedPage: Page {
  package static let template = "not-approved"
  package var frame: PageFrame
  package var application: String
  package var host: String
  /// An address of the application, proved before it comes here, with the answer it gets.
  package var wayBack: String

  package init(frame: PageFrame, application: String, host: String, wayBack: String) {
    self.frame = frame
    self.application = application
    self.host = host
    self.wayBack = wayBack
  }

  package func title(_ say: Sentences) -> String { say.notApproved.title }

  package func view(_ say: Sentences) -> View {
    [
      "explanation": say.notApproved.explanation(application), "wayBack": wayBack, "back": say.notApproved.back(host),
      "advice": say.notApproved.advice,
    ]
  }
}
