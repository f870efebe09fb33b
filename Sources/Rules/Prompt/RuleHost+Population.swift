package import Catalog
internal import Diagnostics
package import LuaRuntime
internal import RuleCompiler
internal import ScriptSyntax

/// What questions about many customers ask of the rules.
extension RuleHost {
    // MARK: Audiences

    /// The audience that a value stands for at the prompt: a segment, the name of one, a function, or the values that
    /// fields have to have; and how a person would write it.
    ///
    /// - Throws: an error that names what it is not, or the segment or field that there is not.
    package func audience(
        of value: LuaValue, for word: String
    ) throws -> (expression: SegmentExpression, text: String) {
        switch value {
        case .object(let object as SegmentObject):
            try checkNames(in: object.expression)
            return (object.expression, object.expression.typed)
        case .text(let name):
            let expression = SegmentExpression.named(try segment(name).name, nil)
            return (expression, expression.typed)
        case .function(let function):
            let info = state.info(of: function)
            guard let file = info.file else {
                throw LuaError("\(word) takes a function that is written in Lua")
            }
            let predicate = RulePredicate(
                function: function, owner: "the function given",
                location: SourceLocation(file: file, line: info.line))
            return (.predicate(predicate), text(of: predicate))
        case .table(let table): return try equality(table, word)
        default:
            throw LuaError(
                "\(word) takes a segment, its name, a function or values of fields, got \(state.described(value))",
                hint: "write \(word)(segment.NAME), or \(word) { city = \"…\" }")
        }
    }

    /// One audience that is also in another; all customers are where there is no first one.
    ///
    /// - Throws: an error where that are more parts than a walk takes.
    package func narrowed(
        _ audience: SegmentExpression?, to other: SegmentExpression, isInside: Bool
    ) throws -> SegmentExpression {
        guard let audience else { return isInside ? other : .not(other) }
        let combined = isInside ? SegmentExpression.both(audience, other) : .without(audience, other)
        guard combined.partCount <= SegmentExpression.partLimit else {
            throw LuaError("more than \(SegmentExpression.partLimit) conditions are put together")
        }
        return combined
    }

    /// The text of a function, where it is short enough to stand in a line.
    private func text(of predicate: RulePredicate) -> String {
        guard let function = RuleReader(self).function(of: predicate) else { return "function(c) … end" }
        let text = String(function.script.chunk.source[function.body.range])
        return text.count <= 60 && !text.contains(where: \.isNewline) ? text : "function(c) … end"
    }

    /// `{ city = "上海" }` as the function that it stands for, so that all that holds of functions holds of it.
    private func equality(
        _ table: LuaTable, _ word: String
    ) throws -> (expression: SegmentExpression, text: String) {
        if let first = table.array.first {
            throw LuaError(
                "\(word) takes fields by name, got \(state.described(first))",
                hint: "write \(word) { city = \"…\" }")
        }
        let data = try requireData()
        var terms: [String] = []
        var shown: [String] = []
        for (name, value) in table.fields {
            if let field = data.fields.first(where: { $0.name == name }) {
                guard store(value, as: field.type) != nil else {
                    throw LuaError(
                        "'\(name)' is compared with \(state.described(value)), but it holds \(field.type.described)"
                    )
                }
            } else if traits[name] == nil {
                throw unknownField(name)
            }
            guard let literal = LuaConstant(value)?.literal else {
                throw LuaError(
                    "'\(name)' is compared with \(state.described(value))",
                    hint: "compare it with a text, a number, true or false")
            }
            terms.append("c[\(luaLiteral(name))] == \(literal)")
            shown.append("\(luaKey(name)) = \(literal)")
        }
        let text =
            "return function(c) return \(terms.isEmpty ? "true" : terms.joined(separator: " and ")) end"
        guard case .function(let function) = try state.call(try state.load(text, name: Self.commandLine))
        else {
            throw LuaError("\(word) was not understood")
        }
        let predicate = RulePredicate(
            function: function, owner: "the values given",
            location: SourceLocation(file: Self.commandLine, line: 1), typedText: text)
        return (.predicate(predicate), "{ \(shown.joined(separator: ", ")) }")
    }

    /// The error for a name that customers have no field or trait of.
    package func unknownField(_ name: String) -> LuaError {
        let known = (data?.fields ?? []).map(\.name) + traits.keys
        return LuaError("customers have no field '\(name)'", hint: suggestion(name, known, what: "field"))
    }

