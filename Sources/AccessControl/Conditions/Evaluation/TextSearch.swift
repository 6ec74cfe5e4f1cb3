/// Finds one text in another in time linear in both (Knuth, Morris, Pratt 1977).
enum TextSearch {
  static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count > 1 else { return part.first.map(text.contains) ?? true }
    // For each place of `part`, how much of its beginning stands before that place.
    var borders = [0]
    var length = 0
    for byte in part.dropFirst() {
      while length > 0, part[length] != byte { length = borders[length - 1] }
      if part[length] == byte { length += 1 }
      borders.append(length)
    }
    length = 0
    for byte in text {
      while length > 0, part[length] != byte { length = borders[length - 1] }
      if part[length] == byte { length += 1 }
      if length == part.count { return true }
    }
    return false
  }
}
