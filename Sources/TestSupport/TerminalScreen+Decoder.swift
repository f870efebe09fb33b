extension TerminalScreen {
    /// Bytes to characters, controls and sequences.
    struct Decoder {
        enum Token {
            case scalar(Unicode.Scalar)
            case control(UInt8)
            /// ESC and one byte.
            case escape(UInt8)
            case sequence(Sequence)
        }

        /// A control sequence: `ESC [ ? 1 ; 2 h`.
        struct Sequence {
            var mark: Character?
            var numbers: [Int?] = []
            var final: Character = " "

            /// A parameter; nil where it is not given.
            subscript(index: Int) -> Int? { index < numbers.count ? numbers[index] : nil }
        }

        private enum State {
            case text
            case escape
            /// Behind ESC and an intermediate byte: one byte follows.
            case designation
            case sequence(String)
            /// A title or another text for the terminal itself.
            case string
        }

        private var state = State.text
        private var pending: [UInt8] = []

        /// What is known with one more byte.
        mutating func decode(_ byte: UInt8) -> [Token] {
            switch state {
            case .text: return text(byte)
            case .escape: return escape(byte)
            case .designation:
                state = .text
                return []
            case .sequence(let parameters): return sequence(byte, behind: parameters)
            case .string:
                // ESC \ ends it: the backslash is read as an escape that means nothing.
                if byte == 0x07 { state = .text }
                if byte == 0x1B { state = .escape }
                return []
            }
        }

        private mutating func text(_ byte: UInt8) -> [Token] {
            if byte >= 0x80 {
                pending.append(byte)
                return scalars(isOver: false)
            }
            var tokens = scalars(isOver: true)
            if byte == 0x1B {
                state = .escape
            } else {
                tokens.append(
                    byte < 0x20 || byte == 0x7F ? .control(byte) : .scalar(Unicode.Scalar(byte)))
            }
            return tokens
        }

        private mutating func escape(_ byte: UInt8) -> [Token] {
            state = .text
            switch byte {
            case UInt8(ascii: "["): state = .sequence("")
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"): state = .string
            case 0x20...0x2F: state = .designation
            default: return [.escape(byte)]
            }
            return []
        }

        private mutating func sequence(_ byte: UInt8, behind parameters: String) -> [Token] {
            guard (0x40...0x7E).contains(byte) else {
                state = .sequence(parameters + String(Unicode.Scalar(byte)))
                return []
            }
            state = .text
            var sequence = Sequence(final: Character(Unicode.Scalar(byte)))
            var rest = parameters[...]
            if let first = rest.first, "<=>?".contains(first) { sequence.mark = rest.removeFirst() }
            sequence.numbers = rest.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
            return [.sequence(sequence)]
        }

        /// What the bytes above 127 so far spell; U+FFFD for those that spell nothing.
        private mutating func scalars(isOver: Bool) -> [Token] {
            guard let first = pending.first else { return [] }
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
            guard isOver || pending.count >= length else { return [] }
            defer { pending = [] }
            return String(decoding: pending, as: UTF8.self).unicodeScalars.map { .scalar($0) }
        }
    }
}
