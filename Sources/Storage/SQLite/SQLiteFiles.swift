internal import Glibc
internal import Identity

/// Where the database lies and who may read it.
enum SQLiteFiles {
  /// Makes the folder (0700) and an empty database file (0600) where they are missing, so that nothing depends on the umask. SQLite gives the
  /// write-ahead log and its index the mode of the database file.
  static func prepare(path: String) throws {
    try prepareFolder(of: path)
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw unavailable("the database file cannot be opened for writing") }
    close(descriptor)
  }

  static func prepareFolder(of path: String) throws {
    if mkdir(folder(of: path), 0o700) != 0, errno != EEXIST { throw unavailable("the folder of the database cannot be made") }
  }

  /// Sees to it that what was written to a file is on the disk.
  ///
  /// - Returns: its length in bytes.
  @discardableResult
  static func sync(_ path: String) throws -> Int64 {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unavailable("a written file cannot be opened") }
    defer { close(descriptor) }
    var status = stat()
    guard fsync(descriptor) == 0, fstat(descriptor, &status) == 0 else {
      throw unavailable("a written file cannot be put on the disk")
    }
    return Int64(status.st_size)
  }

  /// The same for the names in the folder of a file.
  static func syncFolder(of path: String) throws {
    let descriptor = Glibc.open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unavailable("a folder cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw unavailable("a folder cannot be put on the disk") }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func unavailable(_ what: String) -> StoreError { .unavailable("\(what): \(String(cString: strerror(errno)))") }
}
