internal import Catalog

/// What an expression stands for, as far as it can be seen without running the script.
enum Meaning: Hashable, Sendable {
    case unknown
    /// The customer whose turn it is.
    case customer
    /// `c.orders`, with what is chained to it.
    case relation(String)
    /// One row of a relation, which may be missing.
    case record(String)
    /// A list of rows.
    case records(String)
    /// A line of an order.
    case orderItem
    /// The lines of an order.
    case orderItems
    /// The word `segment`.
    case segmentWord
    /// A segment or a combination of segments.
    case segment
    /// A value of a type.
    case value(ValueType)
    /// A field that was read: its values are what the entry says.
    case field(LintField)

    /// What its field of a name stands for.
    func member(_ name: String, _ world: LintWorld) -> Meaning {
        switch self {
        case .customer:
            if world.relation(name) != nil { return .relation(name) }
            return world.field(name).map { .field($0) } ?? .unknown
        case .record(let relation):
            if relation == "orders", name == "items" { return .orderItems }
            let field = world.relation(relation)?.fields.first { $0.name == name }
            return field.map { .field(LintField($0)) } ?? .unknown
        case .orderItem:
            return world.orderItemFields.first { $0.name == name }.map { .field(LintField($0)) } ?? .unknown
        case .segmentWord: return .segment
        default: return .unknown
        }
    }

    /// The type of a value.
    var type: ValueType? {
        switch self {
        case .value(let type): type
        case .field(let field): field.field.type
        default: nil
        }
    }

    /// Whether a function that is called with it may rely on it.
    var isPassedOn: Bool {
        switch self {
        case .customer, .relation, .record, .records, .orderItem, .orderItems: true
        default: false
        }
    }
}

extension ValueType {
    /// Values of different classes are never equal, and cannot be ordered.
    enum Class: Hashable {
        case text, number, boolean
    }

    var valueClass: Class {
        switch self {
        case .text, .date: .text
        case .integer, .number, .money, .instant: .number
        case .boolean: .boolean
        }
    }

    /// What a value of it is called.
    var described: String {
        switch self {
        case .text: "a text"
        case .integer, .number: "a number"
        case .boolean: "true or false"
        case .money: "an amount"
        case .instant: "a time"
        case .date: "a date, a text such as \"1990-05-31\""
        }
    }
}
