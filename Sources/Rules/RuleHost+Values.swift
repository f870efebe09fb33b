package import Catalog
package import LuaRuntime
internal import RuleCompiler

extension RuleHost {
    /// What rules see of a stored value: money in major units, booleans as such.
    package func value(_ value: Value, of type: ValueType) -> LuaValue {
        switch (value, type) {
        case (.null, _): .missing
        case (.integer(let number), .boolean): .boolean(number != 0)
        case (.integer(let number), .money): .number(Double(number) / minorUnits)
        case (.integer(let number), _): .integer(number)
        case (.number(let number), .money): .number(number / minorUnits)
        case (.number(let number), _): .number(number)
        case (.text(let text), _): .text(text)
        }
    }

    /// What the store holds for a value that a rule names; nil where the type does not fit.
    package func store(_ value: LuaValue, as type: ValueType) -> Value? {
        LuaConstant(value).flatMap { type.stored($0, minorUnits: minorUnits) }
    }

    /// Minor units in a major one, for the currency of the customers.
    package var minorUnits: Double {
        (0..<minorUnitDigits(of: data?.currency ?? "")).reduce(1.0) { value, _ in value * 10 }
    }

    /// How a field reaches Lua through a row.
    func column(of field: Field) -> LuaColumn {
        switch field.type {
        case .boolean: .boolean
        case .money: .scaled(divisor: minorUnits)
        default: .plain
        }
    }

    func answer(_ query: RelationQuery, _ terminal: RelationQuery.Terminal, type: ValueType) throws
        -> LuaValue
    {
        guard case .value(let answer) = try requireData().answer(query, terminal) else { return .missing }
        return value(answer, of: type)
    }

    func records(_ query: RelationQuery, _ terminal: RelationQuery.Terminal) throws -> [LuaValue] {
        guard case .rows(let rows) = try requireData().answer(query, terminal) else { return [] }
        return rows.map { record(query.relation.singular, query.relation.fields, $0) }
    }

    func items(of order: RecordObject) throws -> [LuaValue] {
        guard let index = order.fields.firstIndex(where: { $0.name == "id" }),
            case .integer(let id) = order.values[index]
        else { return [] }
        return try items(ofOrder: id)
    }

    func items(ofOrder id: Int64) throws -> [LuaValue] {
        try requireData().items(ofOrder: id).map { record("item", orderItemFields, $0) }
    }

    /// Products as rows whose last field says why they are recommended.
    func recommendations(for customer: Int64, count: Int) throws -> [LuaValue] {
        let data = try requireData()
        return try data.recommendations(for: customer, count: count, at: clock.now).map { recommendation in
            record(
                "product", recommendedProductFields + [recommendationReasonField],
                try data.product(recommendation.product) + [.text(recommendation.reason.rawValue)])
        }
    }

    private func record(_ singular: String, _ fields: [Field], _ row: [Value]) -> LuaValue {
        let values = zip(fields, row).map { value($1, of: $0.type) }
        return .object(RecordObject(singular, fields, values, kind: recordKind))
    }
}
