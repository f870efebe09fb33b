internal import Basics
internal import Diagnostics
internal import Reports

/// A table that is cut to the cells of a terminal: the widest texts are shortened first; where that is not enough, the
/// last columns are left out.
struct TableFitting {
    /// One column with its cells.
    struct Column {
        let title: String
        let cells: [String]
        let isNumeric: Bool
        let isText: Bool

        /// A column; texts may be shortened, nothing else is. Numbers stand to the right.
        init(_ title: String, _ cells: [String], isNumeric: Bool = false, isText: Bool = false) {
            (self.title, self.cells, self.isNumeric, self.isText) = (title, cells, isNumeric, isText)
        }

        /// The cells that it takes when nothing is shortened.
        var width: Int {
            max(displayWidth(of: title), cells.reduce(0) { max($0, displayWidth(of: $1)) })
        }
    }

    /// The columns that have room.
    let table: TextTable
    /// The titles of those that have none.
    let leftOut: [String]
    /// The cells of a line.
    let width: Int

    /// Longer texts are shortened even where there is room.
    private static let textLimit = 60
    /// Texts are shortened to no less.
    private static let leastText = 10
    private static let gap = 2

    /// A table for so many cells, or for any number of them.
    init(_ columns: [Column], width: Int?) {
        var widths = columns.map { $0.isText ? min($0.width, Self.textLimit) : $0.width }
        var kept = columns.count
        func total() -> Int { widths[..<kept].reduce(0, +) + Self.gap * max(0, kept - 1) }
        if let width {
            func least() -> Int {
                columns[..<kept].indices.reduce(Self.gap * max(0, kept - 1)) {
                    $0 + (columns[$1].isText ? min(widths[$1], Self.leastText) : widths[$1])
                }
            }
            while kept > 1, least() > width { kept -= 1 }
            // One cell at a time from the widest text; of equal ones from the last.
            while total() > width {
                let texts = columns[..<kept].indices.filter {
                    columns[$0].isText && widths[$0] > Self.leastText
                }
                guard let widest = texts.reversed().max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
            }
        }
        var table = TextTable(
            (0..<kept).map {
                TextTable.Column(columns[$0].title, alignRight: columns[$0].isNumeric, limit: widths[$0])
            })
        for row in (columns.first?.cells ?? []).indices {
            table.add((0..<kept).map { columns[$0].cells[row] })
        }
        self.table = table
        self.width = total()
        leftOut = columns[kept...].map(\.title)
    }

    /// How many cells of a terminal's line are left beside the table; `fallback` where lines have no end.
    func room(in width: Int?, otherwise fallback: Int) -> Int {
        width.map { max(0, $0 - self.width - Self.gap) } ?? fallback
    }
}
