internal import Catalog
internal import RuleCompiler
internal import ScriptSyntax

/// What the variables of a script stand for.
///
/// Parameters of functions in definitions are customers; what such a function passes on, a function of the
/// same script gets. A variable that is written again, or gets different things, is unknown.
struct Meanings: Sendable {
    private let index: SyntaxIndex
    private let analysis: ScriptAnalysis
    private let world: LintWorld
    private var variables: [Int: Meaning] = [:]

    init(
        _ index: SyntaxIndex, _ analysis: ScriptAnalysis, _ definitions: [Definition], _ world: LintWorld
    ) {
        self.index = index
        self.analysis = analysis
        self.world = world
        for definition in definitions {
            for setting in definition.settings where Definition.customerSettings.contains(setting.key) {
                guard let body = function(setting.value), let first = body.parameters.first else { continue }
                set(first, .customer)
            }
        }
        // What is passed from function to function takes a round for each of them.
        for _ in 0..<8 {
            let before = variables
            learn()
            if variables == before { return }
        }
    }

    /// The function that an expression is, or that the variable holds which it names.
    func function(_ expression: LuaExpression) -> LuaFunctionBody? {
        switch expression.unwrapped.kind {
        case .function(let body): return body
        case .name(let name):
            guard let variable = name.variable else { return nil }
            if case .function(let body)? = initializer(variable)?.kind { return body }
            return analysis.function(named: variable)
        default: return nil
        }
    }

    /// What the local variable was declared with, where it keeps that.
    func initializer(_ variable: Int) -> LuaExpression? { analysis.initializer(of: variable) }

    private func isFixed(_ variable: Int) -> Bool { analysis.chunk.variables[variable].writes.isEmpty }

    private mutating func set(_ variable: Int, _ meaning: Meaning) {
        if isFixed(variable), meaning != .unknown { variables[variable] = meaning }
    }

    private mutating func learn() {
        for (variable, value) in analysis.initializers { set(variable, self.of(value)) }
        for loop in index.loops { learn(loop.variables, loop.values) }
        var passed: [Int: Set<Meaning>] = [:]
        for expression in index.expressions {
            guard case .call(let callee, let arguments) = expression.kind, case .name = callee.kind,
                let body = function(callee)
            else { continue }
            for (parameter, argument) in zip(body.parameters, arguments) {
                // A function that calls itself passes on what it got.
                if case .name(let name) = argument.kind, name.variable == parameter { continue }
                passed[parameter, default: []].insert(self.of(argument))
            }
        }
        for (parameter, meanings) in passed {
            if meanings.count == 1, let meaning = meanings.first, meaning.isPassedOn {
                set(parameter, meaning)
            } else if meanings.contains(where: { variables[parameter] != nil && $0 != variables[parameter] })
            {
                variables[parameter] = .unknown
            }
        }
    }

    /// `for _, row in ipairs(rows)`
    private mutating func learn(_ variables: [Int], _ values: [LuaExpression]) {
        guard variables.count > 1, let call = values.first, case .call(let callee, let arguments) = call.kind,
            case .name(let word) = callee.kind, word.variable == nil, let list = arguments.first,
            word.text == "ipairs" || word.text == "pairs"
        else { return }
        switch self.of(list) {
        case .records(let relation): set(variables[1], .record(relation))
        case .orderItems: set(variables[1], .orderItem)
        default: return
        }
    }

    /// What an expression stands for.
    func of(_ expression: LuaExpression) -> Meaning {
        switch expression.kind {
        case .boolean: .value(.boolean)
        case .integer: .value(.integer)
        case .number: .value(.number)
        case .string: .value(.text)
        case .parenthesized(let inner): self.of(inner)
        case .name(let name):
            if let variable = name.variable {
                variables[variable] ?? .unknown
            } else {
                name.text == "segment" ? .segmentWord : .unknown
            }
        case .index(let object, let key): member(of: self.of(object), key)
        case .call(let callee, _): result(of: callee)
        case .methodCall(let object, let method, _): answer(of: self.of(object), method.text)
        case .unary(let sign, let operand): unary(sign, operand)
        case .binary(let sign, let left, let right, _): binary(sign, left, right)
        default: .unknown
        }
    }

