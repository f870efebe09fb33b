internal import Diagnostics

/// A table for the terminal: columns by display cell, numbers to the right.
public struct TextTable {
    /// One column.
    public struct Column {
        /// The heading; empty for none.
        public var title: String
        /// Whether its cells stand to the right.
        public var alignRight: Bool
        /// The most cells it may take; longer texts are cut with `…`.
        public var limit: Int

        /// A column; 40 cells at most unless said otherwise.
        public init(_ title: String, alignRight: Bool = false, limit: Int = 40) {
            self.title = title
            self.alignRight = alignRight
            self.limit = limit
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    /// Whether the first line has the titles of columns.
    public var hasTitles: Bool { columns.contains { !$0.title.isEmpty } }

    /// An empty table.
    public init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row of as many cells as there are columns.
    public mutating func add(_ row: [String]) {
        // Control characters have no width and could command the terminal.
        rows.append(row.map(withoutControls))
    }

    /// The lines, each after `indent`, without blanks at their ends.
    ///
    /// Where they would be wider than `width` cells, texts of the last column go on in lines of their own
    /// below its beginning, unless it has too little room for that.
    public func lines(indent: String = "", width: Int? = nil) -> [String] {
        let header = hasTitles ? [columns.map(\.title)] : []
        let all = header + rows
        let widths = columns.indices.map { column in
            min(columns[column].limit, all.map { displayWidth(of: $0[column]) }.max() ?? 0)
        }
        let start = displayWidth(of: indent) + widths.dropLast().reduce(0) { $0 + $1 + 2 }
        let room = width.map { $0 - start } ?? .max
        return all.flatMap { row in
            var row = row
            var more: [String] = []
            if let last = row.last, displayWidth(of: last) > room, room >= Self.leastRoom {
                let indent = String(last.prefix { $0 == " " })
                more = wrapped(String(last.dropFirst(indent.count)), to: room - indent.count).map {
                    indent + $0
                }
                row[row.count - 1] = more.removeFirst()
            }
            let cells = columns.indices.map { column in
                padded(row[column], to: widths[column], alignRight: columns[column].alignRight)
            }
            var line = indent + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return [line] + more.map { String(repeating: " ", count: start) + $0 }
        }
    }

    /// In fewer cells, lines would be torn into single words.
    private static let leastRoom = 16
}
