/// A condition on one column of a row: its text is one of a few.
///
/// The store asks it as SQL, and a simulation of rows that are not stored; both from this one definition.
public struct RowCondition: Sendable, Hashable {
    /// The column, by the name that it has in its table.
    public let column: String
    /// The texts of which it is one.
    public let values: [String]

    /// A condition from its parts.
    public init(_ column: String, among values: [String]) {
        self.column = column
        self.values = values
    }

    /// `type = 'cart'`, `status IN ('paid', …)`, or `r.status IN ('paid', …)` for the alias `r`.
    public func sql(alias: String? = nil) -> String {
        let name = "\(alias.map { "\($0)." } ?? "")\(column)"
        let texts = values.map { "'\($0)'" }
        return texts.count == 1 ? "\(name) = \(texts[0])" : "\(name) IN (\(texts.joined(separator: ", ")))"
    }

    /// Whether it holds for a row, whose columns are found by their names.
    public func holds(_ row: (String) -> Value) -> Bool {
        guard case .text(let text) = row(column) else { return false }
        return values.contains { $0.utf8.elementsEqual(text.utf8) }
    }
}
