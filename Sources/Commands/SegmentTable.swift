internal import Catalog
internal import Reports
internal import Rules
internal import Store

/// The customers of a segment as a table of their fields and traits.
struct SegmentTable {
    /// What the store holds, or what a script defines.
    enum Column {
        case field(Field)
        case trait(Trait)

        var name: String {
            switch self {
            case .field(let field): field.name
            case .trait(let trait): trait.name
            }
        }
    }

    let columns: [Column]
    let snapshot: Snapshot
    let host: RuleHost
    let format: ValueFormat

    /// The table of customers with these ids, which rise.
    func text(of ids: ArraySlice<Int64>) throws -> TextTable {
        let fields = columns.compactMap { if case .field(let field) = $0 { field } else { nil } }
        let walk = fields.count < columns.count ? try walk(over: ids) : nil
        var rows: [[String]] = []
        var areNumbers = Array(repeating: true, count: columns.count)
        for id in ids {
            // The walk meets those between, too, but reads nothing of them.
            while let walk, walk.current < id, try walk.next() != nil {}
            var values = try (snapshot.values(fields, of: id) ?? []).makeIterator()
            var row = [String(id)]
            for (index, column) in columns.enumerated() {
                let text: String
                var isNumber = true
                switch column {
                case .field(let field):
                    text = format.text(values.next() ?? .null, of: field)
                    isNumber = field.type.isNumeric
                case .trait(let trait):
                    let (value, type) = try walk?.value(of: trait) ?? (.null, .text)
                    text = self.text(value, type, of: trait)
                    isNumber = value == .null || type.isNumeric
                }
                row.append(text)
                areNumbers[index] = areNumbers[index] && isNumber
            }
            rows.append(row)
        }
        var table = TextTable(
            [TextTable.Column("id", alignRight: true)]
                + zip(columns, areNumbers).map { TextTable.Column($0.name, alignRight: $1) })
        for row in rows { table.add(row) }
        return table
    }

    private func walk(over ids: ArraySlice<Int64>) throws -> CustomerWalk {
        let walk = try CustomerWalk(host)
        if let first = ids.first, let last = ids.last { try walk.restart(over: first...last) }
        return walk
    }

    private func text(_ value: Value, _ type: ValueType, of trait: Trait) -> String {
        let text = format.text(value, of: trait.field(type))
        // Nobody knows what the script made a text of: an address may be in it.
        if case .text = value { return format.masking.show(text: text, to: nil, on: nil) }
        return text
    }
}

extension ValueType {
    fileprivate var isNumeric: Bool { [.integer, .number, .money].contains(self) }
}
