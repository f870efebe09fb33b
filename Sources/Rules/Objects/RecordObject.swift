internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// One row of a relation: an order, an event, a message. Its fields are read by name and cannot be written.
final class RecordObject: LuaObject {
    let singular: String
    let fields: [Field]
    let values: [LuaValue]

    init(_ singular: String, _ fields: [Field], _ values: [LuaValue], kind: LuaObjectKind) {
        self.singular = singular
        self.fields = fields
        self.values = values
        super.init(kind: kind)
    }

    /// The metatable: fields by name, and `items` of an order.
    static func makeKind(_ host: RuleHost) -> LuaObjectKind {
        host.state.makeKind(
            "row",
            [
                (
                    "__newindex",
                    { [unowned host] call in
                        try host.remembering {
                            let (record, _, _) = try call.arguments(
                                LuaParameter<RecordObject>.object("row", "a row"), .any("name"), .any("value")
                            )
                            throw isReadOnly(record.singular)
                        }
                    }
                ),
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let (record, name) = try call.arguments(
                                LuaParameter<RecordObject>.object("row", "a row"), .text("name"))
                            if let index = record.fields.firstIndex(where: { $0.name == name }) {
                                return call.returns(record.values[index])
                            }
                            guard record.singular == "order", name == "items" else {
                                throw unknown(name, record.singular, record.fields)
                            }
                            return call.returns(.table(LuaTable(array: try host.items(of: record))))
                        }
                    }
                ),
            ])
    }

    /// The error for a name that a row has not.
    static func unknown(_ name: String, _ singular: String, _ fields: [Field]) -> LuaError {
        LuaError(
            "unknown field '\(name)' of \(article(singular))",
            hint: suggestion(
                name, fields.map(\.name) + (singular == "order" ? ["items"] : []), what: "field"))
    }

    /// The error for a row that is written.
    static func isReadOnly(_ singular: String) -> LuaError {
        LuaError("\(article(singular)) cannot be changed; rules only read")
    }
}
