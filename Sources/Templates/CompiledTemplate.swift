/// A template as Lua 5.4 source text.
public struct CompiledTemplate: Sendable {
    /// The text of a chunk. Called as `chunk(rt)` it returns `render`; `render(scope)` returns the output and
    /// nil, or the output and an array of the missing outputs `{ { line = 3, column = 9, path =
    /// "customer.name" }, … }`.
    ///
    /// A Lua line is the template's line of the same number, so positions in Lua's errors are the template's.
    public let luaSource: String
    /// The name to load the chunk under: `=templates/win-back.liquid`.
    public let chunkName: String
    /// The paths that read the scope, in the order they stand in the template.
    public let variables: [VariableUse]
}

/// A path in a template whose first name comes from the scope: no loop variable and nothing the template
/// assigns.
public struct VariableUse: Sendable, Hashable {
    /// As written: `customer.name`, `order.items[0].title`.
    public let path: String
    /// The file's line, counted from 1.
    public let line: Int
    /// The first character's place in the line, counted from 1.
    public let column: Int
}
