internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules

extension PromptSession {
    /// The fields of a customer that are no traits.
    var customerFields: [Field] { (host.data?.fields ?? []).filter { host.traits[$0.name] == nil } }

    /// A field of customers by name: a column, a fact, an attribute or a trait.
    ///
    /// - Throws: an error with the nearest name where there is none, and what the trait raises.
    func field(_ name: String) throws -> Field {
        if let field = customerFields.first(where: { $0.name == name }) { return field }
        guard let trait = host.traits[name] else { throw host.unknownField(name) }
        if trait.rule != nil {
            if !host.populations.contains(name) { try findAllPopulations() }
            if let field = host.populations.fields.first(where: { $0.name == name }) { return field }
        }
        return try traitFields.field(trait, self)
    }

    /// The order of rows by the names of fields.
    func order(_ keys: [SortKey]) throws -> [RowOrder] {
        try keys.map { try $0.order(of: field($0.name)) }
    }

    /// The zone of the workspace's wall clock.
    var zone: TimeZone { page.format.clock.local.zone }
}
