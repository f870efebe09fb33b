public import Catalog
public import Diagnostics
package import LuaRuntime

/// A field of customers that a script defines: rules read it as `c.NAME`, templates as `{{ customer.NAME }}`.
public struct Trait {
    /// The name, which stands behind a dot and is no field's, relation's or method's.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let doc: String
    /// Of what type its values are; nil where only they show it.
    public let type: ValueType?
    /// The values it can have, where they are few and fixed.
    public let values: [String]
    /// Where it is defined.
    public let location: SourceLocation
    /// Gives a text, a number, true, false or nothing for a customer.
    let function: LuaFunction
    /// How its value follows from what the function gives for everybody; nil where it is what the function gives.
    package let rule: PopulationRule?
    /// Among whom, where it follows from everybody's; nil for everybody who is not erased.
    let among: SegmentExpression?

    /// A trait whose function runs in the state of its host.
    ///
    /// One over the whole population has the type of its rule.
    package init(
        name: String, doc: String, type: ValueType? = nil, values: [String] = [], location: SourceLocation,
        function: LuaFunction, rule: PopulationRule? = nil, among: SegmentExpression? = nil
    ) {
        (self.name, self.doc, self.values, self.location) = (name, doc, values, location)
        (self.function, self.rule, self.among) = (function, rule, among)
        self.type = rule?.type ?? type
    }
}

extension Trait {
    /// What errors call it.
    var owner: String { "trait '\(name)'" }

    /// As a field, with a type that is known otherwise where it declares none.
    public func field(_ found: ValueType = .text) -> Field { Field(name, type ?? found, doc, values: values) }

    /// As a field, where it declares what its values are.
    var declared: Field? { type == nil ? nil : field() }

    /// What of every customer has that name already: "a field"; nil for a name that is free.
    static func owner(ofName name: String) -> String? {
        if (customerColumns + factFields).contains(where: { $0.name == name }) { return "a field" }
        if relations.contains(where: { $0.name == name }) { return "a relation" }
        return customerMethodNames.contains(name) ? "a method" : nil
    }
}

/// What scripts call the types of fields.
enum TraitType: String, CaseIterable {
    case text, number, integer, boolean, money, date, time

    var type: ValueType {
        switch self {
        case .text: .text
        case .number: .number
        case .integer: .integer
        case .boolean: .boolean
        case .money: .money
        case .date: .date
        case .time: .instant
        }
    }

    /// "a text", for errors.
    static func described(_ type: ValueType) -> String {
        switch type {
        case .text: "a text"
        case .number: "a number"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .money: "an amount of money"
        case .date: "a date such as \"2026-12-24\""
        case .instant: "a time in whole seconds, as days_ago gives one"
        }
    }
}
