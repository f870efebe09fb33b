internal import Catalog
internal import Diagnostics

/// What a column of a file means.
public enum ImportTarget: Sendable, Hashable {
    /// A field of the kind.
    case field(String)
    /// A custom attribute of the customer.
    case attribute(String)
    /// Nothing; it is left out.
    case dropped
}

/// Finds what the columns of a header mean.
struct ColumnMatch {
    private let kind: ImportKind
    private let map: [String: String]
    private let keepsUnknown: Bool
    private let targetOfHeader: [String: ImportTarget]

    init(_ request: ImportRequest) {
        kind = request.kind
        keepsUnknown = kind == .customers && request.unknownColumns == .keep
        map = Dictionary(
            request.map.sorted { $0.key < $1.key }.map { (ImportField.folded($0.key), $0.value) },
            uniquingKeysWith: { first, _ in first })
        let fields = kind.fields.flatMap { field in
            ([field.name] + field.headers + (request.headers[field.name] ?? [])).map {
                (ImportField.folded($0), ImportTarget.field(field.name))
            }
        }
        let attributes = (kind == .customers ? request.attributeHeaders : [:]).sorted { $0.key < $1.key }
            .flatMap { name, headers in
                ([name] + headers).map { (ImportField.folded($0), ImportTarget.attribute(name)) }
            }
        targetOfHeader = Dictionary(fields + attributes, uniquingKeysWith: { first, _ in first })
    }

    /// What each column of a file means.
    ///
    /// - Throws: ``ImportError`` where two columns mean one field, a required field has no column, or the map
    ///   names an unknown field.
    func targets(_ header: [String], file: String) throws -> [ImportTarget] {
        let mapped = try header.map(mappedTarget(of:))
        let claimed = Set(mapped.compactMap { $0 })
        let targets = zip(header, mapped).map { column, target in
            target ?? self.target(of: column, besides: claimed)
        }
        var columns: [ImportTarget: String] = [:]
        for (column, target) in zip(header, targets) where target != .dropped {
            if let first = columns.updateValue(column, forKey: target) {
                throw ImportError.twoColumns(file: file, field: target.name, first: first, second: column)
            }
        }
        for group in kind.requirements where !group.contains(where: { columns[.field($0)] != nil }) {
            throw ImportError.missingColumn(file: file, kind: kind, anyOf: group, found: header)
        }
        return targets
    }

    /// What the map says of a column; nil where it says nothing.
    private func mappedTarget(of column: String) throws -> ImportTarget? {
        guard let wanted = map[ImportField.folded(column)] else { return nil }
        if wanted == "-" { return .dropped }
        let key = ImportField.folded(wanted)
        if let field = kind.fields.first(where: { ImportField.folded($0.name) == key }) {
            return .field(field.name)
        }
        // What is nearly the name of a field is a slip, and no new attribute.
        guard kind == .customers, nearestName(to: wanted, in: kind.fields.map(\.name)) == nil else {
            throw ImportError.unknownField(column: column, field: wanted, kind: kind)
        }
        return .attribute(Self.attributeName(wanted))
    }

    /// What a column means by its header; what the map gave to another column is not meant.
    private func target(of column: String, besides claimed: Set<ImportTarget>) -> ImportTarget {
        if let target = targetOfHeader[ImportField.folded(column)], !claimed.contains(target) {
            return target
        }
        return keepsUnknown ? .attribute(Self.attributeName(column)) : .dropped
    }

    /// A header as the name of a custom attribute: lower case, anything but letters and digits as `_`; a name
    /// that the customer has already gets `_imported` at its end.
    static func attributeName(_ header: String) -> String {
        var name = ""
        for character in header.lowercased() {
            if character.isLetter || character.isNumber {
                name.append(character)
            } else if let last = name.last, last != "_" {
                name.append("_")
            }
        }
        if name.last == "_" { name.removeLast() }
        if name.isEmpty { name = "column" }
        let taken =
            (customerColumns + factFields).map(\.name) + relations.map(\.name) + customerMethodNames
        return taken.contains(name) ? name + "_imported" : name
    }
}

extension ImportTarget {
    /// The name of the field or attribute; `-` for a column that is left out.
    public var name: String {
        switch self {
        case .field(let name), .attribute(let name): name
        case .dropped: "-"
        }
    }
}
