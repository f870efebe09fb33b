public import Catalog
public import Diagnostics
public import RuleCompiler

/// How an audience is worked out: what SQL decides, what is left to Lua and why, and how many customers pass
/// each condition.
public struct AudienceExplanation: Sendable {
    /// The audience as a person would write it.
    public let text: String
    /// Its predicates, in the order in which they are asked.
    public let rules: [RuleExplanation]
    /// The statement that finds the customers whom Lua is asked about, or all that are in it.
    public let request: CustomerRequest
    /// The conditions one after the other.
    public let steps: [Step]
    /// How many customers there are.
    public let customerCount: Int
    /// The error of a rule that raised when the customers were counted.
    public let failure: Diagnostic?

    /// A condition, and how many customers meet it and all that stand before it.
    public struct Step: Sendable {
        /// The condition as the script says it.
        public let text: String
        /// Who decides it.
        public let place: ConditionPlace
        /// Where it stands; nil for a combination of segments.
        public let location: SourceLocation?
        /// How many customers are left; nil where a rule raised before all were asked.
        public let count: Int?
    }

    /// Whether SQL alone answers.
    public var isWhole: Bool {
        // A rule whose text was not found has no parts, and stays in Lua.
        rules.allSatisfy { !$0.parts.isEmpty && $0.parts.allSatisfy { $0.place == .sql } }
    }
}

/// A predicate and its conditions.
public struct RuleExplanation: Sendable {
    /// What it belongs to: "segment 'dormant'".
    public let owner: String
    /// Where it is.
    public let location: SourceLocation
    /// The text of the function, from the beginning of its first line; empty where it was not found.
    public let text: String
    /// Its conditions.
    public let parts: [Part]

    /// A condition within the text.
    public struct Part: Sendable {
        /// The bytes of ``RuleExplanation/text`` that say it.
        public let range: Range<Int>
        /// As it must hold: `not …` where the script leaves when it is true.
        public let text: String
        /// Who decides it.
        public let place: ConditionPlace
        /// Why Lua has to.
        public let reasons: [Reason]
        /// Where it stands.
        public let location: SourceLocation
    }

    /// Why something stays in Lua.
    public struct Reason: Sendable, Hashable {
        /// What stays.
        public let text: String
        /// Why.
        public let reason: String
    }
}
