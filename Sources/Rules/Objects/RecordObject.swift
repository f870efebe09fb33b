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
            "a row",
            [
                (
                    "__index",
                    { [unowned host] call in
                        let record = try call.object(1, RecordObject.self, "a row")
                        let name = try call.text(2)
                        if let index = record.fields.firstIndex(where: { $0.name == name }) {
                            return call.returns(record.values[index])
                        }
                        if record.singular == "order", name == "items" {
                            return call.returns(.table(LuaTable(array: try host.items(of: record))))
                        }
                        let nearest = nearestName(to: name, in: record.fields.map(\.name))
                        throw LuaError(
                            "unknown field '\(name)' of \(article(record.singular))",
                            hint: nearest.map { "did you mean '\($0)'?" })
                    }
                )
            ])
    }
}
