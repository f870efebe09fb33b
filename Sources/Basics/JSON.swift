/// A value of a JSON text; objects keep the order of their members.
///
/// RFC 8259, strictly: no comments, no comma before a closing bracket, one value. Foundation's reader loses the order of
/// members, which templates show.
public indirect enum JSON: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// A number without a fraction or an exponent that 64 bits hold.
    case integer(Int64)
    case number(Double)
    case text(String)
    case array([JSON])
    /// Of members with one name, readers take the last.
    case object([Member])

    /// A name and its value.
    public struct Member: Sendable, Equatable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSON

        /// A member.
        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// Reads a file's text.
    ///
    /// - Throws: ``JSONError`` at the first character that cannot stand there. Cost: linear in the text.
    public init(parsing text: String) throws(JSONError) {
        var reader = JSONReader(bytes: Array(text.utf8))
        self = try reader.document()
    }

    /// The value of the last member with that name; nil where there is none, and of anything but an object.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }
}

/// What is no JSON in a text.
public struct JSONError: Error, Sendable, Equatable {
    /// What was expected and what came, without a full stop.
    public let message: String
    /// Counted from 1.
    public let line: Int
    /// Counted from 1 in characters.
    public let column: Int
}

private struct JSONReader {
    let bytes: [UInt8]
    private var place = 0
    private var depth = 0

    /// Arrays and objects in each other beyond this are refused, so that no text exhausts the stack.
    private static let depthLimit = 200

    init(bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark, as Windows programs write it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value()
        skipBlanks()
        guard place == bytes.count else { throw unexpected("the end of the text") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in try reader.object() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.array() }
        case UInt8(ascii: "\""): return .text(try string())
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
        default: break
        }
        for (word, value) in [("null", JSON.null), ("true", .boolean(true)), ("false", .boolean(false))]
        where bytes[place...].starts(with: word.utf8) {
            place += word.utf8.count
            return value
        }
        throw unexpected("a value")
    }

    private mutating func nested(_ body: (inout JSONReader) throws(JSONError) -> JSON) throws(JSONError)
        -> JSON
    {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw error("more than \(Self.depthLimit) levels of JSON in each other", at: place)
        }
        place += 1
        return try body(&self)
    }

    private mutating func array() throws(JSONError) -> JSON {
        var items: [JSON] = []
        skipBlanks()
        if accept("]") { return .array([]) }
        repeat {
            items.append(try value())
            skipBlanks()
        } while accept(",")
        guard accept("]") else { throw unexpected("',' or ']'") }
        return .array(items)
    }

    private mutating func object() throws(JSONError) -> JSON {
        var members: [JSON.Member] = []
        skipBlanks()
        if accept("}") { return .object([]) }
        repeat {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw unexpected("a name in quotation marks") }
            let name = try string()
            skipBlanks()
            guard accept(":") else { throw unexpected("':'") }
            members.append(JSON.Member(name: name, value: try value()))
            skipBlanks()
        } while accept(",")
        guard accept("}") else { throw unexpected("',' or '}'") }
        return .object(members)
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = place
        var isWhole = true
        _ = accept("-")
        // No zero stands before other digits.
        if !accept("0") { try digits() }
        if accept(".") {
            isWhole = false
            try digits()
        }
        if accept("e") || accept("E") {
            isWhole = false
            _ = accept("+") || accept("-")
            try digits()
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw error("the number \(text) is too large", at: start)
        }
        return .number(number)
    }

    private mutating func digits() throws(JSONError) {
        let start = place
        while let byte = next, isDigit(byte) { place += 1 }
        guard place > start else { throw unexpected("a digit") }
    }

    private mutating func string() throws(JSONError) -> String {
        let start = place
        place += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                place += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw unexpected("the closing quotation mark, or an escape such as \\n")
            default:
                text.append(byte)
                place += 1
            }
        }
        throw error("a text without its closing quotation mark", at: start)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let start = place
        place += 1
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
            UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        if let letter = next, let byte = plain[letter] {
            text.append(byte)
            place += 1
        } else if let unit = codeUnit() {
            var units = [unit]
            // A character beyond the first 65,536 is a pair of units.
            let after = place
            if UTF16.isLeadSurrogate(unit), accept("\\"), let second = codeUnit() {
                if UTF16.isTrailSurrogate(second) { units.append(second) } else { place = after }
            } else {
                place = after
            }
            text += String(decoding: units, as: UTF16.self).utf8
        } else {
            place = start
            throw error("an escape that JSON does not have", at: start)
        }
    }

    /// The four hexadecimal digits behind a `u`.
    private mutating func codeUnit() -> UInt16? {
        guard next == UInt8(ascii: "u"), place + 4 < bytes.count else { return nil }
        let digits = bytes[(place + 1)...(place + 4)]
        guard digits.allSatisfy({ UInt8(ascii: "+") != $0 }) else { return nil }
        let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
        if unit != nil { place += 5 }
        return unit
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func accept(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
    }

    private func unexpected(_ expected: String) -> JSONError {
        let found = String(decoding: bytes[place...], as: UTF8.self).first
        return error(
            "expected \(expected), found \(found.map { "'\($0)'" } ?? "the end of the text")", at: place)
    }

    private func error(_ message: String, at place: Int) -> JSONError {
        let before = bytes[..<place]
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return JSONError(
            message: message, line: 1 + before.count { $0 == UInt8(ascii: "\n") },
            column: 1 + String(decoding: bytes[lineStart..<place], as: UTF8.self).count)
    }
}
