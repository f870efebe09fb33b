public import Diagnostics

/// A script as a tree, with what was wrong with it.
public struct LuaChunk: Sendable {
    /// The path as errors show it.
    public let path: String
    /// The text.
    public let source: SourceText
    /// Its statements; of a script with errors those that could be read.
    public let block: LuaBlock
    /// Every local variable and parameter, in the order in which their declarations end.
    public let variables: [LuaVariable]
    /// The comments, in their order.
    public let comments: [LuaComment]
    /// What is wrong, in the order of the text; empty exactly where Lua accepts the script.
    public let errors: [Diagnostic]
    /// Whether its tree is too tall to be walked, as that of a chain of more than 1,000 `or` is. Nothing is known of such
    /// a script but whether it is Lua: it has no statements and no variables here.
    public let isTooTall: Bool
}

/// A local variable or a parameter.
public struct LuaVariable: Sendable {
    /// Where a variable comes from.
    public enum Origin: Sendable, Hashable {
        /// `local x`
        case local
        /// `local function f`
        case function
        /// A parameter of a function.
        case parameter
        /// The variable of a loop.
        case loop
    }

    /// The name where it is declared; the `self` of a method has the range of the method's name.
    public let name: LuaToken
    /// Where it comes from.
    public let origin: Origin
    /// `const` or `close`.
    public let attribute: String?
    /// How many functions stand around its declaration: 0 at the top of the script.
    public let depth: Int
    /// The variable of the same name that it hides, as an index of ``LuaChunk/variables``.
    public let shadows: Int?
    /// Where it is read, in the order of the text; of a local `_ENV` also where a global is read or written.
    public var reads: [Use] = []
    /// Where it is assigned after its declaration.
    public var writes: [Use] = []

    /// A place where a variable is used.
    public struct Use: Hashable, Sendable {
        /// Where.
        public let range: SourceRange
        /// How many functions stand around it.
        public let depth: Int
    }
}

/// A comment.
public struct LuaComment: Sendable {
    /// Where it stands, with its dashes.
    public let range: SourceRange
    /// What it says, without dashes, brackets and surrounding blanks.
    public let text: String
    /// Whether nothing but blanks stands before it on its line.
    public let isAlone: Bool
}
