package import Localization

/// Carries the browser on after a form, without script: by itself, and by a link for readers who switch that off.
///
/// It is a page and not a redirect because Chromium holds every hop after a form to `form-action`, and the last hop may be an application's.
package struct CarryOnPage: Page {
  package static let template = "carry-on"
  package var frame: PageFrame
  /// Path and query of our own. Anything else is replaced by the start page: this page must never lead away.
  package var address: String

  package init(frame: PageFrame, address: String) {
    self.frame = frame
    let ours =
      address.hasPrefix("/") && !address.hasPrefix("//") && !address.contains("\\") && address.utf8.allSatisfy { $0 > 0x20 }
    self.address = ours ? address : "/dashboard"
  }

  package func title(_ say: Sentences) -> String { say.carryOn.title }

  package func view(_ say: Sentences) -> View { ["address": address] }
}
