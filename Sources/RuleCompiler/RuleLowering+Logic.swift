internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    /// `a and b`; the value is left out where it is not `asValue`.
    func conjunction(_ a: Lowered, _ b: Lowered, asValue: Bool = true) -> Lowered {
        let b = b.assuming(a.truthy.conjuncts)
        let kinds = falsyKinds(a).union(a.truthy == .never ? [] : b.kinds)
        let isExact = a.isExact && b.isExact
        var scalar: SQLFragment?
        if asValue, isExact, !kinds.isAmbiguous, let second = b.scalar, !kinds.contains(.other) {
            if kinds == .boolean {
                scalar = Condition.and(a.truthy, b.truthy).flag
            } else if let first = falsyScalar(a) {
                scalar = "CASE WHEN \(a.truthy.fragment) THEN \(second) ELSE \(first) END"
            }
        }
        return Lowered(
            kinds: kinds, scalar: scalar, truthy: .and(a.truthy, b.truthy), falsy: .or(a.falsy, b.falsy),
            raises: .or(a.raises, .and(a.truthy, b.raises)),
            wanted: .or(a.raises, .and(a.truthy, b.wanted)), unwanted: .or(a.unwanted, b.unwanted),
            isExact: isExact, mayBeNaN: b.mayBeNaN, bits: b.bits, texts: b.texts)
    }

    /// `a or b`; the value is left out where it is not `asValue`.
    func disjunction(_ a: Lowered, _ b: Lowered, asValue: Bool = true) -> Lowered {
        let b = b.assuming(a.falsy.conjuncts)
        let kinds = truthyKinds(a).union(a.falsy == .never ? [] : b.kinds)
        let isExact = a.isExact && b.isExact
        var scalar: SQLFragment?
        if asValue, isExact, !kinds.isAmbiguous, let first = a.scalar, let second = b.scalar,
            !kinds.contains(.other)
        {
            if kinds == .boolean {
                scalar = Condition.or(a.truthy, b.truthy).flag
            } else if a.kinds.contains(.boolean) || a.mayBeNaN {
                scalar = "CASE WHEN \(a.truthy.fragment) THEN \(first) ELSE \(second) END"
            } else {
                scalar = "COALESCE(\(first), \(second))"
            }
        }
        return Lowered(
            kinds: kinds, scalar: scalar, truthy: .or(a.truthy, b.truthy), falsy: .and(a.falsy, b.falsy),
            raises: .or(a.raises, .and(a.falsy, b.raises)), wanted: .or(a.wanted, b.wanted),
            unwanted: .or(a.raises, .and(a.falsy, b.unwanted)), isExact: isExact,
            mayBeNaN: a.mayBeNaN || b.mayBeNaN, bits: max(a.bits, b.bits), texts: texts(a, b))
    }

    func negation(_ a: Lowered) -> Lowered {
        Lowered(
            kinds: .boolean, scalar: a.isExact ? a.falsy.flag : nil, truthy: a.falsy, falsy: a.truthy,
            raises: a.raises, wanted: a.unwanted, unwanted: a.wanted, isExact: a.isExact)
    }

    /// `yes` where the condition is true, and `no` elsewhere.
    func choice(_ condition: Lowered, _ yes: Lowered, _ no: Lowered) -> Lowered {
        if condition.isWhole, condition.truthy == .always { return yes }
        if condition.isWhole, condition.truthy == .never { return no }
        let yes = yes.assuming(condition.truthy.conjuncts)
        let no = no.assuming(condition.falsy.conjuncts)
        let kinds = yes.kinds.union(no.kinds)
        let isExact = condition.isExact && yes.isExact && no.isExact
        var scalar: SQLFragment?
        if isExact, !kinds.isAmbiguous, !kinds.contains(.other), let first = yes.scalar,
            let second = no.scalar
        {
            scalar = "CASE WHEN \(condition.truthy.fragment) THEN \(first) ELSE \(second) END"
        }
        func either(_ yes: Condition, _ no: Condition) -> Condition {
            yes == no && condition.isWhole
                ? yes : .or(.and(condition.truthy, yes), .and(condition.falsy, no))
        }
        return Lowered(
            kinds: kinds, scalar: scalar, truthy: either(yes.truthy, no.truthy),
            falsy: either(yes.falsy, no.falsy), raises: .or(condition.raises, either(yes.raises, no.raises)),
            wanted: .or(condition.raises, either(yes.wanted, no.wanted)),
            unwanted: .or(condition.raises, either(yes.unwanted, no.unwanted)), isExact: isExact,
            mayBeNaN: yes.mayBeNaN || no.mayBeNaN, bits: max(yes.bits, no.bits), texts: texts(yes, no))
    }

    /// The texts that one of two values may be.
    private func texts(_ a: Lowered, _ b: Lowered) -> Set<[UInt8]>? {
        guard let first = a.kinds.contains(.text) ? a.texts : [],
            let second = b.kinds.contains(.text) ? b.texts : []
        else { return nil }
        return first.union(second)
    }

    /// The kinds that a value may have where it is false in Lua's sense.
    private func falsyKinds(_ value: Lowered) -> Kinds {
        value.falsy == .never ? [] : value.kinds.intersection([.missing, .boolean])
    }

    /// The value where it is false in Lua's sense; nil where SQL cannot say whether that is false or missing.
    private func falsyScalar(_ value: Lowered) -> SQLFragment? {
        switch falsyKinds(value) {
        case [], .missing: "NULL"
        // SQL may have no word for the value elsewhere: of `c.email ~= nil and 5`, only false is left.
        case .boolean: "0"
        default: value.scalar
        }
    }

    /// The kinds that a value may have where it is true in Lua's sense.
    private func truthyKinds(_ value: Lowered) -> Kinds {
        value.truthy == .never ? [] : value.kinds.present
    }
}
