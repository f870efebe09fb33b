public import Catalog
public import ScriptSyntax

/// A predicate, taken apart: what SQL decides, what is left to Lua, and why.
public struct CompiledRule: Sendable {
    /// The conditions that must hold, in the order in which Lua looks at them.
    public let parts: [RulePart]
    /// What stands in the text of the function in place of conditions that SQL has already decided.
    public let masks: [RuleMask]
    /// Why what stays in Lua stays there.
    public let reasons: [RuleReason]
}

/// A condition that must hold, as one of several.
public struct RulePart: Sendable {
    /// Where it stands.
    public let range: SourceRange
    /// The expression, where it is one.
    public let expression: LuaExpression?
    /// The statement that it stands in.
    public let statement: SourceRange
    /// Whether it must be false: it leads to `return false`.
    public let isNegated: Bool
    /// What stands for it where it holds; nil for what has to stay, such as a local that may raise.
    public let mask: RuleMask?
    /// Who decides it.
    public let place: ConditionPlace
    /// What SQL knows of it where all before it hold: 1 where it holds, or may hold.
    public let condition: SQLFragment?
    /// Why Lua has to decide it; empty where SQL does.
    public let reasons: [RuleReason]
}

/// Who decides a condition.
public enum ConditionPlace: String, Sendable {
    /// SQL alone.
    case sql
    /// Lua, for the customers that SQL leaves.
    case both
    /// Lua alone.
    case lua
}

/// A text that stands for another.
public struct RuleMask: Hashable, Sendable {
    /// What it replaces.
    public let range: SourceRange
    /// `true` or `false`, or a statement.
    public let text: String

    /// A text in the place of another.
    public init(range: SourceRange, text: String) {
        self.range = range
        self.text = text
    }
}

/// Who answers for an audience, part by part.
public indirect enum AudiencePlan: Sendable {
    /// Every customer whom the condition of the whole lets through.
    case everyone
    /// SQL says for each customer: 1 or 0.
    case flag(SQLFragment)
    /// A predicate by its number, with what SQL has decided of it.
    case predicate(Int, masks: [RuleMask])
    /// A segment by its name, and what is asked of its members.
    case named(String, AudiencePlan)
    /// A segment by its name, in plain Lua.
    case segment(String)
    /// In both.
    case both(AudiencePlan, AudiencePlan)
    /// In one or both.
    case either(AudiencePlan, AudiencePlan)
    /// In the first, not in the second.
    case without(AudiencePlan, AudiencePlan)
    /// Not in it.
    case not(AudiencePlan)
}

/// An audience, taken apart.
public struct CompiledAudience: Sendable {
    /// The condition that every customer meets who is in it, or for whom a predicate raises; nil for all
    /// customers.
    public let wanted: SQLFragment?
    /// What is to be asked about each of them.
    public let plan: AudiencePlan
    /// Whether SQL alone answers.
    public var isWhole: Bool { if case .everyone = plan { true } else { false } }
    /// 1 where the customer is in it, where SQL alone answers.
    public let flag: SQLFragment?
}
