internal import Catalog
internal import ScriptSyntax

/// What is known of an expression: when it is true, when it raises, and its value as SQL.
///
/// `truthy` and `falsy` hold at least where the expression, had it not raised, would be true or false in
/// Lua's sense; of an exact one, exactly there. `raises` holds at least where it raises. So a row for which
/// neither `truthy` nor `raises` holds, plain Lua would leave out without an error.
struct Lowered {
    /// What values it may have.
    var kinds: Kinds
    /// Its value: NULL where it is missing, 1 and 0 for true and false; nil where SQL cannot say it.
    var scalar: SQLFragment?
    var truthy: Condition
    var falsy: Condition
    var raises: Condition = .never
    /// Where it is true or raises, and where it is false or raises.
    var wanted: Condition
    var unwanted: Condition
    var isExact: Bool
    /// NaN becomes NULL in SQL, which is not the same in every place.
    var mayBeNaN = false
    /// A whole number has at most so many binary digits; below 63, SQL's sums and products are Lua's.
    var bits = 64
    /// The texts that it may be, where those are all known; nil where they are not, or where it is no text.
    var texts: Set<[UInt8]>?
    /// The value where it is known, and the text that gives it.
    var constant: ConstantExpression?
    /// What is more than a value.
    var object: LoweredObject = .none

    /// Whether SQL alone says all about it.
    var isWhole: Bool { isExact && raises == .never }

    /// Something that Lua has to find out.
    static func unknown(raises: Condition = .always, kinds: Kinds = .any) -> Lowered {
        Lowered(
            kinds: kinds, scalar: nil, truthy: .always, falsy: .always, raises: raises, wanted: .always,
            unwanted: .always, isExact: false)
    }

    /// A truth value.
    static func boolean(
        _ truthy: Condition, _ falsy: Condition, raises: Condition = .never, isExact: Bool = true
    ) -> Lowered {
        Lowered(
            kinds: .boolean, scalar: isExact ? truthy.flag : nil, truthy: truthy, falsy: falsy,
            raises: raises, wanted: .or(truthy, raises), unwanted: .or(falsy, raises), isExact: isExact)
    }

    /// A truth value that is 1 where it is true and 0 or NULL elsewhere.
    static func boolean(_ sql: SQLFragment, raises: Condition = .never) -> Lowered {
        .boolean(.sql(sql), .sql("(\(sql)) IS NOT TRUE"), raises: raises)
    }

    /// A value in SQL.
    static func value(
        _ scalar: SQLFragment, _ kinds: Kinds, raises: Condition = .never, mayBeNaN: Bool = false
    ) -> Lowered {
        let truthy: Condition
        let falsy: Condition
        var isExact = true
        switch (kinds.present, kinds.mayBeMissing) {
        case (.boolean, _):
            truthy = .sql(scalar)
            falsy = .sql(kinds.mayBeMissing ? "(\(scalar)) IS NOT TRUE" : "NOT (\(scalar))")
        case ([], _): (truthy, falsy) = (.never, .always)
        case (let present, false) where !present.contains(.boolean): (truthy, falsy) = (.always, .never)
        case (let present, true) where !present.contains(.boolean):
            (truthy, falsy) = (.present(scalar), .missing(scalar))
            // NaN is true in Lua, and NULL in SQL.
            isExact = !mayBeNaN
        default:
            // 0 is true, and so is ''.
            (truthy, falsy) = (.always, .always)
            isExact = false
        }
        if mayBeNaN, kinds.mayBeMissing { return unclear(scalar, kinds, raises: raises) }
        return Lowered(
            kinds: kinds, scalar: scalar, truthy: truthy, falsy: falsy, raises: raises,
            wanted: .or(truthy, raises), unwanted: .or(falsy, raises), isExact: isExact, mayBeNaN: mayBeNaN)
    }

    /// A value in SQL of which SQL cannot say whether it is true.
    private static func unclear(_ scalar: SQLFragment, _ kinds: Kinds, raises: Condition) -> Lowered {
        Lowered(
            kinds: kinds, scalar: scalar, truthy: .always, falsy: .always, raises: raises, wanted: .always,
            unwanted: .always, isExact: false, mayBeNaN: true)
    }

    /// The same where conditions are known to hold.
    func assuming(_ known: Set<Condition>) -> Lowered {
        guard !known.isEmpty else { return self }
        var result = self
        result.truthy = truthy.assuming(known)
        result.falsy = falsy.assuming(known)
        result.raises = raises.assuming(known)
        result.wanted = wanted.assuming(known)
        result.unwanted = unwanted.assuming(known)
        return result
    }

    /// The same, which also raises where something else does.
    func raising(where other: Condition) -> Lowered {
        guard other != .never else { return self }
        var result = self
        // It can be put in the place of the expression no more.
        result.constant = nil
        result.raises = .or(raises, other)
        result.wanted = .or(wanted, other)
        result.unwanted = .or(unwanted, other)
        return result
    }
}

/// What an expression is beside a value.
enum LoweredObject {
    case none
    /// The customer.
    case customer
    /// A field of a customer or a row that holds minor units: what it holds, and how many make a major one.
    case money(SQLFragment, divisor: Double)
    /// A relation with its conditions.
    case relation(RelationQuestion)
    /// The first or the last row of a relation.
    case record(RelationQuestion, RelationQuestion.Limit)
    /// All rows of a relation.
    case records(RelationQuestion)
    /// The customer's interests.
    case interests
    /// A function, a table, a segment or a library that does not depend on the customer.
    case captured(CapturedValue)
    /// A function defined within the rule, in the text of the function around it, with what its locals are.
    case closure(RuleFunction, Bindings)
}

/// What the local variables of a rule stand for, by their place in ``ScriptSyntax/LuaChunk/variables``.
typealias Bindings = [Int: Lowered]

/// An expression without a customer in it: evaluated once, before the first.
public struct ConstantExpression: Hashable, Sendable {
    /// Its value now.
    public let value: LuaConstant
    /// Its text; nil where the value is always the same.
    public let source: String?
    /// What the names in the text stand for.
    public let names: [String]
    /// Their values.
    public let values: [LuaConstant]

    static func literal(_ value: LuaConstant) -> ConstantExpression {
        ConstantExpression(value: value, source: nil, names: [], values: [])
    }
}
