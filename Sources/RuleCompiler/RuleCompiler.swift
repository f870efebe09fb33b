public import Catalog
internal import ScriptSyntax

/// Compiles predicates of plain Lua to SQL, as far as that can be proven equal.
///
/// The customers whom the condition leaves out are exactly such for whom plain Lua answers false or nothing, without an
/// error. For the others Lua decides, unless SQL alone does. The SQL speaks of a customer `c` and of their facts `f`.
/// Cost: well below a millisecond for a predicate that a person writes.
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

    /// Takes an audience apart.
    public func compile(_ tree: AudienceTree) -> CompiledAudience {
        let planner = AudiencePlanner(environment, computed)
        let whole = planner.lowered(tree)
        var wanted: SQLFragment?
        if whole.wanted != .always { wanted = whole.wanted.fragment }
        if whole.isWhole {
            return CompiledAudience(wanted: wanted, plan: .everyone, flag: whole.truthy.flag)
        }
        return CompiledAudience(wanted: wanted, plan: planner.plan(tree, isFiltered: true), flag: nil)
    }
}

/// Decides part by part who answers.
private final class AudiencePlanner {
    let environment: any RuleEnvironment
    let computed: ComputedArguments
    private var known: [String: Lowered] = [:]
    private var number = 0

    init(_ environment: any RuleEnvironment, _ computed: ComputedArguments) {
        self.environment = environment
        self.computed = computed
    }

    /// What is known of an audience; of a segment by name it is worked out once.
    func lowered(_ tree: AudienceTree) -> Lowered {
        let lowering = RuleLowering(environment, computed)
        lowering.knownSegments = known
        defer { known = lowering.knownSegments }
        return lowering.lower(tree)
    }

    /// `isFiltered` where the condition of the whole holds for every customer that is asked about, and this part
    /// stands in it as it is.
    func plan(_ tree: AudienceTree, isFiltered: Bool) -> AudiencePlan {
        let known = lowered(tree)
        if known.isWhole { return isFiltered ? .everyone : .flag(known.truthy.flag) }
        switch tree {
        case .predicate(let number, let function, _):
            guard isFiltered, let function else { return .predicate(number, masks: []) }
            let rule = RuleCompiler(environment, computed).compile(function)
            return .predicate(number, masks: rule.masks)
        case .named(let name):
            guard let members = environment.segment(name) else { return .predicate(-1, masks: []) }
            return .named(name, plan(members, isFiltered: isFiltered))
        case .both(let a, let b):
            let (first, second) = (lowered(a), lowered(b))
            if isFiltered, first.isWhole { return plan(b, isFiltered: true) }
            if isFiltered, second.isWhole, first.raises == .never { return plan(a, isFiltered: true) }
            return .both(
                plan(a, isFiltered: isFiltered), plan(b, isFiltered: isFiltered && first.raises == .never))
        case .without(let a, let b):
            let (first, second) = (lowered(a), lowered(b))
            if isFiltered, first.isWhole { return .not(plan(b, isFiltered: false)) }
            if isFiltered, second.isWhole, first.raises == .never { return plan(a, isFiltered: true) }
            return .without(plan(a, isFiltered: isFiltered), plan(b, isFiltered: false))
        case .either(let a, let b):
            return .either(plan(a, isFiltered: false), plan(b, isFiltered: false))
        case .not(let a): return .not(plan(a, isFiltered: false))
        }
    }
}

/// Reads a predicate as a list of conditions that must all hold.
private struct Spine {
    private struct Item {
        let range: SourceRange
        let isNegated: Bool
        /// As a condition that must hold.
        let lowered: Lowered
        /// What stands for it where SQL has decided it.
        let mask: String?
        let reasons: [RuleReason]
    }

    private let lowering: RuleLowering
    private var items: [Item] = []

    init(_ lowering: RuleLowering) {
        self.lowering = lowering
    }

    mutating func read(_ function: RuleFunction) {
        guard function.script.hasPlainGlobals else {
            return add(function.body.range) { $0.unknown(function.body.range, "the script changes _ENV") }
        }
        guard !function.body.isVariadic else {
            return add(function.body.range) {
                $0.unknown(function.body.range, "it takes any number of arguments")
            }
        }
        var bindings: Bindings = [:]
        for (index, parameter) in function.body.parameters.enumerated() {
            bindings[parameter] =
                index == 0 ? lowering.object(.customer) : lowering.constant(.literal(.missing))
        }
        read(function.body.body.statements[...], bindings)
    }

