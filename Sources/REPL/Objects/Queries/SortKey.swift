internal import Catalog

/// A field that decides the order of rows, as it is typed: `total_spent`, or `-total_spent` to have the greatest first.
struct SortKey {
    /// The name of the field.
    let name: String
    /// Whether the greatest comes first.
    let isDescending: Bool

    init(_ text: String) {
        isDescending = text.hasPrefix("-")
        name = isDescending ? String(text.dropFirst()) : text
    }

    /// The order by the field of that name.
    func order(of field: Field) -> RowOrder { RowOrder(field, descending: isDescending) }
}
