internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Store

/// What rows that are there can be asked: another table each time.
extension ResultTable {
    /// Only the rows that have these values, or for which a function answers true.
    func narrowed(to condition: LuaValue, _ session: PromptSession) throws -> ResultTable {
        switch condition {
        case .table(let wanted):
            guard wanted.array.isEmpty else {
                throw LuaError("where takes columns by name", hint: "write where { \(fields[0].name) = … }")
            }
            let conditions = try wanted.fields.map { name, value in
                let column = try column(name)
                guard let stored = session.host.store(value, as: fields[column].type) else {
                    throw LuaError(
                        "'\(name)' is compared with \(value.described), but it holds values of type \(fields[column].type.rawValue)"
                    )
                }
                return (column, stored)
            }
            return with(rows.filter { row in conditions.allSatisfy { row[$0].isSame(as: $1) } }, session)
        case .function(let function):
            var kept: [[Value]] = []
            for index in rows.indices {
                let answer = try session.host.state.call(
                    function, .value(row(index, session)), within: .line)
                switch answer {
                case .boolean(true): kept.append(rows[index])
                case .boolean(false), .missing: break
                default:
                    throw LuaError(
                        "the function of where returned \(answer.described)", hint: "it answers true or false"
                    )
                }
            }
            return with(kept, session)
        default:
            throw LuaError(
                "where takes values of columns or a function, got \(condition.described)",
                hint: "write where { \(fields[0].name) = … }")
        }
    }

    /// In the order of columns; a name behind a minus lets the greatest come first. Missing values come last.
    func ordered(by names: [String], _ session: PromptSession) throws -> ResultTable {
        let keys = try names.map(SortKey.init).map { (column: try column($0.name), $0.isDescending) }
        let places = rows.indices.sorted { one, other in
            for (column, isDescending) in keys {
                let (a, b) = (rows[one][column], rows[other][column])
                if (a == .null) != (b == .null) { return b == .null }
                if a.isLess(than: b) { return !isDescending }
                if b.isLess(than: a) { return isDescending }
            }
            return one < other
        }
        return with(places.map { rows[$0] }, session)
    }

    /// Only the first rows.
    func cut(to count: Int, _ session: PromptSession) -> ResultTable {
        with(Array(rows.prefix(count)), shown: .max, session)
    }

    /// How many rows have each value of a column, the most frequent first.
    func frequencies(of name: String, _ session: PromptSession) throws -> ResultTable {
        let column = try column(name)
        var counts = ValueCounts()
        for row in rows { counts.add(1, of: row[column]) }
        return ResultTable(
            [fields[column], countField], counts.byWeight.map { [$0.value, .integer($0.count)] },
            look: .bars(column: 1, hasShares: true), session)
    }

    /// All rows, with some of the columns, or with all of them.
    func selected(_ names: [String], _ session: PromptSession) throws -> ResultTable {
        guard !names.isEmpty else {
            return ResultTable(fields, rows, total: total, look: look, shown: .max, note: note, session)
        }
        let columns = try names.map(column)
        return ResultTable(
            columns.map { fields[$0] }, rows.map { row in columns.map { row[$0] } }, total: total,
            shown: .max,
            session)
    }

    /// What is made of the values of a column, as the store makes it of customers.
    func aggregate(_ aggregate: Aggregate, _ column: Int) throws -> Value {
        try aggregate.check()
        let values = rows.map { $0[column] }.filter { $0 != .null }
        switch aggregate {
        case .count: return .integer(Int64(rows.count))
        case .minimum: return values.min { $0.isLess(than: $1) } ?? .null
        case .maximum: return values.max { $0.isLess(than: $1) } ?? .null
        case .sum:
            var whole: Int64 = 0
            for value in values {
                guard case .integer(let number) = value else {
                    return .number(values.reduce(0) { $0 + $1.double })
                }
                let (sum, isOver) = whole.addingReportingOverflow(number)
                guard !isOver else { return .number(values.reduce(0) { $0 + $1.double }) }
                whole = sum
            }
            return .integer(whole)
        case .average:
            guard !values.isEmpty else { return .null }
            return .number(values.reduce(0) { $0 + $1.double } / Double(values.count)).whole(aggregate.type)
        case .median:
            let sorted = values.sorted { $0.isLess(than: $1) }
            guard !sorted.isEmpty else { return .null }
            let middle = sorted.count / 2
            if !sorted.count.isMultiple(of: 2) { return sorted[middle] }
            return .number((sorted[middle - 1].double + sorted[middle].double) / 2).whole(aggregate.type)
        }
    }

    private func with(_ rows: [[Value]], shown: Int? = nil, _ session: PromptSession) -> ResultTable {
        ResultTable(
            fields, rows, look: rows.count < self.rows.count ? lookOfPart : look,
            shown: shown ?? self.shown, session)
    }
}

extension Value {
    /// Whether one comes before the other: numbers by size and before texts, texts by their bytes.
    fileprivate func isLess(than other: Value) -> Bool {
        switch (self, other) {
        case (.integer(let a), .integer(let b)): a < b
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        case (.text, _): false
        case (_, .text): true
        default: double < other.double
        }
    }

    /// Whether they are equal as Lua has it: 1 is 1.0.
    fileprivate func isSame(as other: Value) -> Bool {
        switch (self, other) {
        case (.integer, .number), (.number, .integer): double == other.double
        default: self == other
        }
    }

    fileprivate var double: Double {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .text: 0
        }
    }

    /// A time stays whole.
    fileprivate func whole(_ type: ValueType) -> Value {
        if type == .instant { .integer(Int64(double.rounded())) } else { self }
    }
}
