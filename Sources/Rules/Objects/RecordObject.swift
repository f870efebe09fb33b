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
                            let record = try call.object(1, RecordObject.self, "a row")
                            throw LuaError("\(article(record.singular)) cannot be changed; rules only read")
                        }
                    }
                ),
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let record = try call.object(1, RecordObject.self, "a row")
                            let name = try call.text(2)
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
