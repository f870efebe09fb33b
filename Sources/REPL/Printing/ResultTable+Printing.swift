internal import Basics
internal import Catalog
internal import Reports

extension ResultTable {
    func show(on page: Page, _ session: PromptSession) throws {
        guard !rows.isEmpty else { return page.aside(note ?? "no rows") }
        let cells = CellText(page)
        let rows = rows.prefix(shown)
        func column(_ place: Int) -> TableFitting.Column {
            let field = fields[place]
            return TableFitting.Column(
                page.safe(field.name), cells.column(field, rows.map { $0[place] }),
                isNumeric: field.type.isNumeric, isText: field.type == .text)
        }
        let leftOut: [String]
        switch look {
        case .rows: leftOut = print(fields.indices.map(column), on: page)
        case .grid: leftOut = print(grid(cells), on: page)
        case .bars(let place, let hasShares):
            leftOut = print(fields.indices.map(column), bars: place, hasShares: hasShares, on: page)
        case .histogram(let scale, let name):
            let label = TableFitting.Column(
                name, BinLabels(scale, fields[0], cells, page).texts(Array(rows)), isNumeric: true)
            leftOut = print([label, column(2)], bars: 2, hasShares: true, on: page)
        }
        let more = (total ?? self.rows.count) - rows.count
        if more > 0 {
            let isHere = self.rows.count > rows.count
            let hint =
                hint
                ?? (isHere
                    ? ":show() prints all" : ":limit(n) says how many, :export \"file.csv\" writes all")
            page.aside("… \(grouped(more)) more; \(hint)")
        }
        page.leftOut(leftOut)
        if let note { page.aside(note) }
    }

    private func print(_ columns: [TableFitting.Column], on page: Page) -> [String] {
        let fitted = TableFitting(columns, width: page.width)
        page.table(fitted.table)
        return fitted.leftOut
    }

    /// The columns, with a bar behind them for the numbers of one.
    private func print(
        _ columns: [TableFitting.Column], bars place: Int, hasShares: Bool, on page: Page
    ) -> [String] {
        let numbers = rows.map { row -> Double in
            switch row[place] {
            case .integer(let number): Double(number)
            case .number(let number): number
            case .null, .text: 0
            }
        }
        let sum = numbers.reduce(0, +)
        let greatest = numbers.reduce(0, max)
        var columns = columns
        // Parts of what is below zero in places are no shares.
        if hasShares, sum > 0, numbers.allSatisfy({ $0 >= 0 }) {
            columns.append(
                TableFitting.Column(
                    "share", numbers.prefix(shown).map { percentText($0 / sum) }, isNumeric: true))
        }
        let fitted = TableFitting(columns, width: page.width)
        let room = min(Self.barWidth, fitted.room(in: page.width, otherwise: Self.barWidth))
        guard fitted.leftOut.isEmpty, room >= Self.leastBar, greatest > 0 else {
            page.table(fitted.table)
            return fitted.leftOut
        }
        let bars = numbers.prefix(shown).map { bar($0 / greatest, width: room) }
        page.table(
            TableFitting(columns + [TableFitting.Column("", bars)], width: page.width).table
        )
        return []
    }

    /// The columns of a grid, each with its sum below, and the sums of the rows behind them.
    private func grid(_ cells: CellText) -> [TableFitting.Column] {
        func count(_ value: Value) -> Int { if case .integer(let number) = value { Int(number) } else { 0 } }
        let labels = cells.column(fields[0], rows.prefix(shown).map { $0[0] }) + ["total"]
        let columns = fields.indices.dropFirst().map { place in
            let counts = rows.map { count($0[place]) }
            return TableFitting.Column(
                fields[place].name,
                (counts.prefix(shown) + [counts.reduce(0, +)]).map { $0 == 0 ? "·" : grouped($0) },
                isNumeric: true)
        }
        return [TableFitting.Column(fields[0].name, labels, isText: true)] + columns
    }

    private static let barWidth = 32
    /// A shorter bar says nothing.
    private static let leastBar = 8
}

/// A share in percent: `12.3%`, and `<0.1%` for what would look like nothing.
func percentText(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    guard tenths > 0 || share <= 0 else { return "<0.1%" }
    return "\(Int(tenths) / 10).\(Int(tenths) % 10)%"
}
