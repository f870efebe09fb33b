internal import Diagnostics

/// What a terminal shows, as far as programs use it that print and edit lines.
///
/// It knows wide characters, the automatic wrap of long lines, moves of the cursor, erasing, inserting, deleting and
/// scrolling, and the second screen of pagers. Colours and other modes leave no trace. It does not fill lines anew
/// when its size changes. Sources: ECMA-48, and xterm's "Control Sequences" for the private modes.
public struct TerminalScreen {
    /// The cells of a row.
    public private(set) var columns: Int
    /// The rows that are seen.
    public private(set) var rows: Int
    /// Where the next character goes, from 0; a column equal to `columns` is a wrap that waits for a character.
    public private(set) var cursor = (row: 0, column: 0)
    /// Whether the program wants to be told what is pasted.
    public private(set) var marksPastes = false

    /// A row: one text for each cell, an empty one for the right half of a wide character.
    typealias Row = [String]
    var grid: [Row]
    private var scrolled: [Row] = []
    private var main: (grid: [Row], cursor: (row: Int, column: Int))?
    private var saved = (row: 0, column: 0)
    private var decoder = Decoder()

    /// An empty screen.
    public init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        grid = Array(repeating: Self.blank(columns), count: rows)
    }

    /// The rows that are seen, without blanks at their ends.
    public var screen: [String] { grid.map(Self.text) }

    /// All that scrolled by and the screen, without blanks at the ends of rows and blank rows at the end. What a
    /// pager shows on a second screen is no part of it.
    public var transcript: String {
        var lines = (scrolled + (main?.grid ?? grid)).map(Self.text)
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The row of the cursor up to the cursor, with its blanks.
    public var lineToCursor: String { grid[cursor.row].prefix(cursor.column).joined() }

    /// Shows what a program writes; a sequence may come in pieces.
    public mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            for token in decoder.decode(byte) { take(token) }
        }
    }

    /// Changes the size. Rows that no longer fit scroll by at the top.
    public mutating func resize(columns: Int, rows: Int) {
        while grid.count > rows {
            if cursor.row < grid.count - 1, grid.last == Self.blank(self.columns) {
                grid.removeLast()
            } else {
                scrolled.append(grid.removeFirst())
                cursor.row = max(0, cursor.row - 1)
            }
        }
        grid = grid.map { Array($0.prefix(columns)) + Self.blank(columns - $0.count) }
        grid += Array(repeating: Self.blank(columns), count: rows - grid.count)
        self.columns = columns
        self.rows = rows
        cursor = (min(cursor.row, rows - 1), min(cursor.column, columns))
    }

    private static func blank(_ count: Int) -> Row { Array(repeating: " ", count: max(0, count)) }

    private static func text(_ row: Row) -> String {
        var text = row.joined()
        while text.last == " " { text.removeLast() }
        return text
    }

    // MARK: Characters

    private mutating func take(_ token: Decoder.Token) {
        switch token {
        case .scalar(let scalar): put(scalar)
        case .control(let byte): control(byte)
        case .escape(let byte): escape(byte)
        case .sequence(let sequence): run(sequence)
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        let width = min(displayWidth(of: Character(scalar)), columns)
        guard width > 0 else { return combine(scalar) }
        if cursor.column + width > columns {
            cursor.column = 0
            lineFeed()
        }
        clearHalves(cursor.column)
        clearHalves(cursor.column + width)
        grid[cursor.row][cursor.column] = String(scalar)
        if width == 2, cursor.column + 1 < columns { grid[cursor.row][cursor.column + 1] = "" }
        cursor.column += width
    }

    /// Adds a mark to the character before the cursor.
    private mutating func combine(_ scalar: Unicode.Scalar) {
        var column = cursor.column - 1
        if column > 0, grid[cursor.row][column].isEmpty { column -= 1 }
        guard column >= 0 else { return }
        grid[cursor.row][column].unicodeScalars.append(scalar)
    }

    /// Where an edge cuts a wide character, both halves become blank.
    private mutating func clearHalves(_ column: Int) {
        guard column > 0, column < columns, grid[cursor.row][column].isEmpty else { return }
        grid[cursor.row][column - 1] = " "
        grid[cursor.row][column] = " "
    }

    private mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x08: cursor.column = max(0, min(cursor.column, columns - 1) - 1)
        case 0x09: cursor.column = min(columns - 1, (cursor.column / 8 + 1) * 8)
        case 0x0A, 0x0B, 0x0C: lineFeed()
        case 0x0D: cursor.column = 0
        default: break
        }
    }

    private mutating func lineFeed() {
        guard cursor.row == rows - 1 else { return cursor.row += 1 }
        let first = grid.removeFirst()
        if main == nil { scrolled.append(first) }
        grid.append(Self.blank(columns))
    }

    // MARK: Sequences

    private mutating func escape(_ byte: UInt8) {
        switch Character(Unicode.Scalar(byte)) {
        case "7": saved = cursor
        case "8": restore(saved)
        case "D": lineFeed()
        case "E":
            cursor.column = 0
            lineFeed()
        case "M":
            if cursor.row > 0 { cursor.row -= 1 } else { insertRows(1) }
        default: break
        }
    }

    private mutating func run(_ sequence: Decoder.Sequence) {
        if let mark = sequence.mark {
            if mark == "?" { setModes(sequence) }
            return
        }
        let count = max(1, sequence[0] ?? 1)
        switch sequence.final {
        case "A": move(row: cursor.row - count)
        case "B", "e": move(row: cursor.row + count)
        case "C", "a": move(column: min(cursor.column, columns - 1) + count)
        case "D": move(column: min(cursor.column, columns - 1) - count)
        case "E": move(row: cursor.row + count, column: 0)
        case "F": move(row: cursor.row - count, column: 0)
        case "G", "`": move(column: count - 1)
        case "H", "f": move(row: count - 1, column: max(1, sequence[1] ?? 1) - 1)
        case "d": move(row: count - 1)
        case "J": eraseDisplay(sequence[0] ?? 0)
        case "K": eraseLine(sequence[0] ?? 0)
        case "L": insertRows(count)
        case "M": deleteRows(count)
        case "P": deleteCells(count)
        case "@": insertCells(count)
        case "X": erase(min(cursor.column, columns - 1)..<min(columns, cursor.column + count))
        case "S": for _ in 0..<min(count, rows) { scrollUp() }
        case "T": for _ in 0..<min(count, rows) { scrollDown() }
        case "s": saved = cursor
        case "u": restore(saved)
        default: break
        }
    }

    private mutating func move(row: Int? = nil, column: Int? = nil) {
        cursor.row = min(max(row ?? cursor.row, 0), rows - 1)
        cursor.column = min(max(column ?? min(cursor.column, columns - 1), 0), columns - 1)
    }

    /// Moves to a place from before, when the size may have been another.
    private mutating func restore(_ place: (row: Int, column: Int)) {
        cursor = (min(place.row, rows - 1), min(place.column, columns))
    }

    private mutating func erase(_ cells: Range<Int>) {
        guard !cells.isEmpty else { return }
        clearHalves(cells.lowerBound)
        clearHalves(cells.upperBound)
        for column in cells { grid[cursor.row][column] = " " }
    }

    private mutating func eraseLine(_ part: Int) {
        let column = min(cursor.column, columns - 1)
        switch part {
        case 0: erase(column..<columns)
        case 1: erase(0..<(column + 1))
        default: erase(0..<columns)
        }
    }

    private mutating func eraseDisplay(_ part: Int) {
        if part < 2 { eraseLine(part) }
        let cleared: Range<Int>
        switch part {
        case 0: cleared = (cursor.row + 1)..<rows
        case 1: cleared = 0..<cursor.row
        case 2: cleared = 0..<rows
        // What scrolled by stays in the transcript.
        default: return
        }
        for row in cleared { grid[row] = Self.blank(columns) }
    }

    private mutating func insertRows(_ count: Int) {
        for _ in 0..<min(count, rows - cursor.row) {
            grid.removeLast()
            grid.insert(Self.blank(columns), at: cursor.row)
        }
    }

    private mutating func deleteRows(_ count: Int) {
        for _ in 0..<min(count, rows - cursor.row) {
            grid.remove(at: cursor.row)
            grid.append(Self.blank(columns))
        }
    }

    private mutating func insertCells(_ count: Int) {
        let column = min(cursor.column, columns - 1)
        clearHalves(column)
        let row = grid[cursor.row]
        let shifted = row[..<column] + Self.blank(min(count, columns - column)) + row[column...]
        grid[cursor.row] = Array(shifted.prefix(columns))
    }

    private mutating func deleteCells(_ count: Int) {
        let column = min(cursor.column, columns - 1)
        let end = min(columns, column + count)
        clearHalves(column)
        clearHalves(end)
        grid[cursor.row].removeSubrange(column..<end)
        grid[cursor.row] += Self.blank(end - column)
    }

    private mutating func scrollUp() {
        let first = grid.removeFirst()
        if main == nil { scrolled.append(first) }
        grid.append(Self.blank(columns))
    }

    private mutating func scrollDown() {
        grid.removeLast()
        grid.insert(Self.blank(columns), at: 0)
    }

    private mutating func setModes(_ sequence: Decoder.Sequence) {
        let isOn = sequence.final == "h"
        guard isOn || sequence.final == "l" else { return }
        for mode in sequence.numbers {
            switch mode {
            case 2004: marksPastes = isOn
            case 47, 1047, 1049: showSecondScreen(isOn)
            default: break
            }
        }
    }

    private mutating func showSecondScreen(_ isOn: Bool) {
        if isOn, main == nil {
            main = (grid, cursor)
            grid = Array(repeating: Self.blank(columns), count: rows)
        } else if !isOn, let main {
            grid = main.grid
            self.main = nil
            resize(columns: columns, rows: rows)
            restore(main.cursor)
        }
    }
}
