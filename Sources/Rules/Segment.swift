public import Diagnostics
internal import LuaRuntime

/// A named predicate over customers.
public struct Segment {
    /// The name.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let description: String
    /// Who is in it.
    public let members: SegmentExpression
    /// Where it is defined.
    public let location: SourceLocation
}

/// Who belongs to an audience: predicates and segments, combined with `&`, `|`, `-` and `~`.
public indirect enum SegmentExpression {
    /// A plain Lua predicate.
    case predicate(RulePredicate)
    /// A segment by name, and where it was named.
    case named(String, SourceLocation?)
    /// In both.
    case both(SegmentExpression, SegmentExpression)
    /// In one or both.
    case either(SegmentExpression, SegmentExpression)
    /// In the first, not in the second.
    case without(SegmentExpression, SegmentExpression)
    /// Not in it.
    case not(SegmentExpression)

    /// As a person would write it: `dormant - complained`.
    public var text: String {
        switch self {
        case .predicate: "a function"
        case .named(let name, _): name
        case .both(let a, let b): "\(a.operand) & \(b.operand)"
        case .either(let a, let b): "\(a.operand) | \(b.operand)"
        case .without(let a, let b): "\(a.operand) - \(b.operand)"
        case .not(let a): "~\(a.operand)"
        }
    }

    /// How many predicates and names it is made of; more are refused, so that no walk over it is deep.
    var partCount: Int {
        switch self {
        case .predicate, .named: 1
        case .both(let a, let b), .either(let a, let b), .without(let a, let b): a.partCount + b.partCount
        case .not(let a): a.partCount
        }
    }

    static var partLimit: Int { 200 }

    /// The same with other predicates.
    func mapped(_ map: (RulePredicate) -> RulePredicate) -> SegmentExpression {
        switch self {
        case .predicate(let predicate): .predicate(map(predicate))
        case .named: self
        case .both(let a, let b): .both(a.mapped(map), b.mapped(map))
        case .either(let a, let b): .either(a.mapped(map), b.mapped(map))
        case .without(let a, let b): .without(a.mapped(map), b.mapped(map))
        case .not(let a): .not(a.mapped(map))
        }
    }

    private var operand: String {
        switch self {
        case .predicate, .named, .not: text
        case .both, .either, .without: "(\(text))"
        }
    }

    /// The names of the segments in it.
    package var segmentNames: [String] { names.map(\.name) }

    /// The segments named in it.
    var names: [(name: String, location: SourceLocation?)] {
        switch self {
        case .predicate: []
        case .named(let name, let location): [(name, location)]
        case .both(let a, let b), .either(let a, let b), .without(let a, let b): a.names + b.names
        case .not(let a): a.names
        }
    }
}

/// A Lua function that answers true or false for a customer.
public struct RulePredicate {
    var function: LuaFunction
    /// What it is called in errors: "segment 'dormant'".
    let owner: String
    let location: SourceLocation
    /// The text it was typed in, where it stands in no script.
    var typedText: String?
}