    private func member(of object: Meaning, _ key: LuaExpression) -> Meaning {
        guard let name = key.text else {
            switch object {
            case .records(let relation): return .record(relation)
            case .orderItems: return .orderItem
            case .segmentWord: return .segment
            default: return .unknown
            }
        }
        return object.member(name, world)
    }

    private func result(of callee: LuaExpression) -> Meaning {
        if case .call(let word, _) = callee.kind, self.of(word) == .segmentWord { return .segment }
        guard case .name(let word) = callee.kind, word.variable == nil else {
            return libraryResult(of: callee)
        }
        switch word.text {
        case "now", "today", "days_ago", "date": return .value(.instant)
        case "minutes", "hours", "days": return .value(.number)
        case "tostring", "type": return .value(.text)
        case "customer_like": return .customer
        default: return .unknown
        }
    }

    /// What a function of Lua's libraries gives.
    private func libraryResult(of callee: LuaExpression) -> Meaning {
        guard case .index(let object, let key) = callee.kind, case .name(let library) = object.kind,
            library.variable == nil, let name = key.text
        else { return .unknown }
        switch (library.text, name) {
        case ("math", "floor"), ("math", "ceil"), ("string", "len"): return .value(.integer)
        case ("math", "abs"), ("math", "max"), ("math", "min"), ("math", "fmod"), ("math", "sqrt"),
            ("math", "exp"), ("math", "log"):
            return .value(.number)
        case ("string", "lower"), ("string", "upper"), ("string", "sub"): return .value(.text)
        default: return .unknown
        }
    }

    private func answer(of object: Meaning, _ method: String) -> Meaning {
        switch object {
        case .customer:
            return method == "interests" || !world.customerMethods.contains { $0.name == method }
                ? .unknown : .value(.boolean)
        case .relation(let relation):
            switch method {
            case "count": return .field(Self.count)
            case "any": return .value(.boolean)
            case "sum": return .value(.number)
            case "first", "last": return .record(relation)
            case "list": return .records(relation)
            default: return .relation(relation)
            }
        case .segment: return .value(.boolean)
        default: return .unknown
        }
    }

    /// The number of rows.
    private static let count = LintField(
        Field("count", .integer, "How many rows there are."), isNeverMissing: true, isCount: true)

    private func unary(_ sign: LuaUnaryOperator, _ operand: LuaExpression) -> Meaning {
        switch sign {
        case .not: .value(.boolean)
        case .length: .value(.integer)
        case .negate: .value(.number)
        case .bitwiseNot: self.of(operand) == .segment ? .segment : .value(.integer)
        }
    }

    private func binary(_ sign: LuaBinaryOperator, _ left: LuaExpression, _ right: LuaExpression) -> Meaning {
        switch sign {
        case .less, .greater, .lessOrEqual, .greaterOrEqual, .equal, .notEqual: return .value(.boolean)
        case .concatenate: return .value(.text)
        case .and, .or:
            let (a, b) = (self.of(left), self.of(right))
            if a == b { return a }
            guard sign == .or, let type = a.type, let other = b.type, type.valueClass == other.valueClass
            else {
                return .unknown
            }
            return .value(type)
        case .bitwiseAnd, .bitwiseOr, .subtract, .add:
            // Each side once: in a chain, twice would double with every link.
            let (a, b) = (self.of(left), self.of(right))
            if a == .segment, b == .segment, sign != .add { return .segment }
            guard sign == .add || sign == .subtract else { return .value(.integer) }
            // A time and a span make a time; two times make a span.
            return .value((a.type == .instant) != (b.type == .instant) ? .instant : .number)
        case .multiply, .divide, .floorDivide, .modulo, .power: return .value(.number)
        case .bitwiseXor, .shiftLeft, .shiftRight: return .value(.integer)
        }
    }
}
