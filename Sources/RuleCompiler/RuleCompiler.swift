public import Catalog
internal import ScriptSyntax

/// Compiles predicates of plain Lua to SQL, as far as that can be proven equal.
///
/// The customers whom the condition leaves out are exactly such for whom plain Lua answers false or nothing,
/// without an error. For the others Lua decides, unless SQL alone does. The SQL speaks of a customer `c` and
/// of their facts `f`. Cost: well below a millisecond for a predicate that a person writes.
public struct RuleCompiler {
    private let environment: any RuleEnvironment
    private let computed: ComputedArguments

    /// A compiler for the rules of one host; what depends on time is noted in `computed`.
    public init(_ environment: any RuleEnvironment, _ computed: ComputedArguments) {
        self.environment = environment
        self.computed = computed
    }

    /// Takes a predicate apart.
    public func compile(_ function: RuleFunction) -> CompiledRule {
        var spine = Spine(RuleLowering(function, environment, computed))
        spine.read(function)
        return spine.rule
    }

    /// What a function gives for a customer, as the store holds it, and its type, that of the field which it is `declared` to
    /// be; nil where SQL alone does not give it, or gives values of several types.
    public func value(
        of function: RuleFunction, named name: String, _ declared: Field?
    ) -> (value: SQLFragment, type: ValueType)? {
        RuleLowering(environment, computed).value(of: function, named: name, declared)
    }

    /// Takes an audience apart; one that stands alone is asked about customers whom its condition does not
    /// hold for, too.
    public func compile(_ tree: AudienceTree, standsAlone: Bool = false) -> CompiledAudience {
        let audience = RuleLowering(environment, computed).lower(tree)
        let whole = audience.lowered
        return CompiledAudience(
            wanted: whole.wanted == .always ? nil : whole.wanted.fragment,
            plan: audience.plan(isFiltered: !standsAlone), flag: whole.isWhole ? whole.truthy.flag : nil)
    }
}

extension LoweredAudience {
    /// Decides part by part who answers. `isFiltered` where the condition of the whole holds for every
    /// customer that is asked about, and this part stands in it as it is.
    fileprivate func plan(isFiltered outer: Bool) -> AudiencePlan {
        if lowered.isWhole { return outer ? .everyone : .flag(lowered.truthy.flag) }
        let isFiltered = outer && lowered.wanted != .always
        switch self {
        case .predicate(let number, _, let rule):
            return .predicate(number, masks: isFiltered ? rule?.masks ?? [] : [])
        case .named(let name, _, let members):
            // The segment is asked by its name where its members are not known.
            guard let members else { return .segment(name) }
            return .named(name, members.plan(isFiltered: isFiltered))
        case .both(_, let a, let b):
            if isFiltered, a.lowered.isWhole { return b.plan(isFiltered: true) }
            let isCertain = isFiltered && a.lowered.raises == .never
            if isCertain, b.lowered.isWhole { return a.plan(isFiltered: true) }
            return .both(a.plan(isFiltered: isFiltered), b.plan(isFiltered: isCertain))
        case .without(_, let a, let b):
            if isFiltered, a.lowered.isWhole { return .not(b.plan(isFiltered: false)) }
            if isFiltered, b.lowered.isWhole, a.lowered.raises == .never { return a.plan(isFiltered: true) }
            return .without(a.plan(isFiltered: isFiltered), b.plan(isFiltered: false))
        case .either(_, let a, let b):
            return .either(a.plan(isFiltered: false), b.plan(isFiltered: false))
        case .not(_, let a): return .not(a.plan(isFiltered: false))
        }
    }
}
