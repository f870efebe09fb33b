internal import Catalog
internal import LuaRuntime

/// The column of counts.
let countField = Field("count", .integer, "How many there are.")

extension Aggregate {
    /// The word for it at the prompt: `avg`.
    var word: String {
        switch self {
        case .count: "count"
        case .sum: "sum"
        case .average: "avg"
        case .minimum: "min"
        case .maximum: "max"
        case .median: "median"
        case .distinct: "distinct"
        }
    }

    /// Refuses a field whose values have no such thing.
    func check() throws {
        guard let field, !isDefined(for: field.type) else { return }
        let kind = field.type.rawValue
        throw LuaError(
            "'\(field.name)' has no \(word), it holds values of type \(kind)",
            hint: "group_by \"\(field.name)\" counts its values, and :min and :max take any field")
    }
}
