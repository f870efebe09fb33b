internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    func lower(_ expression: LuaExpression, _ bindings: Bindings) -> Lowered {
        work += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { return unknown(expression.range, "it is nested too deeply") }
        guard work <= Self.workLimit else { return unknown(expression.range, "the rule is too long") }
        if let value = folded(expression, bindings) { return value }
        return bounded(lowerOpen(expression, bindings), expression.range)
    }

    /// `a and b and c`, `a or b or c`: part by part, for there may be hundreds.
    private func lowerChain(
        _ symbol: LuaBinaryOperator, _ expression: LuaExpression, _ bindings: Bindings
    ) -> Lowered {
        var first = expression
        var others: [LuaExpression] = []
        while case .binary(symbol, let left, let right, _) = first.kind {
            others.append(right)
            first = left
        }
        var result: Lowered
        if symbol == .or, case .binary(.and, let left, let right, _) = first.kind, let no = others.last {
            let (condition, yes) = (lower(left, bindings), lower(right, bindings))
            if yes.isExact, yes.truthy == .always {
                // `condition and yes or no`, as people write it.
                others.removeLast()
                result = choice(condition, yes, lower(no, bindings))
            } else {
                result = conjunction(condition, yes)
            }
        } else {
            result = lower(first, bindings)
        }
        for other in others.reversed() {
            if result.isWhole, result.truthy == (symbol == .and ? .never : .always) { return result }
            let value = lower(other, bindings)
            // The value of a truth value is made once, at the end.
            let asValue = result.kinds != .boolean || value.kinds != .boolean
            if asValue { result = withFlag(result) }
            result =
                symbol == .and
                ? conjunction(result, value, asValue: asValue) : disjunction(result, value, asValue: asValue)
        }
        return withFlag(result)
    }

    private func withFlag(_ value: Lowered) -> Lowered {
        guard value.kinds == .boolean, value.isExact, value.scalar == nil else { return value }
        var result = value
        result.scalar = value.truthy.flag
        return result
    }

    private func lowerOpen(_ expression: LuaExpression, _ bindings: Bindings) -> Lowered {
        switch expression.kind {
        case .nil: return constant(.literal(.missing))
        case .boolean(let value): return constant(.literal(.boolean(value)))
        case .integer(let value): return constant(.literal(.integer(value)))
        case .number(let value): return constant(.literal(.number(value)))
        case .string(let bytes): return constant(.literal(.text(bytes)))
        case .parenthesized(let inner): return lower(inner, bindings)
        case .name(let name): return lowerName(name, bindings)
        case .function(let body): return closure(body, bindings)
        case .index(let object, let key): return lowerIndex(expression.range, object, key, bindings)
        case .call(let callee, let arguments):
            return lowerCall(expression.range, callee, arguments, bindings)
        case .methodCall(let object, let method, let arguments):
            return lowerMethod(expression.range, object, method, arguments, bindings)
        case .unary(let symbol, let operand):
            return lowerUnary(expression.range, symbol, lower(operand, bindings))
        case .binary(.and, _, _, _): return lowerChain(.and, expression, bindings)
        case .binary(.or, _, _, _): return lowerChain(.or, expression, bindings)
        case .binary(let symbol, let left, let right, _):
            return lowerBinary(expression.range, symbol, lower(left, bindings), lower(right, bindings))
        case .table: return unknown(expression.range, "it makes a table", raises: .never, kinds: .other)
        case .varargs: return unknown(expression.range, "'...'")
        }
    }

    func closure(_ body: LuaFunctionBody, _ bindings: Bindings) -> Lowered {
        var result = Lowered.unknown(raises: .never, kinds: .other)
        (result.truthy, result.falsy) = (.always, .never)
        let around = function?.captured ?? { _ in .unknown }
        result.object = .closure(RuleFunction(script: script, body: body, captured: around), bindings)
        return result
    }

    private func lowerName(_ name: LuaName, _ bindings: Bindings) -> Lowered {
        guard let variable = name.variable else {
            guard environment.isWord(name.text), function?.scope?.knows(name.text) ?? true else {
                if function?.scope != nil {
                    return unknown(name.range, "\(RuleReason.noWord) '\(name.text)'")
                }
                if let value = environment.variable(name.text, in: script) { return shared(name, value) }
                return unknown(name.range, "\(RuleReason.noWord) '\(name.text)'")
            }
            return captured(.word(name.text))
        }
        if let value = bindings[variable] { return value }
        let value = function?.captured(name.text) ?? .unknown
        // The function knows no such variable: Lua has put a constant in the place of the name.
        if case .unknown = value, let initializer = script.constantInitializer(of: variable) {
            let value = quietly { lower(initializer, [:]) }
            if plain(value) != nil { return value }
        }
        var isTable = false
        if case .table = value { isTable = true }
        if case .unknown = value {
            return unknown(name.range, "what '\(name.text)' holds is not known", raises: .never)
        }
        if case .opaque(let reason) = value {
            return unknown(name.range, reason, raises: .never)
        }
        if let reason = script.changes(variable, isTable: isTable) {
            return unknown(name.range, reason, raises: .never)
        }
        return captured(value)
    }

    /// A variable of the prompt.
    private func shared(_ name: LuaName, _ value: CapturedValue) -> Lowered {
        switch value {
        case .constant, .segment: captured(value)
        case .opaque(let reason): unknown(name.range, reason)
        case .table, .function, .word, .unknown:
            unknown(name.range, "'\(name.text)' is a variable of the prompt that holds no plain value")
        }
    }

    func captured(_ value: CapturedValue) -> Lowered {
        if case .constant(let value) = value { return constant(.literal(value)) }
        var result = Lowered.unknown(raises: .never, kinds: .other)
        (result.truthy, result.falsy, result.isExact) = (.always, .never, true)
        (result.wanted, result.unwanted) = (.always, .never)
        result.object = .captured(value)
        return result
    }

    // MARK: Constants

    /// A value that is known before the first customer.
    func constant(_ expression: ConstantExpression) -> Lowered {
        guard let argument = computed.argument(expression, .plain, today: environment.today) else {
            var result = Lowered.unknown(raises: .never, kinds: expression.value.kinds)
            result.constant = expression
            return result
        }
        var result: Lowered
        switch expression.value {
        case .boolean(let value) where expression.source == nil:
            result = .boolean(value ? .always : .never, value ? .never : .always)
        case .missing: result = .value("NULL", .missing)
        default: result = .value(SQLFragment(argument), expression.value.kinds)
        }
        result.constant = expression
        if case .text(let bytes) = expression.value, expression.source == nil { result.texts = [bytes] }
        result.bits = expression.bits
        return result
    }

    /// The value of an expression in which no customer occurs, and which is more than one value or name.
    private func folded(_ expression: LuaExpression, _ bindings: Bindings) -> Lowered? {
        switch expression.kind {
        case .unary(let symbol, let operand):
            // -1 is a literal, to a person.
            switch (symbol, operand.kind) {
            case (.negate, .integer(let value)): return constant(.literal(.integer(0 &- value)))
            case (.negate, .number(let value)): return constant(.literal(.number(-value)))
            case (.not, _): return nil
            default: break
            }
        case .binary(let symbol, _, _, _) where symbol == .and || symbol == .or: return nil
        case .index: guard isNumberOfMath(expression) else { return nil }
        case .binary, .call, .methodCall: break
        default: return nil
        }
        var names: [String: LuaConstant] = [:]
        var isTimeless = true
        // What is nested deeply stays in Lua in any case.
        guard expression.isNested(below: Self.depthLimit),
            isClosed(expression, bindings, &names, &isTimeless)
        else { return nil }
        let sorted = names.sorted { $0.key < $1.key }
        let source = script.chunk.source[expression.range]
        guard
            let value = environment.evaluate(source, names: sorted.map(\.key), values: sorted.map(\.value))
        else { return nil }
        if isTimeless { return constant(.literal(value)) }
        return constant(
            ConstantExpression(
                value: value, source: source, names: sorted.map(\.key), values: sorted.map(\.value)))
    }

    /// Functions that give the same for the same arguments, do nothing else, and take no time to speak of.
    static let pureFunctions: Set<String> = [
        "math.abs", "math.ceil", "math.floor", "math.fmod", "math.max", "math.min", "math.sqrt",
        "math.tointeger", "math.type", "math.ult", "math.exp", "math.log", "string.len", "string.lower",
        "string.sub", "string.upper", "tonumber", "type",
    ]
    /// Functions whose values change with the run's time, or with the workspace's time zone.
    static let timeFunctions: Set<String> = [
        "date", "days", "days_ago", "hours", "minutes", "now", "today",
    ]

    private func isClosed(
        _ expression: LuaExpression, _ bindings: Bindings, _ names: inout [String: LuaConstant],
        _ isTimeless: inout Bool
    ) -> Bool {
        switch expression.kind {
        case .nil, .boolean, .integer, .number, .string: return true
        case .parenthesized(let inner): return isClosed(inner, bindings, &names, &isTimeless)
        case .unary(_, let operand): return isClosed(operand, bindings, &names, &isTimeless)
        case .binary(let symbol, let left, let right, _):
            // Repeated concatenation is how texts become huge.
            guard symbol != .concatenate else { return false }
            return isClosed(left, bindings, &names, &isTimeless)
                && isClosed(right, bindings, &names, &isTimeless)
        case .name(let name):
            guard let constant = quietly({ lowerName(name, bindings).constant }), constant.source == nil,
                names[name.text] ?? constant.value == constant.value
            else { return false }
            names[name.text] = constant.value
            return true
        case .call(let callee, let arguments):
            guard let word = word(callee, bindings) else { return false }
            let isTime = Self.timeFunctions.contains(word)
            guard isTime || Self.pureFunctions.contains(word) else { return false }
            // The text is run as it stands: what it calls must be the globals of these names.
            guard isGlobal(callee) else { return false }
            if isTime { isTimeless = false }
            return arguments.allSatisfy { isClosed($0, bindings, &names, &isTimeless) }
        case .index: return isNumberOfMath(expression)
        default: return false
        }
    }

    /// `math.huge` and the like.
    private func isNumberOfMath(_ expression: LuaExpression) -> Bool {
        guard case .index(let object, let key) = expression.kind, isGlobal(object),
            case .name(let library) = object.kind, library.text == "math", case .string(let name) = key.kind
        else { return false }
        return ["huge", "maxinteger", "mininteger", "pi"].contains(String(decoding: name, as: UTF8.self))
    }

    func isGlobal(_ callee: LuaExpression) -> Bool {
        switch callee.kind {
        case .name(let name): name.variable == nil
        case .index(let object, _): isGlobal(object)
        default: false
        }
    }

    /// The word of the host or of Lua's libraries that an expression names.
    func word(_ expression: LuaExpression, _ bindings: Bindings) -> String? {
        switch expression.kind {
        case .name(let name):
            if name.variable == nil { return name.text }
            if case .captured(.word(let word)) = quietly({ lowerName(name, bindings).object }) { return word }
            return nil
        case .index(let object, let key):
            guard let library = word(object, bindings),
                ["math", "string", "table", "utf8"].contains(library),
                case .string(let name) = key.kind
            else { return nil }
            return "\(library).\(String(decoding: name, as: UTF8.self))"
        default: return nil
        }
    }
}

extension LuaExpression {
    /// Whether operators and calls stand in each other no deeper than so.
    fileprivate func isNested(below limit: Int) -> Bool {
        guard limit > 0 else { return false }
        switch kind {
        case .parenthesized(let inner), .unary(_, let inner): return inner.isNested(below: limit - 1)
        case .binary(_, let left, let right, _):
            return left.isNested(below: limit - 1) && right.isNested(below: limit - 1)
        case .call(_, let arguments): return arguments.allSatisfy { $0.isNested(below: limit - 1) }
        default: return true
        }
    }
}