    private mutating func read(_ statements: ArraySlice<LuaStatement>, _ bindings: Bindings) {
        guard let statement = statements.first, let last = statements.last else {
            return add(SourceRange(0, 0)) { $0.constant(.literal(.missing)) }
        }
        let others = statements.dropFirst()
        let lowering = lowering
        switch statement.kind {
        case .return(let values) where values.count == 1:
            for operand in Self.operands(values[0]) {
                add(operand.range, mask: "true") { $0.lower(operand, bindings) }
            }
        case .conditional(let branches, nil) where branches.count == 1 && Self.leaves(branches[0].block):
            add(branches[0].condition.range, isNegated: true, mask: "false") {
                $0.negation($0.lower(branches[0].condition, bindings))
            }
            read(others, bindings)
        case .local, .localFunction, .assignment, .conditional:
            // Where it falls through once, only what it raises matters to what follows.
            var after: [Bindings] = []
            let count = lowering.reasons.count
            let result = lowering.lower(statements.prefix(1), bindings) {
                after.append($0)
                return lowering.constant(.literal(.boolean(true)))
            }
            if after.count == 1, let inner = after.first, result.truthy == .always {
                if result.raises != .never {
                    items.append(
                        Item(
                            range: statement.range, isNegated: false, lowered: result, mask: nil,
                            reasons: Array(lowering.reasons[count...])))
                }
                return read(others, inner)
            }
            lowering.reasons.removeSubrange(count...)
            fallthrough
        default:
            add(statement.range.through(last.range)) {
                $0.lower(statements, bindings) { _ in lowering.constant(.literal(.missing)) }
            }
        }
    }

    private mutating func add(
        _ range: SourceRange, isNegated: Bool = false, mask: String? = nil, _ lower: (RuleLowering) -> Lowered
    ) {
        let count = lowering.reasons.count
        let result = lower(lowering)
        items.append(
            Item(
                range: range, isNegated: isNegated, lowered: result, mask: mask,
                reasons: Array(lowering.reasons[count...])))
    }

    /// The parts of `a and b and c`.
    private static func operands(_ expression: LuaExpression) -> [LuaExpression] {
        switch expression.kind {
        case .binary(.and, let left, let right, _): operands(left) + operands(right)
        case .parenthesized(let inner):
            if case .binary(.and, _, _, _) = inner.kind { operands(inner) } else { [expression] }
        default: [expression]
        }
    }

    /// Whether a block does nothing but answer no.
    private static func leaves(_ block: LuaBlock) -> Bool {
        guard block.statements.count == 1, case .return(let values) = block.statements[0].kind else {
            return false
        }
        guard let value = values.first else { return true }
        switch value.kind {
        case .nil, .boolean(false): return values.count == 1
        default: return false
        }
    }

    var rule: CompiledRule {
        let last = items.count - 1
        var total = items[last].lowered
        for item in items.dropLast().reversed() { total = lowering.conjunction(item.lowered, total) }
        let givesBoolean = items[last].lowered.kinds.isSubset(of: [.boolean, .missing])
        var reasons = items.flatMap(\.reasons)
        if !givesBoolean, items[last].lowered.kinds != .any {
            reasons.append(RuleReason(range: items[last].range, text: "it may answer neither true nor false"))
        }
        // Behind what may raise, the condition of the whole says nothing.
        let certain = items.prefix { $0.lowered.raises == .never }.count
        let masks = items.enumerated().compactMap { index, item -> RuleMask? in
            guard index < certain, item.lowered.isWhole, let mask = item.mask, index < last || givesBoolean
            else { return nil }
            return RuleMask(range: item.range, text: mask)
        }
        let parts = items.enumerated().map { index, item in
            let isDecided = item.lowered.isWhole && (index < last || givesBoolean)
            let reached = index <= certain && item.lowered.wanted != .always
            return RulePart(
                range: item.range, isNegated: item.isNegated,
                place: isDecided && index < certain ? .sql : reached ? .both : .lua,
                condition: item.lowered.wanted == .always && !isDecided ? nil : item.lowered.wanted.fragment,
                reasons: isDecided && index >= certain && item.reasons.isEmpty
                    ? [RuleReason(range: nil, text: "what stands before it may raise an error")]
                    : item.reasons)
        }
        return CompiledRule(
            parts: parts, isWhole: total.isWhole && givesBoolean, masks: masks, reasons: reasons,
            wanted: total.wanted == .always ? nil : total.wanted.fragment)
    }
}
