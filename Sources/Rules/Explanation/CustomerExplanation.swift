public import Catalog
public import Diagnostics

/// Why a customer is in an audience, or is not.
public struct CustomerExplanation: Sendable {
    /// The customer.
    public let customer: Int64
    /// Whether they are in it.
    public let isMember: Bool
    /// The predicates that were asked.
    public let rules: [Rule]
    /// The change of one field that would change the answer, by the least; nil where none was found.
    public let change: Change?

    /// A predicate and what it answers.
    public struct Rule: Sendable {
        /// What it belongs to: "segment 'dormant'".
        public let owner: String
        /// Where it is.
        public let location: SourceLocation
        /// What it answers.
        public let answer: Answer
        /// Its conditions.
        public let conditions: [Condition]
    }

    /// A condition, or a part of one.
    public struct Condition: Sendable {
        /// As the script says it.
        public let text: String
        /// How deep it stands in the condition that it is a part of; 0 for a whole one.
        public let depth: Int
        /// What it gives.
        public let answer: Answer
        /// What is compared in it, with its values; constants are left out.
        public let values: [Operand]
    }

    /// What is compared.
    public struct Operand: Sendable {
        /// As the script says it.
        public let text: String
        /// Its value.
        public let value: Value
        /// What kind it is; nil where a value says so itself.
        public let type: ValueType?
    }

    /// What a condition gives.
    public enum Answer: Sendable, Hashable {
        /// It holds.
        case yes
        /// It does not.
        case no
        /// Lua would not have come to it.
        case notAsked
        /// It raises.
        case error(String)
    }

    /// Another value of a field.
    public struct Change: Sendable {
        /// The field.
        public let field: Field
        /// Its value now.
        public let from: Value
        /// The value with which the answer would be another.
        public let to: Value
    }
}
