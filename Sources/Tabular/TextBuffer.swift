/// A window of the decoded text that slides over the file.
final class TextBuffer {
    /// The first byte of the window.
    private(set) var base: UnsafeMutablePointer<UInt8>
    /// The length of the text in the window.
    private(set) var end = 0
    /// Whether the window holds the last byte of the file.
    private(set) var isAtEnd = false
    /// The bytes that cannot be decoded and stand right after the window; nil where all is well so far.
    private(set) var invalid: [UInt8]?
    /// Where the text comes from.
    let stream: TextStream
    private var capacity: Int

    /// An empty window.
    init(_ stream: TextStream) {
        self.stream = stream
        capacity = 2 * stream.room
        base = .allocate(capacity: capacity)
    }

    deinit {
        base.deallocate()
    }

    /// Drops what stands before `start`, so that it becomes offset 0, and adds the next block.
    ///
    /// False where nothing can be added: at the end of the file, or before invalid bytes.
    func slide(to start: Int) throws(TabularError) -> Bool {
        if isAtEnd || invalid != nil { return false }
        let kept = end - start
        if capacity < kept + stream.room {
            let larger = max(2 * capacity, kept + stream.room)
            let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
            moved.update(from: base + start, count: kept)
            base.deallocate()
            base = moved
            capacity = larger
        } else if start > 0 {
            base.update(from: base + start, count: kept)
        }
        end = kept
        switch try stream.next(into: base + end) {
        case .text(let count): end += count
        case .end: isAtEnd = true
        case .invalid(let count, let bytes):
            end += count
            invalid = bytes
        }
        return true
    }
}
