internal import Basics
internal import Diagnostics
internal import Reports

/// Where values print themselves: lines for a terminal of some width, or for none.
final class Page {
    /// The cells of a line; nil where lines may have any length.
    let width: Int?
    /// Colours, where there are any.
    let style: Style
    /// Times, amounts and addresses.
    var format: ValueFormat
    /// What has been printed.
    private(set) var lines: [String] = []

    /// An empty page.
    init(width: Int?, style: Style, format: ValueFormat) {
        self.width = width
        self.style = style
        self.format = format
    }

    /// Prints a line, or several; what would steer the terminal is left out by who calls.
    func line(_ text: String = "") {
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Prints the text of a report, which ends with a newline of its own.
    func report(_ text: String) {
        line(text.hasSuffix("\n") ? String(text.dropLast()) : text)
    }

    /// Prints a table, its heading in bold.
    func table(_ table: TextTable, indent: String = "") {
        for (number, line) in table.lines(indent: indent, width: width).enumerated() {
            lines.append(number == 0 && table.hasTitles ? style.paint(line, .bold) : line)
        }
    }

    /// Names the columns of a table that had no room, where there are any.
    func leftOut(_ columns: [String]) {
        guard !columns.isEmpty else { return }
        aside("+\(counted(columns.count, "column")): \(columns.joined(separator: ", "))")
    }

    /// Prints in a faint colour: what is said beside the value.
    func aside(_ text: String) {
        line(style.paint(text, .faint))
    }

    /// A text as it may be shown: addresses masked unless revealed, without what would steer the terminal.
    func safe(_ text: String) -> String {
        withoutControls(format.masking.show(text: text, to: nil, on: nil))
    }
}

/// Something of the prompt that knows how to print itself.
protocol Printable: AnyObject {
    /// Prints it for a person.
    func show(on page: Page, _ session: PromptSession) throws
    /// The same for a program.
    func json(_ page: Page, _ session: PromptSession) throws -> JSON
}
