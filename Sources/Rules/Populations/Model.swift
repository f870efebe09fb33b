public import Diagnostics
package import LuaRuntime

/// Numbers that are made of all customers at once: rules read them as `model.NAME.x`.
public struct Model {
    /// The name.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let doc: String
    /// Where it is defined.
    public let location: SourceLocation
    /// Among whom; nil for everybody who is not erased.
    let among: SegmentExpression?
    /// Gives a row of numbers by name for a customer, or nothing.
    let row: LuaFunction
    /// Makes numbers by name of all rows.
    let fit: LuaFunction

    /// A model whose functions run in the state of its host.
    package init(
        name: String, doc: String, location: SourceLocation, among: SegmentExpression?, row: LuaFunction,
        fit: LuaFunction
    ) {
        (self.name, self.doc, self.location) = (name, doc, location)
        (self.among, self.row, self.fit) = (among, row, fit)
    }
}

extension Model {
    /// What errors call it.
    var owner: String { "model '\(name)'" }
}
