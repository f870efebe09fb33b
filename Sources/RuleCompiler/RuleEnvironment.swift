public import Basics
public import Catalog
public import ScriptSyntax

/// What a rule can reach beside its customer. The host of the rules answers.
public protocol RuleEnvironment: AnyObject {
    /// The field of a customer by that name; nil where there is none.
    func field(_ name: String) -> Field?
    /// The trait by that name; nil where there is none.
    func trait(_ name: String) -> TraitSource?
    /// The numbers of the model by that name; nil where there are none.
    func model(_ name: String) -> [String: Value]?
    /// Whether scripts find a word of that name among their globals.
    func isWord(_ name: String) -> Bool
    /// Minor units in a major one of the customers' currency.
    var minorUnits: Double { get }
    /// The day that the workspace's wall clock shows.
    var today: CivilDate { get }
    /// Runs `return SOURCE` with the names as locals; nil where it raises or gives another kind of value.
    func evaluate(_ source: String, names: [String], values: [LuaConstant]) -> LuaConstant?
    /// The segment by that name; nil where there is none.
    func segment(_ name: String) -> AudienceTree?
    /// What a name holds that a script reads as a global and that is no word: a variable of the prompt, which only what
    /// is typed there sees; nil where there is none.
    func variable(_ name: String, in script: ScriptAnalysis) -> CapturedValue?
}

extension RuleEnvironment {
    /// Scripts share no variables.
    public func variable(_ name: String, in script: ScriptAnalysis) -> CapturedValue? { nil }
}

/// What the compiler knows of a trait.
public enum TraitSource {
    /// The function that gives its value, and the field that it declares itself to be; nil where it declares nothing.
    case function(RuleFunction, Field?)
    /// The text of its function was not found.
    case unknown
}

/// A Lua function as the compiler reads it: where it stands, and what the variables around it hold.
public struct RuleFunction {
    /// The script.
    public let script: ScriptAnalysis
    /// The function in it.
    public let body: LuaFunctionBody
    /// What a variable around the function holds, by its name.
    public let captured: (String) -> CapturedValue
    /// What it may reach; nil for all that scripts may.
    public let scope: RuleScope?

    /// A function of a script.
    public init(
        script: ScriptAnalysis, body: LuaFunctionBody, scope: RuleScope? = nil,
        captured: @escaping (String) -> CapturedValue
    ) {
        self.script = script
        self.body = body
        self.scope = scope
        self.captured = captured
    }
}

/// What a function may reach that has not all that scripts have: what lies beyond stays in Lua, which refuses it.
public struct RuleScope {
    /// Whether it may read a field, a trait, a relation or a method of customers.
    public let reads: (String) -> Bool
    /// Whether it may read the numbers of a model.
    public let readsModel: (String) -> Bool
    /// Whether it finds a word among its globals.
    public let knows: (String) -> Bool

    /// A scope from its parts.
    public init(
        reads: @escaping (String) -> Bool, readsModel: @escaping (String) -> Bool,
        knows: @escaping (String) -> Bool
    ) {
        (self.reads, self.readsModel, self.knows) = (reads, readsModel, knows)
    }
}

/// What a variable around a function holds.
public enum CapturedValue {
    /// A value.
    case constant(LuaConstant)
    /// A table, with what it holds by its keys.
    case table([LuaConstant: LuaConstant])
    /// A function of a script.
    case function(RuleFunction)
    /// A word of the host, or a function of Lua's libraries: `days_ago`, `string.lower`.
    case word(String)
    /// A segment or a combination of segments.
    case segment(AudienceTree)
    /// The function has no such variable.
    case unknown
    /// Anything else, and why a rule that reads it stays in Lua.
    case opaque(String)
}

/// Who belongs to an audience: predicates combined.
public indirect enum AudienceTree {
    /// A predicate by its number; without its text, where that was not found, and why.
    case predicate(Int, RuleFunction?, reason: String)
    /// A segment by name.
    case named(String)
    /// In both.
    case both(AudienceTree, AudienceTree)
    /// In one or both.
    case either(AudienceTree, AudienceTree)
    /// In the first, not in the second.
    case without(AudienceTree, AudienceTree)
    /// Not in it.
    case not(AudienceTree)
}
