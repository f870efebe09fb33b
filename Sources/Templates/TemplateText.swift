import Diagnostics

/// A Liquid text and where it stands in its file. Places in it are byte offsets.
struct TemplateText {
    let bytes: [UInt8]
    let file: String
    let firstLine: Int
    private let firstColumn: Int
    private let lineStarts: [Int]
    /// Places in long lines whose column is known, so that a column is never counted over a whole page in one
    /// line.
    private let marks: [(offset: Int, column: Int)]

    init(_ text: String, file: String, firstLine: Int, firstColumn: Int) {
        bytes = Array(text.utf8)
        self.file = file
        self.firstLine = firstLine
        self.firstColumn = firstColumn
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
        marks = Self.marks(in: bytes, lineStarts: starts)
    }

    /// A mark about every 512 bytes of a line, between two ASCII bytes, where characters surely part.
    private static func marks(in bytes: [UInt8], lineStarts: [Int]) -> [(offset: Int, column: Int)] {
        var marks: [(offset: Int, column: Int)] = []
        for (start, end) in zip(lineStarts, lineStarts.dropFirst() + [bytes.count]) {
            var from = start
            var column = 1
            var place = start + 512
            while place < end {
                if bytes[place] < 0x80, bytes[place - 1] < 0x80, bytes[place - 1] != UInt8(ascii: "\r") {
                    column += String(decoding: bytes[from..<place], as: UTF8.self).count
                    marks.append((place, column))
                    from = place
                    place += 512
                } else {
                    place += 1
                }
            }
        }
        return marks
    }

    /// The text of a range of bytes.
    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The file's line of a byte, counted from 1.
    func line(at offset: Int) -> Int {
        firstLine + lineIndex(at: offset)
    }

    /// The file's line and column of a byte.
    func location(at offset: Int) -> SourceLocation {
        let index = lineIndex(at: offset)
        var known = (offset: lineStarts[index], column: 1)
        let place = Self.last(of: marks) { $0.offset <= offset }
        if let place, marks[place].offset > known.offset { known = marks[place] }
        let column = known.column + string(known.offset..<offset).count
        return SourceLocation(
            file: file, line: firstLine + index, column: column + (index == 0 ? firstColumn - 1 : 0))
    }

    /// Where the text ends, without the line breaks at its end.
    var end: SourceLocation {
        let last = bytes.lastIndex { !isBlank($0) } ?? 0
        return location(at: last)
    }

    /// The range without the white space at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        trimmedStart(trimmedEnd(range))
    }

    /// The range without the white space at its start.
    func trimmedStart(_ range: Range<Int>) -> Range<Int> {
        let start = bytes[range].firstIndex { !isBlank($0) } ?? range.upperBound
        return start..<range.upperBound
    }

    /// The range without the white space at its end.
    func trimmedEnd(_ range: Range<Int>) -> Range<Int> {
        let last = bytes[range].lastIndex { !isBlank($0) }
        return range.lowerBound..<(last.map { $0 + 1 } ?? range.lowerBound)
    }

    private func lineIndex(at offset: Int) -> Int {
        Self.last(of: lineStarts) { $0 <= offset } ?? 0
    }

    /// The last place for which the test holds, in an array where it holds up to some place.
    private static func last<T>(of array: [T], where holds: (T) -> Bool) -> Int? {
        var low = 0
        var high = array.count
        while low < high {
            let middle = (low + high) / 2
            if holds(array[middle]) { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}

/// White space as Liquid's tokenizer and Ruby's `strip` know it.
func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0
}

/// A byte of a word: a tag's name is made of these.
func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}
