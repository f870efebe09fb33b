internal import Diagnostics

/// The place of a tag or output in the message of an error at run time.
///
/// Lua knows the line in which a helper failed. The column and the wrong word are told by a mark that the helper puts
/// behind its message, and which this takes off again.
public struct PlaceMark: Sendable, Hashable {
    /// The file's line, counted from 1.
    public let line: Int
    /// The first character's place in the line, counted from 1.
    public let column: Int
    /// How many characters of the line are meant.
    public let length: Int

    /// The mark at the end of a message, and the message without it; nil where it has none.
    public static func split(_ message: String) -> (message: String, mark: PlaceMark)? {
        guard let end = message.lastIndex(of: "\u{3}"),
            let number = Int64(message[message.index(after: end)...])
        else { return nil }
        return (String(message[..<end]), PlaceMark(number))
    }

    private init(_ number: Int64) {
        line = Int(number >> 40)
        column = Int(number >> 16 & 0xFF_FFFF)
        length = Int(number & 0xFFFF)
    }

    /// The number by which Lua knows it.
    var number: Int64 {
        Int64(line) << 40 | Int64(min(column, 0xFF_FFFF)) << 16 | Int64(min(length, 0xFFFF))
    }

    /// The mark of a part of a template; of several lines, the first counts.
    init(_ place: Range<Int>, in text: TemplateText) {
        let location = text.location(at: place.lowerBound)
        line = location.line
        column = location.column ?? 1
        length = text.string(place).prefix { !$0.isNewline }.count
    }
}
