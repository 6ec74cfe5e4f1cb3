// swift-format-ignore-file
// Made by deploy/generate. Change the files it is made from, not this one.

/// The files of `Templates/` and `Files/`.
enum CompiledPages {
  /// Templates by name, without `.mustache`.
  static let templates: [String: String] = [
    "layout": #"""
{{title}}

"""#,
  ]

  /// Files served as they are, by name.
  static let files: [String: String] = [
    "icon.svg": #"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f5f5b"/><path d="M9 26V10a4 4 0 0 1 4-4h6a4 4 0 0 1 4 4v16z" fill="#fff"/><path d="M9 26V10a4 4 0 0 1 4-4l6 5v19z" fill="#9fd3c7"/><circle cx="16.5" cy="18" r="1.4" fill="#1f5f5b"/></svg>

"""#,
    "styles.css": #"""

"""#,
  ]
}
