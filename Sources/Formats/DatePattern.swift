/// How a date is written, taken apart once: Ruby's directives, or one of CLDR's patterns.
///
/// Source: https://docs.ruby-lang.org/en/3.4/strftime_formatting_rdoc.html and Unicode Technical Standard 35,
/// part 4.
public struct DatePattern: Sendable {
    let items: [Item]
    /// Whether a day of the month stands in it, which decides the form of the month's name.
    let hasDay: Bool

    enum Item: Sendable {
        case text(String)
        /// The letter of a directive, with what stands between it and the percent sign.
        case directive(UInt8, Modifiers)
        /// Several directives that one letter stands for.
        case group([Item], Modifiers)
        /// A letter of CLDR's patterns and how often it stands there.
        case field(UInt8, Int)
    }

    /// Flags, width and colons of a directive.
    struct Modifiers: Sendable {
        enum Padding { case off, zeros, blanks }
        var padding: Padding?
        var width = 0
        var isUpper = false
        var changesCase = false
        var colons = 0
    }

    /// The pattern of a format such as `%-d %B %Y`. What is no directive of Ruby's stands as it is written.
    ///
    /// Takes time by the length of the format.
    public init(_ format: String) {
        var parser = Parser(format)
        items = parser.items()
        hasDay = parser.hasDay
    }

    /// The pattern of a style in a language.
    public init(_ style: DateStyle, _ names: DateNames) {
        let pattern = names.patterns[style] ?? ""
        items = (Self.fields(pattern) ?? Self.fields(DateStyle.neutral[style] ?? "")) ?? []
        hasDay = true
    }

    /// One of CLDR's patterns; nil where it has a letter that is not known here.
    private static func fields(_ pattern: String) -> [Item]? {
        var items: [Item] = []
        var isQuoted = false
        var rest = Substring(pattern)
        while let character = rest.first {
            if character == "'" {
                rest.removeFirst()
                if rest.first == "'" {
                    items.append(.text("'"))
                    rest.removeFirst()
                } else {
                    isQuoted.toggle()
                }
            } else if !isQuoted, let letter = character.asciiValue, character.isLetter {
                let run = rest.prefix { $0 == character }
                rest.removeFirst(run.count)
                guard "yMLdEcahHKkmsG".utf8.contains(letter), run.count <= 4 else { return nil }
                items.append(.field(letter, run.count))
            } else {
                items.append(.text(String(character)))
                rest.removeFirst()
            }
        }
        return items
    }

    /// Reads a format byte by byte; directives are ASCII.
    private struct Parser {
        private let bytes: [UInt8]
        private var position = 0
        var hasDay = false

        /// Wider than any date; a format must not fill the memory.
        private static let widest = 1000

        private static let simple = Set("YCymBbhdejHkIlMSLNzZAaupPwGgVUWsn%t".utf8)
        private static let groups: [UInt8: String] = [
            UInt8(ascii: "c"): "%a %b %e %H:%M:%S %Y", UInt8(ascii: "D"): "%m/%d/%y",
            UInt8(ascii: "F"): "%Y-%m-%d", UInt8(ascii: "v"): "%e-%^b-%4Y", UInt8(ascii: "x"): "%m/%d/%y",
            UInt8(ascii: "X"): "%H:%M:%S", UInt8(ascii: "T"): "%H:%M:%S", UInt8(ascii: "R"): "%H:%M",
            UInt8(ascii: "r"): "%I:%M:%S %p", UInt8(ascii: "+"): "%a %b %e %H:%M:%S %Z %Y",
        ]

        init(_ format: String) {
            bytes = Array(format.utf8)
        }

        mutating func items() -> [Item] {
            var items: [Item] = []
            var start = 0
            while position < bytes.count {
                guard bytes[position] == UInt8(ascii: "%") else {
                    position += 1
                    continue
                }
                let percent = position
                guard let item = directive() else { continue }
                if start < percent { items.append(text(start..<percent)) }
                items.append(item)
                start = position
            }
            if start < bytes.count { items.append(text(start..<bytes.count)) }
            return items
        }

        private func text(_ range: Range<Int>) -> Item {
            .text(String(decoding: bytes[range], as: UTF8.self))
        }

        /// The directive at the percent sign; nil, behind that sign alone, where none is there.
        private mutating func directive() -> Item? {
            position += 1
            let begin = position
            var modifiers = Modifiers()
            flags: while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "-"): modifiers.padding = .off
                case UInt8(ascii: "0"): modifiers.padding = .zeros
                case UInt8(ascii: "_"): modifiers.padding = .blanks
                case UInt8(ascii: "^"): modifiers.isUpper = true
                case UInt8(ascii: "#"): modifiers.changesCase = true
                default: break flags
                }
                position += 1
            }
            while position < bytes.count, (48...57).contains(bytes[position]) {
                modifiers.width = modifiers.width * 10 + Int(bytes[position] - 48)
                position += 1
                if modifiers.width > Self.widest { return none(begin) }
            }
            while position < bytes.count, bytes[position] == UInt8(ascii: ":"), modifiers.colons < 3 {
                modifiers.colons += 1
                position += 1
            }
            var allowed: Set<UInt8>?
            if position < bytes.count {
                // The other forms of POSIX are the same here.
                switch bytes[position] {
                case UInt8(ascii: "E"): allowed = Set("cCxXyY".utf8)
                case UInt8(ascii: "O"): allowed = Set("deHkIlmMSuUVwWy".utf8)
                default: break
                }
                if allowed != nil { position += 1 }
            }
            guard position < bytes.count else { return none(begin) }
            let letter = bytes[position]
            guard allowed?.contains(letter) ?? true, modifiers.colons == 0 || letter == UInt8(ascii: "z")
            else {
                return none(begin)
            }
            position += 1
            if "decDFvx+".utf8.contains(letter) { hasDay = true }
            if let format = Self.groups[letter] {
                var parser = Parser(format)
                return .group(parser.items(), modifiers)
            }
            return Self.simple.contains(letter) ? .directive(letter, modifiers) : none(begin)
        }

        private mutating func none(_ position: Int) -> Item? {
            self.position = position
            return nil
        }
    }
}
