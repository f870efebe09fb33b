public import Diagnostics

/// The text of a script, and where its lines begin.
public struct SourceText: Sendable {
    /// The text.
    public let text: String
    /// Its bytes.
    public let bytes: [UInt8]
    private let lineStarts: [Int]

    /// Cost: one pass.
    public init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        var starts = [0]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
            // Lua takes \r\n and \n\r for one line end.
            if index < bytes.count, bytes[index] != byte,
                bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r")
            {
                index += 1
            }
            starts.append(index)
        }
        lineStarts = starts
    }

    /// The line of a byte, from 1.
    public func line(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Line and column of a byte, both from 1, the column in characters.
    public func position(of offset: Int) -> (line: Int, column: Int) {
        let line = line(of: offset)
        let start = lineStarts[line - 1]
        let end = min(max(offset, start), bytes.count)
        return (line, String(decoding: bytes[start..<end], as: UTF8.self).count + 1)
    }

    /// The place of a byte in a file.
    public func location(of offset: Int, in path: String) -> SourceLocation {
        let (line, column) = position(of: offset)
        return SourceLocation(file: path, line: line, column: column)
    }

    /// The byte at a line and column, as ``position(of:)`` has them; behind the last line the end of the text.
    public func offset(line: Int, column: Int) -> Int {
        guard line <= lineStarts.count else { return bytes.count }
        let start = lineStarts[max(0, line - 1)]
        guard column > 1 else { return start }
        let end = line < lineStarts.count ? lineStarts[line] : bytes.count
        let text = String(decoding: bytes[start..<end], as: UTF8.self)
        return start + text.prefix(max(0, column - 1)).utf8.count
    }

    /// The text of a stretch.
    public subscript(range: SourceRange) -> String {
        String(decoding: bytes[max(0, range.start)..<min(bytes.count, range.end)], as: UTF8.self)
    }
}
