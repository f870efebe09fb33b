internal import Glibc

/// The text of a file as blocks of UTF-8, each of whole characters.
final class TextStream {
    /// What one step gave.
    enum Outcome {
        /// So many bytes of text were written.
        case text(Int)
        /// The file is at its end.
        case end
        /// So many bytes of text were written; then came bytes that no character of the encoding has.
        case invalid(after: Int, bytes: [UInt8])
    }

    /// The room that `next` needs.
    let room: Int
    /// Where the bytes come from.
    let file: InputFile
    /// How they are decoded.
    let encoding: TextEncoding
    private let blockSize: Int
    private let converter: iconv_t?
    /// Bytes of the file that are not decoded yet; only the cut-off start of a character between two steps.
    private let input: UnsafeMutablePointer<UInt8>
    private var pending = 0

    /// A stream over a file from where it stands.
    init(_ file: InputFile, encoding: TextEncoding, blockSize: Int) throws(TabularError) {
        self.file = file
        self.encoding = encoding
        self.blockSize = blockSize
        // No encoding here needs more than three bytes of UTF-8 for one of its own.
        room = 3 * (blockSize + Self.longestCharacter)
        if encoding == .utf8 {
            converter = nil
        } else {
            let opened = iconv_open("UTF-8", encoding.iconvName)
            guard opened != iconv_t(bitPattern: -1), let opened else {
                throw .encodingUnavailable(path: file.path, encoding: encoding)
            }
            converter = opened
        }
        input = .allocate(capacity: blockSize + Self.longestCharacter)
    }

    deinit {
        input.deallocate()
        if let converter { iconv_close(converter) }
    }

    private static let longestCharacter = 4

    /// Decodes the next block into `target`, which has `room` bytes.
    func next(into target: UnsafeMutablePointer<UInt8>) throws(TabularError) -> Outcome {
        while true {
            let step = converter == nil ? try validate(into: target) : try convert(into: target)
            switch step {
            case .text(0): continue
            case .text(let count), .invalid(let count, _):
                // A text has no NUL; the rest of a file that a crash filled with NULs must not pass for data.
                guard let nul = memchr(target, 0, count) else { return step }
                return .invalid(after: UnsafeRawPointer(nul) - UnsafeRawPointer(target), bytes: [0])
            case .end: return .end
            }
        }
    }

    /// UTF-8 goes straight to its place and is only checked.
    private func validate(into target: UnsafeMutablePointer<UInt8>) throws(TabularError) -> Outcome {
        target.update(from: input, count: pending)
        let got = try file.read(into: target + pending, count: blockSize)
        let count = pending + got
        if count == 0 { return .end }
        let check = UTF8Check(target, count: count)
        let rest = count - check.valid
        if rest == 0 {
            pending = 0
            return .text(count)
        }
        guard check.endsInMidst, got > 0 else {
            let bytes = UnsafeBufferPointer(start: target + check.valid, count: min(rest, 1))
            return .invalid(after: check.valid, bytes: Array(bytes))
        }
        input.update(from: target + check.valid, count: rest)
        pending = rest
        return .text(check.valid)
    }

    private func convert(into target: UnsafeMutablePointer<UInt8>) throws(TabularError) -> Outcome {
        let got = try file.read(into: input + pending, count: blockSize)
        let count = pending + got
        if count == 0 { return .end }
        var left = count
        var free = room
        let result = input.withMemoryRebound(to: CChar.self, capacity: count) { source in
            target.withMemoryRebound(to: CChar.self, capacity: room) { destination in
                var from: UnsafeMutablePointer<CChar>? = source
                var to: UnsafeMutablePointer<CChar>? = destination
                return iconv(converter, &from, &left, &to, &free)
            }
        }
        let isInvalid = result == -1 && errno != EINVAL
        let written = room - free
        if isInvalid || (left > 0 && got == 0) {
            let bytes = UnsafeBufferPointer(start: input + count - left, count: min(left, unitLength))
            return .invalid(after: written, bytes: Array(bytes))
        }
        // What is left is the start of a character that the block cuts off.
        input.update(from: input + count - left, count: left)
        pending = left
        return .text(written)
    }

    /// How many bytes to show of a character that is wrong.
    private var unitLength: Int {
        switch encoding {
        case .utf16LittleEndian, .utf16BigEndian, .gb18030: 2
        case .utf8, .latin1, .windows1252, .macRoman: 1
        }
    }
}
