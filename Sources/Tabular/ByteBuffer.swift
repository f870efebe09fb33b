/// Bytes that grow at the end and keep their memory when emptied.
final class ByteBuffer {
    /// The first byte; moves when the buffer grows.
    private(set) var base: UnsafeMutablePointer<UInt8>
    /// How many bytes it holds; set it to 0 to empty it.
    var count = 0
    private var capacity: Int

    /// An empty buffer.
    init() {
        capacity = 256
        base = .allocate(capacity: capacity)
    }

    deinit {
        base.deallocate()
    }

    /// Adds bytes at the end.
    func append(_ bytes: UnsafePointer<UInt8>, count added: Int) {
        if count + added > capacity {
            let larger = max(2 * capacity, count + added)
            let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
            moved.update(from: base, count: count)
            base.deallocate()
            base = moved
            capacity = larger
        }
        (base + count).update(from: bytes, count: added)
        count += added
    }
}
