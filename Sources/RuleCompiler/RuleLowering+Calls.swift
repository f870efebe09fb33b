internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    /// `callee(…)`
    func lowerCall(
        _ range: SourceRange, _ callee: LuaExpression, _ arguments: [LuaExpression], _ bindings: Bindings
    ) -> Lowered {
        guard arguments.last.map(givesOneValue) ?? true || isOneValued(arguments, bindings) else {
            return unknown(range, "its last argument may be several values")
        }
        if let word = word(callee, bindings) {
            if Self.timeFunctions.contains(word), !isGlobal(callee) {
                return unknown(range, "'\(word)' has another name here")
            }
            return lowerWord(range, word, arguments.map { lower($0, bindings) })
        }
        let values = arguments.map { lower($0, bindings) }
        let called = lower(callee, bindings)
        switch called.object {
        case .captured(.function(let function)):
            return inlined(
                "'\(script.chunk.source[callee.range])'", function, values, bindings: [:], at: range
            ).raising(where: called.raises)
        case .closure(let inner, let outer):
            return inlined(
                "'\(script.chunk.source[callee.range])'", inner, values, bindings: outer, at: range
            ).raising(where: called.raises)
        case .captured(.opaque(let reason)): return unknown(range, reason)
        default:
            return called.kinds == .any
                ? .unknown() : unknown(range, "it calls what is no function of the script")
        }
    }

    /// Host methods and words give exactly one value; so do Lua's functions that are understood here, but for
    /// `string.find` and the like.
    private func isOneValued(_ arguments: [LuaExpression], _ bindings: Bindings) -> Bool {
        guard let last = arguments.last else { return true }
        switch last.kind {
        case .call(let callee, _):
            guard let word = word(callee, bindings) else { return false }
            return Self.oneValued.contains(word)
        case .methodCall(_, let method, _):
            return Self.oneValued.contains("string.\(method.text)") || isHostMethod(method.text)
        default: return true
        }
    }

    private static let oneValued: Set<String> = [
        "date", "days", "days_ago", "hours", "minutes", "now", "today", "math.abs", "math.floor", "math.max",
        "math.min", "math.ceil", "string.len", "string.lower", "string.sub", "string.upper", "tostring",
        "tonumber", "type",
    ]

    private func isHostMethod(_ name: String) -> Bool {
        customerMethodNames.contains(name) || ["count", "sum", "any", "first", "last", "list"].contains(name)
    }

    private func lowerWord(_ range: SourceRange, _ word: String, _ arguments: [Lowered]) -> Lowered {
        if word.hasPrefix("string."), let subject = arguments.first {
            return lowerString(range, String(word.dropFirst(7)), subject, Array(arguments.dropFirst()))
        }
        var raises = arguments.reduce(Condition.never) { .or($0, $1.raises) }
        switch (word, arguments.count) {
        case ("math.abs", 1), ("math.floor", 1), ("math.ceil", 1):
            let value = arguments[0]
            guard value.kinds.isNumeric, let scalar = value.scalar else { break }
            if value.kinds.mayBeMissing { raises = .or(raises, .missing(scalar)) }
            let name = word.dropFirst(5)
            var result = Lowered.value(
                "lua_\(raw: String(name))(\(scalar))",
                name == "abs" ? value.kinds.present : value.kinds.contains(.float) ? .numeric : .integer,
                raises: raises, mayBeNaN: value.mayBeNaN)
            if value.mayBeNaN { return .unknown(raises: raises) }
            result.bits = value.bits
            return result
        case ("math.max", 2), ("math.min", 2):
            let (a, b) = (arguments[0], arguments[1])
            guard a.kinds.isNumeric, b.kinds.isNumeric, !a.mayBeNaN, !b.mayBeNaN, let left = a.scalar,
                let right = b.scalar
            else { break }
            for (kinds, scalar) in [(a.kinds, left), (b.kinds, right)] where kinds.mayBeMissing {
                raises = .or(raises, .missing(scalar))
            }
            // The first stays unless the second is beyond it, as in Lua.
            let symbol = word == "math.max" ? "<" : ">"
            var result = Lowered.value(
                "CASE WHEN \(left) \(raw: symbol) \(right) THEN \(right) ELSE \(left) END",
                a.kinds.union(b.kinds).present, raises: raises)
            result.bits = max(a.bits, b.bits)
            return result
        default: break
        }
        if arguments.contains(where: { $0.kinds == .any }) { return .unknown() }
        guard environment.isWord(String(word.prefix { $0 != "." })) else {
            return unknown(range, "there is no word '\(word)'")
        }
        if Self.timeFunctions.contains(word) {
            return unknown(range, "what '\(word)' is given differs from customer to customer")
        }
        return unknown(range, "SQL has no '\(word)'")
    }

    /// `object:method(…)`
    func lowerMethod(
        _ range: SourceRange, _ object: LuaExpression, _ method: LuaToken, _ arguments: [LuaExpression],
        _ bindings: Bindings
    ) -> Lowered {
        let base = lower(object, bindings)
        guard arguments.last.map(givesOneValue) ?? true || isOneValued(arguments, bindings) else {
            return unknown(range, "its last argument may be several values")
        }
        return lowerMethod(range, base, method, arguments, bindings).raising(where: base.raises)
    }

    private func lowerMethod(
        _ range: SourceRange, _ base: Lowered, _ method: LuaToken, _ arguments: [LuaExpression],
        _ bindings: Bindings
    ) -> Lowered {
        switch base.object {
        case .customer: return customerMethod(range, method.text, arguments.map { lower($0, bindings) })
        case .relation(let question):
            return relationMethod(range, question, base, method.text, arguments, bindings)
        case .captured(.segment(let tree)) where method.text == "includes":
            let argument = arguments.first.map { lower($0, bindings) }
            guard arguments.count == 1, let argument, case .customer = argument.object else {
                return unknown(range, "includes of something else than the customer")
            }
            return includes(range, tree).raising(where: argument.raises)
        default:
            guard base.kinds.isText else {
                return base.kinds == .any
                    ? .unknown() : unknown(range, "'\(method.text)' of \(base.kinds.described)")
            }
            return lowerString(range, method.text, base, arguments.map { lower($0, bindings) })
        }
    }
}
