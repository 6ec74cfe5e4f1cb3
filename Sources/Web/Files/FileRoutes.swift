internal import HTTPTypes

/// The files that pages load: one stylesheet, one icon. Their addresses carry a fingerprint of the content, so a browser may keep them as long as
/// it likes; without the right fingerprint it asks again soon.
struct FileRoutes: Sendable {
  let renderer: PageRenderer

  var routes: [Route] {
    renderer.files.map { file in
      .get(file.path) { exchange in
        let isNamedExactly = exchange.target == file.address
        return Answer(
          .ok,
          headers: [
            .contentType: file.contentType,
            .cacheControl: isNamedExactly ? "public, max-age=31536000, immutable" : "public, max-age=300",
          ], body: file.content)
      }
    }
  }
}
