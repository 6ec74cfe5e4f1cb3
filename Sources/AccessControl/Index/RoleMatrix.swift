/// Which role gives which permission, a bit for each, so laid out that the roles one principal holds are looked up in one or two lines of the cache: for
/// each permission a row of 512 roles, and a block of all rows for each 512 roles.
///
/// A value: a copy shares all blocks; a change of one role copies its block.
struct RoleMatrix: Sendable {
  static let rolesPerBlock: UInt32 = 512
  private static let wordsPerRow = Int(rolesPerBlock / 64)

  /// `@unchecked Sendable`: whoever changes a block has made sure that nobody else holds it (`isKnownUniquelyReferenced`).
  fileprivate final class Block: @unchecked Sendable {
    let words: UnsafeMutablePointer<UInt64>
    let rows: Int

    init(rows: Int) {
      self.rows = rows
      // In lines of the cache.
      words = UnsafeMutableRawPointer.allocate(byteCount: rows * RoleMatrix.wordsPerRow * 8, alignment: 64)
        .initializeMemory(as: UInt64.self, repeating: 0, count: rows * RoleMatrix.wordsPerRow)
    }

    deinit { UnsafeMutableRawPointer(words).deallocate() }

    func copy(rows: Int) -> Block {
      let copy = Block(rows: rows)
      copy.words.update(from: words, count: min(rows, self.rows) * RoleMatrix.wordsPerRow)
      return copy
    }
  }

  private var blocks: ContiguousArray<Block> = []
  /// For how many permissions there is room.
  private(set) var rows = 64

  var bytes: Int { blocks.count * rows * Self.wordsPerRow * 8 }

  /// Makes these permissions all that the role gives.
  mutating func set(_ role: UInt32, to permissions: some Sequence<UInt32>) {
    let permissions = Array(permissions)
    if let largest = permissions.max() { makeRoom(for: largest) }
    let block = Int(role / Self.rolesPerBlock)
    while blocks.count <= block { blocks.append(Block(rows: rows)) }
    if !isKnownUniquelyReferenced(&blocks[block]) { blocks[block] = blocks[block].copy(rows: rows) }
    let words = blocks[block].words + Int(role % Self.rolesPerBlock / 64)
    let bit: UInt64 = 1 << UInt64(role % 64)
    for row in 0..<rows { words[row * Self.wordsPerRow] &= ~bit }
    for permission in permissions { words[Int(permission) * Self.wordsPerRow] |= bit }
  }

  private mutating func makeRoom(for permission: UInt32) {
    guard Int(permission) >= rows else { return }
    while Int(permission) >= rows { rows *= 2 }
    for index in blocks.indices { blocks[index] = blocks[index].copy(rows: rows) }
  }

  /// What a reader needs, without the blocks' counts of references.
  func makeView() -> UnsafeMutablePointer<UnsafePointer<UInt64>> {
    let view = UnsafeMutablePointer<UnsafePointer<UInt64>>.allocate(capacity: max(blocks.count, 1))
    for (index, block) in blocks.enumerated() { (view + index).initialize(to: UnsafePointer(block.words)) }
    return view
  }

  var blockCount: UInt32 { UInt32(blocks.count) }

  /// The roles that give a permission.
  func roles(giving permission: UInt32) -> [UInt32] {
    guard permission < rows else { return [] }
    var found: [UInt32] = []
    for (index, block) in blocks.enumerated() {
      for word in 0..<Self.wordsPerRow {
        var bits = block.words[Int(permission) * Self.wordsPerRow + word]
        while bits != 0 {
          found.append(UInt32(index) * Self.rolesPerBlock + UInt32(word * 64 + bits.trailingZeroBitCount))
          bits &= bits - 1
        }
      }
    }
    return found
  }

  /// - Parameter permission: below `rows`.
  @inline(__always)
  static func gives(_ role: UInt32, _ permission: UInt32, in view: UnsafePointer<UnsafePointer<UInt64>>) -> Bool {
    let row = view[Int(role / rolesPerBlock)] + Int(permission) * wordsPerRow
    return row[Int(role % rolesPerBlock / 64)] >> UInt64(role % 64) & 1 == 1
  }
}
