internal import Glibc
internal import Identity

/// Where the database lies and who may read it.
enum SQLiteFiles {
  /// Makes the folder (0700) and an empty database file (0600) where they are missing, so that nothing depends on the umask. SQLite gives the
  /// write-ahead log and its index the mode of the database file.
  static func prepare(path: String) throws {
    let folder = folder(of: path)
    if mkdir(folder, 0o700) != 0, errno != EEXIST { throw unavailable("the folder of the database cannot be made") }
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unavailable("the database file cannot be opened for writing") }
    close(descriptor)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func unavailable(_ what: String) -> StoreError { .unavailable("\(what): \(String(cString: strerror(errno)))") }
}
