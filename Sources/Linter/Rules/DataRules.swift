internal import RuleCompiler
internal import Catalog
internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let oftenMissing = LintRule(
        "often-missing", .note, "A field that most customers lack decides less than it seems to.",
        triggering: [
            "segment \"x\" { where = function(c) return c.company == \"Acme\" end }",
            "campaign \"x\" { audience = segment.vip, content = function(c) return { at = c.company } end }",
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.city == \"Cork\" end }",
            "segment \"x\" { where = function(c) return c.company ~= nil and c.company ~= \"Acme\" end }",
            "campaign \"x\" { audience = segment.vip, content = function(c) return { at = c.company or \"home\" } end }",
        ]
    ) { context in
        let reads = context.optionalReads()
        let shares = context.world.missingShares(Set(reads.map(\.field)).sorted())
        let guards = context.script.guards
        // One look at whether it is there is enough for the whole function.
        var groups: [Place: [SourceRange]] = [:]
        for read in reads where (shares[read.field] ?? 0) > 0.5 {
            let function = context.script.outermostFunction(around: read.range)
            groups[Place(function: function, field: read.field), default: []].append(read.range)
        }
        let places = groups.sorted { ($0.value[0].start, $0.key.field) < ($1.value[0].start, $1.key.field) }
        for (place, ranges) in places where !ranges.contains(where: guards.contains) {
            let name = context.script.text(ranges[0])
            let share = Int(((shares[place.field] ?? 0) * 100).rounded())
            context.report(
                ranges[0], "\(share) % of the customers have no '\(place.field)'",
                hint:
                    "a missing value equals nothing; say what holds then, as in '\(name) == nil' or '\(name) or …'"
            )
        }
    }

    /// A field in a function.
    private struct Place: Hashable {
        let function: SourceRange
        let field: String
    }

    static let notPushed = LintRule(
        "not-pushed", .note, "A condition that SQL cannot decide is asked in Lua, customer by customer.",
        triggering: [
            "segment \"x\" { where = function(c) return c.name and c.name:find(\"s.w\") ~= nil end }"
        ],
        nonTriggering: [
            "segment \"x\" { where = function(c) return c.order_count > 0 end }",
            "segment \"x\" { where = function(c) return c.order_count > string.len(\"abc\") * 2 end }",
            "segment \"x\" { where = function(c) return c.city == string.upper(\"a\" .. 1) end }",
            "local weeks = 2 segment \"x\" { where = function(c) return c.registered_at > date \"2026-01-01\" - days(weeks * 7) and c.last_order_at < days_ago(math.floor(2.5)) end }",
        ]
    ) { context in
        let rules = StaticRules(context.scripts, context.world)
        let compiler = RuleCompiler(rules, ComputedArguments())
        for definition in context.script.definitions where ["segment", "campaign"].contains(definition.word) {
            for members in [definition["where"], definition["audience"]].compactMap({ $0 }) {
                guard let body = context.script.meanings.function(members) else { continue }
                let rule = compiler.compile(rules.function(body, in: context.script))
                for part in rule.parts where part.place != .sql {
                    // What is unknown, other rules tell.
                    for reason in part.reasons
                    where !reason.text.contains(StaticRules.unsaid) && !reason.isOfUnknownName
                        && !reason.isConsequence
                    {
                        context.report(
                            reason.range ?? part.range, "Lua decides this, not SQL: \(reason.text)")
                    }
                }
            }
        }
        context.keepInnermost()
    }
}

extension LintContext {
    /// Where columns and attributes are read that may be missing and are no time: that something never
    /// happened is an answer, and so is a fact that is missing.
    fileprivate func optionalReads() -> [(field: String, range: SourceRange)] {
        script.index.expressions.compactMap { expression in
            guard case .index(let object, let key) = expression.kind, let name = key.text,
                script.meanings.of(object) == .customer, let field = world.field(name),
                !field.isNeverMissing, !field.isFact, field.field.type != .instant
            else { return nil }
            return (name, expression.range)
        }
    }
}

extension LintScript {
    /// Expressions that are asked whether they are there: sides of `and` and `or`, conditions, comparisons
    /// with nil.
    fileprivate var guards: Set<SourceRange> {
        var ranges = Set(index.conditions.map(\.unwrapped.range))
        for expression in index.expressions {
            switch expression.kind {
            case .binary(.and, let left, let right, _), .binary(.or, let left, let right, _):
                ranges.formUnion([left.unwrapped.range, right.unwrapped.range])
            case .binary(.equal, let left, let right, _), .binary(.notEqual, let left, let right, _):
                if case .nil = right.unwrapped.kind { ranges.insert(left.unwrapped.range) }
                if case .nil = left.unwrapped.kind { ranges.insert(right.unwrapped.range) }
            case .unary(.not, let operand): ranges.insert(operand.unwrapped.range)
            default: continue
            }
        }
        return ranges
    }

    /// The outermost function around a place; the whole script where there is none.
    fileprivate func outermostFunction(around range: SourceRange) -> SourceRange {
        // They stand in the order of the text, and an outer one before those within it.
        var low = 0
        var high = outermostFunctions.count
        while low < high {
            let middle = (low + high) / 2
            if outermostFunctions[middle].end <= range.start { low = middle + 1 } else { high = middle }
        }
        guard low < outermostFunctions.count, outermostFunctions[low].contains(range) else {
            return SourceRange(0, chunk.source.bytes.count)
        }
        return outermostFunctions[low]
    }
}
