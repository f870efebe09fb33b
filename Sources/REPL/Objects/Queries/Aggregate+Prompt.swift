internal import Catalog
internal import LuaRuntime

/// The column of counts.
let countField = Field("count", .integer, "How many there are.")

extension Aggregate {
    /// Refuses a field whose values have no such thing.
    func check() throws {
        guard let field, !isDefined(for: field.type) else { return }
        let kind = field.type.rawValue
        throw LuaError(
            "'\(field.name)' has no \(name), it holds values of type \(kind)",
            hint: "group_by \"\(field.name)\" counts its values, and :min and :max take any field")
    }
}