    // MARK: Members

    /// The customers of an audience who are `within` others too: by a condition where SQL alone answers, else by their
    /// numbers, which cost a walk over all customers whom SQL lets through.
    ///
    /// - Parameter isInLua: whether rules are asked even where SQL could answer.
    /// - Throws: ``RuleError`` where a predicate raises or answers neither true nor false.
    package func population(
        of audience: SegmentExpression?, within others: CustomerSet?, isInLua: Bool = false
    ) throws -> Population {
        guard let audience else { return Population(among: others) }
        if pushdown, !isInLua {
            let (compiled, _) = compile(audience)
            if compiled.isWhole {
                return Population(where: compiled.wanted, computed: try computedValues(), among: others)
            }
        }
        return Population(among: try members(of: audience, within: others))
    }

    private func members(of expression: SegmentExpression, within others: CustomerSet?) throws -> CustomerSet
    {
        let members = CustomerSet()
        try besideWalks {
            let audience = try Audience(expression, self)
            let walk = try CustomerWalk(self, for: [audience])
            if let others {
                // Nobody else is asked, for whom a rule might raise.
                while let id = try walk.next() {
                    if others.contains(id), try walk.isIn(audience) { members.insert(id) }
                }
                return
            }
            try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 4_096) { ids in
                while case let count = try walk.next(in: audience, into: ids), count > 0 {
                    for id in ids.prefix(count) { members.insert(id) }
                }
            }
        }
        return members
    }

    /// Calls a function with each of the customers, as rules see them, in this order; who is no more there is left out.
    package func forEach(_ customers: [Int64], _ function: LuaFunction) throws {
        try besideWalks {
            let walk = try CustomerWalk(self)
            for id in customers where try walk.go(to: id) {
                _ = try state.keep(function, .row(walk.row), within: .line)
            }
        }
    }

    /// The value of a trait in SQL, its type, and the arguments that are computed; nil where Lua has to find it.
    package func sql(of trait: Trait) throws -> (value: SQLFragment, type: ValueType, computed: [Value])? {
        guard pushdown else { return nil }
        guard let function = RuleReader(self).function(of: trait) else { return nil }
        let found = RuleCompiler(RuleReader(self), computed).value(
            of: function, named: trait.owner, trait.rule == nil ? trait.declared : nil)
        return try found.map { ($0.value, $0.type, try computedValues()) }
    }

    /// Hands over the value of a trait for every customer, by number. Cost: the trait's function for each.
    ///
    /// - Throws: ``RuleError`` where the trait raises or gives something else than a plain value.
    package func forEachValue(
        of trait: Trait, _ body: (Int64, Value, ValueType) throws -> Void
    ) throws {
        try besideWalks {
            let walk = try CustomerWalk(self)
            while let id = try walk.next() {
                let (value, type) = try walk.value(of: trait)
                try body(id, value, type)
            }
        }
    }

    /// Runs what walks over customers; whose turn it was in a rule, it still is afterwards.
    func besideWalks<Result>(_ body: () throws -> Result) rethrows -> Result {
        let asked = walk
        defer { asked?.takeTurn() }
        return try body()
    }
}

extension LuaConstant {
    /// As Lua writes it; nil for what no literal is.
    fileprivate var literal: String? {
        switch self {
        case .missing: nil
        case .boolean(let flag): flag ? "true" : "false"
        // Its digits alone would be a float.
        case .integer(.min): "math.mininteger"
        case .integer(let number): String(number)
        case .number(let number): number.isFinite ? String(number) : nil
        case .text(let bytes): luaLiteral(String(decoding: bytes, as: UTF8.self))
        }
    }
}

extension SegmentExpression {
    /// As a person would type it: `segment.dormant - segment.complained`.
    var typed: String {
        switch self {
        case .predicate: "function(c) … end"
        case .named(let name, _): "segment\(luaAccess(name))"
        case .both(let a, let b): "\(a.typedOperand) & \(b.typedOperand)"
        case .either(let a, let b): "\(a.typedOperand) | \(b.typedOperand)"
        case .without(let a, let b): "\(a.typedOperand) - \(b.typedOperand)"
        case .not(let a): "~\(a.typedOperand)"
        }
    }

    private var typedOperand: String {
        switch self {
        case .predicate, .named, .not: typed
        case .both, .either, .without: "(\(typed))"
        }
    }
}
