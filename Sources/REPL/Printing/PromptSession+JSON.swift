internal import Basics
internal import Catalog
internal import Reports
internal import Rules

extension PromptSession {
    /// A stored value for a program: times as ISO 8601 in the workspace's zone, amounts in major units, addresses masked
    /// unless revealed.
    func json(_ value: Value, of field: Field) -> JSON {
        switch (value, field.type) {
        case (.null, _): return .null
        case (.integer(let number), .boolean): return .boolean(number != 0)
        case (.integer(let number), .money): return .number(Double(number) / host.minorUnits)
        case (.integer(let number), .instant):
            var local = page.format.clock.local
            return .text(local.isoText(at: number))
        case (.integer(let number), _): return .integer(number)
        case (.number(let number), .money): return .number(number / host.minorUnits)
        case (.number(let number), _): return .number(number)
        case (.text, _): return .text(page.format.text(value, of: field))
        }
    }

    /// A row for a program: a member for each field.
    func json(_ row: [Value], of fields: [Field]) -> JSON {
        .object(zip(fields, row).map { JSON.Member(name: $0.name, value: json($1, of: $0)) })
    }
}
