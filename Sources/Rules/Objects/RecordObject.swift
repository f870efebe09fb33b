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
                            throw LuaError("\(article(record.singular)) cannot be changed; rules only read")
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
                            let hasItems = record.singular == "order"
                            if hasItems, name == "items" {
                                return call.returns(.table(LuaTable(array: try host.items(of: record))))
                            }
                            throw LuaError(
                                "unknown field '\(name)' of \(article(record.singular))",
                                hint: suggestion(
                                    name, record.fields.map(\.name) + (hasItems ? ["items"] : []),
                                    what: "field"))
                        }
                    }
                ),
            ])
    }
}
