internal import CReadline

/// Up and Down in a chunk of several lines: they go through its lines before they go through the history.
extension LineEditor {
    /// Moves the cursor a line up; false where it stands in the first.
    func moveUp() -> Bool {
        let (ahead, _) = linesAtCursor
        guard ahead.count > 1 else { return false }
        let above = ahead[ahead.count - 2]
        let start = ahead.dropLast(2).reduce(0) { $0 + $1.utf8.count + 1 }
        place(from: start, in: above, column: ahead[ahead.count - 1].count)
        return true
    }

    /// Moves the cursor a line down; false where it stands in the last.
    func moveDown() -> Bool {
        let (ahead, behind) = linesAtCursor
        guard behind.count > 1 else { return false }
        let end = Int(mlr_cursor()) + behind[0].utf8.count
        place(from: end + 1, in: behind[1], column: ahead[ahead.count - 1].count)
        return true
    }

    /// Puts the cursor so many characters into a line that starts at `start`, or at its end.
    private func place(from start: Int, in line: Substring, column: Int) {
        mlr_set_cursor(Int32(start + line.prefix(column).utf8.count))
    }

    /// The lines up to the cursor, the last of them as far as the cursor, and those from the cursor on.
    private var linesAtCursor: (ahead: [Substring], behind: [Substring]) {
        repairLine()
        let bytes = bytes
        let cursor = Int(mlr_cursor())
        func lines(_ part: ArraySlice<UInt8>) -> [Substring] {
            String(decoding: part, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        }
        return (lines(bytes[..<cursor]), lines(bytes[cursor...]))
    }
}
