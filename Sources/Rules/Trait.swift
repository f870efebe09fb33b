public import Diagnostics
internal import Catalog
internal import LuaRuntime

/// A field of customers that a script defines: rules read it as `c.NAME`, templates as `{{ customer.NAME }}`.
public struct Trait {
    /// The name, which stands behind a dot and is no field's, relation's or method's.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let doc: String
    /// Where it is defined.
    public let location: SourceLocation
    /// Gives a text, a number, true, false or nothing for a customer.
    let function: LuaFunction
}

extension Trait {
    /// What errors call it.
    var owner: String { "trait '\(name)'" }

    /// What of every customer has that name already: "a field"; nil for a name that is free.
    static func owner(ofName name: String) -> String? {
        if (customerColumns + factFields).contains(where: { $0.name == name }) { return "a field" }
        if relations.contains(where: { $0.name == name }) { return "a relation" }
        return customerMethodNames.contains(name) ? "a method" : nil
    }
}
