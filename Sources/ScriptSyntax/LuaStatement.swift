/// Statements that follow each other, in a scope of their own.
public struct LuaBlock: Sendable {
    /// From its first statement to its last; empty at its place where it has none.
    public let range: SourceRange
    /// The statements; a `return` or `break` is one of them.
    public let statements: [LuaStatement]

    /// A block from its parts.
    public init(range: SourceRange, statements: [LuaStatement]) {
        self.range = range
        self.statements = statements
    }
}

/// A statement with its place in the text.
public struct LuaStatement: Sendable {
    /// Where it stands, without surrounding blanks.
    public let range: SourceRange
    /// What it is.
    public let kind: Kind

    /// A statement from its parts.
    public init(_ kind: Kind, _ range: SourceRange) {
        self.kind = kind
        self.range = range
    }

    /// What a statement is.
    public indirect enum Kind: Sendable {
        /// `local a <const>, b = …`; the variables are indexes of ``LuaChunk/variables``.
        case local([Int], [LuaExpression])
        /// `a, b.c = …`; the targets are names or index expressions.
        case assignment([LuaExpression], [LuaExpression])
        /// A call as a statement.
        case call(LuaExpression)
        /// `do … end`
        case block(LuaBlock)
        /// `while … do … end`
        case whileLoop(LuaExpression, LuaBlock)
        /// `repeat … until …`; the condition sees the block's locals.
        case repeatLoop(LuaBlock, until: LuaExpression)
        /// `if … then … elseif … then … else … end`
        case conditional([(condition: LuaExpression, block: LuaBlock)], otherwise: LuaBlock?)
        /// `for i = start, limit, step do … end`
        case numericFor(Int, start: LuaExpression, limit: LuaExpression, step: LuaExpression?, LuaBlock)
        /// `for k, v in … do … end`
        case genericFor([Int], [LuaExpression], LuaBlock)
        /// `function a.b:c() … end`; the target is a name or an index expression.
        case function(target: LuaExpression, LuaFunctionBody)
        /// `local function f() … end`
        case localFunction(Int, LuaFunctionBody)
        /// `return …`
        case `return`([LuaExpression])
        /// `break`
        case `break`
        /// `goto label`
        case `goto`(LuaToken)
        /// `::label::`
        case label(LuaToken)
    }
}
