internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    func lowerUnary(_ range: SourceRange, _ symbol: LuaUnaryOperator, _ operand: Lowered) -> Lowered {
        switch symbol {
        case .not: return negation(operand)
        case .length: return lowerLength(range, operand)
        case .bitwiseNot: return unknown(range, "operators on bits")
        case .negate:
            guard operand.kinds.isNumeric || operand.kinds == .missing, let scalar = operand.scalar else {
                return operand.isWhole
                    ? unknown(range, "'-' of \(operand.kinds.described)") : .unknown(raises: .always)
            }
            let isNative = !operand.kinds.contains(.integer) || operand.bits < 63
            var result = Lowered.value(
                isNative ? "-(\(scalar))" : "lua_subtract(0, \(scalar))", operand.kinds,
                raises: operand.raises, mayBeNaN: operand.mayBeNaN)
            // 0 - 0.0 is 0.0, and -0.0 is not; only a function of SQL tells them apart.
            if operand.kinds.contains(.float), operand.bits == 64 {
                result.scalar = "lua_negate(\(scalar))"
            }
            result.bits = min(64, operand.bits + 1)
            return result
        }
    }

    func lowerBinary(_ range: SourceRange, _ symbol: LuaBinaryOperator, _ a: Lowered, _ b: Lowered) -> Lowered
    {
        switch symbol {
        case .and: return conjunction(a, b)
        case .or: return disjunction(a, b)
        case .equal: return equality(range, a, b)
        case .notEqual: return negation(equality(range, a, b))
        case .less: return ordered(range, "<", a, b)
        case .lessOrEqual: return ordered(range, "<=", a, b)
        case .greater: return ordered(range, ">", a, b)
        case .greaterOrEqual: return ordered(range, ">=", a, b)
        case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power:
            return arithmetic(range, symbol, a, b)
        case .concatenate: return concatenation(range, a, b)
        case .bitwiseOr, .bitwiseXor, .bitwiseAnd, .shiftLeft, .shiftRight:
            return unknown(range, "operators on bits")
        }
    }

    // MARK: Comparisons

    private func ordered(_ range: SourceRange, _ symbol: String, _ a: Lowered, _ b: Lowered) -> Lowered {
        let raises = Condition.or(a.raises, b.raises)
        guard a.kinds != .any, b.kinds != .any else { return .unknown() }
        // With a missing value it is false, whatever stands on the other side.
        if a.kinds == .missing || b.kinds == .missing {
            return .boolean(.never, .always, raises: raises)
        }
        let comparable = a.kinds.isNumeric && b.kinds.isNumeric || a.kinds.isText && b.kinds.isText
        guard comparable else {
            return unknown(
                range,
                "it compares \(a.kinds.described) with \(b.kinds.described), which is an error where both are there"
            )
        }
        if let result = scaledComparison(symbol, a, b, raises) { return result }
        guard let left = a.scalar, let right = b.scalar else {
            return incomparable(range, a, b, raises)
        }
        let sql: SQLFragment = "\(left) \(raw: symbol) \(right)"
        let isCertain =
            !a.kinds.mayBeMissing && !b.kinds.mayBeMissing && !a.mayBeNaN && !b.mayBeNaN
        return .boolean(
            .sql(sql), .sql(isCertain ? "NOT (\(sql))" : "(\(sql)) IS NOT TRUE"), raises: raises)
    }

    /// Money against a constant: minor units against a bound that is worked out once.
    private func scaledComparison(_ symbol: String, _ a: Lowered, _ b: Lowered, _ raises: Condition)
        -> Lowered?
    {
        if case .money(let raw, let divisor) = a.object, let constant = b.constant {
            let transform: ComputedArguments.Transform
            switch symbol {
            case "<", ">=": transform = .scaledAtLeast(divisor: divisor)
            default: transform = .scaledAtMost(divisor: divisor)
            }
            guard isReached(constant, divisor),
                let bound = computed.argument(constant, transform, today: environment.today)
            else { return nil }
            let sql: SQLFragment = "\(raw) \(raw: symbol) \(argument: bound)"
            let falsy: SQLFragment = a.kinds.mayBeMissing ? "(\(sql)) IS NOT TRUE" : "NOT (\(sql))"
            return .boolean(.sql(sql), .sql(falsy), raises: raises)
        }
        if case .money = b.object, a.constant != nil {
            let mirrored = ["<": ">", ">": "<", "<=": ">=", ">=": "<="][symbol] ?? symbol
            return scaledComparison(mirrored, b, a, raises)
        }
        return nil
    }

    /// Whether whole minor units lie on both sides of a bound: a sum that no integer holds is a float beyond
    /// them.
    private func isReached(_ constant: ConstantExpression, _ divisor: Double) -> Bool {
        constant.value.double.map { abs($0) * divisor < 9e18 } ?? false
    }

    private func equality(_ range: SourceRange, _ a: Lowered, _ b: Lowered) -> Lowered {
        let raises = Condition.or(a.raises, b.raises)
        // `== nil` asks whether there is a value at all.
        if b.kinds == .missing { return presence(a, raises) }
        if a.kinds == .missing { return presence(b, raises) }
        // Two tables may have a metatable that says what is equal, with a function that may do anything.
        if a.kinds.contains(.other), b.kinds.contains(.other) {
            return a.kinds == .any || b.kinds == .any
                ? .unknown(kinds: .boolean)
                : unknown(range, "it compares rows, tables or functions", kinds: .boolean)
        }
        guard !a.kinds.contains(.other), !b.kinds.contains(.other) else {
            return .unknown(raises: raises, kinds: .boolean)
        }
        let common = a.kinds.present.intersection(b.kinds.present)
        let areNumbers = !a.kinds.isDisjoint(with: .numeric) && !b.kinds.isDisjoint(with: .numeric)
        if common.isEmpty, !areNumbers {
            guard a.kinds.mayBeMissing, b.kinds.mayBeMissing else {
                return .boolean(.never, .always, raises: raises)
            }
        }
        guard !a.kinds.union(b.kinds).isAmbiguous else {
            return unknown(range, "it compares true or false with a number", raises: raises, kinds: .boolean)
        }
        guard var left = a.scalar, var right = b.scalar else {
            return incomparable(range, a, b, raises)
        }
        if !(a.kinds.isText && b.kinds.isText || a.kinds.isNumeric && b.kinds.isNumeric) {
            // Beside a column of numbers SQL would take the text '5' for 5; an expression has no such wishes.
            (left, right) = ("+\(left)", "+\(right)")
        }
        if a.kinds.mayBeMissing, b.kinds.mayBeMissing {
            guard !a.mayBeNaN, !b.mayBeNaN else {
                return unknown(range, "it compares what may be no number", raises: raises, kinds: .boolean)
            }
            return .boolean(.sql("\(left) IS \(right)"), .sql("\(left) IS NOT \(right)"), raises: raises)
        }
        if let equal = scaledEquality(a, b) ?? scaledEquality(b, a) {
            return .boolean(.sql(equal), .sql("(\(equal)) IS NOT TRUE"), raises: raises)
        }
        let isCertain = !a.kinds.mayBeMissing && !b.kinds.mayBeMissing && !a.mayBeNaN && !b.mayBeNaN
        let falsy: SQLFragment = isCertain ? "\(left) <> \(right)" : "(\(left) = \(right)) IS NOT TRUE"
        return .boolean(.sql("\(left) = \(right)"), .sql(falsy), raises: raises)
    }

    /// A comparison of a value that SQL cannot say.
    private func incomparable(_ range: SourceRange, _ a: Lowered, _ b: Lowered, _ raises: Condition)
        -> Lowered
    {
        if a.constant != nil && a.scalar == nil || b.constant != nil && b.scalar == nil {
            note(range, "SQL cannot hold a text that is no UTF-8, or what is no number")
        }
        return .unknown(raises: raises, kinds: .boolean)
    }

    private func scaledEquality(_ a: Lowered, _ b: Lowered) -> SQLFragment? {
        guard case .money(let raw, let divisor) = a.object, let constant = b.constant,
            isReached(constant, divisor),
            let least = computed.argument(
                constant, .scaledAtLeast(divisor: divisor), today: environment.today),
            let most = computed.argument(constant, .scaledAtMost(divisor: divisor), today: environment.today)
        else { return nil }
        return "\(raw) BETWEEN \(argument: least) AND \(argument: most)"
    }

    /// Whether a value is missing.
    private func presence(_ value: Lowered, _ raises: Condition) -> Lowered {
        guard value.kinds != .any else { return .unknown(raises: raises, kinds: .boolean) }
        guard value.kinds.mayBeMissing else { return .boolean(.never, .always, raises: raises) }
        if value.kinds == .missing { return .boolean(.always, .never, raises: raises) }
        if value.isExact, !value.kinds.contains(.boolean) {
            return .boolean(value.falsy, value.truthy, raises: raises)
        }
        guard let scalar = value.scalar, !value.mayBeNaN else {
            return .unknown(raises: raises, kinds: .boolean)
        }
        return .boolean(.missing(scalar), .present(scalar), raises: raises)
    }

    // MARK: Arithmetic

    private func arithmetic(
        _ range: SourceRange, _ symbol: LuaBinaryOperator, _ a: Lowered, _ b: Lowered
    ) -> Lowered {
        var raises = Condition.or(a.raises, b.raises)
        guard a.kinds != .any, b.kinds != .any else { return .unknown() }
        // With a missing value it is missing, whatever stands on the other side.
        if a.kinds == .missing || b.kinds == .missing { return .value("NULL", .missing, raises: raises) }
        guard a.kinds.isNumeric, b.kinds.isNumeric else {
            return unknown(
                range, "arithmetic with \(a.kinds.isNumeric ? b.kinds.described : a.kinds.described)")
        }
        guard let left = a.scalar, let right = b.scalar else { return .unknown(raises: .always) }
        let mayBeMissing = a.kinds.union(b.kinds).intersection(.missing)
        let mayBeWhole = a.kinds.contains(.integer) && b.kinds.contains(.integer)
        var kinds: Kinds = mayBeMissing
        if mayBeWhole { kinds.insert(.integer) }
        if a.kinds.contains(.float) || b.kinds.contains(.float) { kinds.insert(.float) }
        let mayBeFloat = kinds.contains(.float)
        switch symbol {
        case .add, .subtract, .multiply:
            let bits = symbol == .multiply ? a.bits + b.bits : max(a.bits, b.bits) + 1
            let isNative = !mayBeWhole || bits < 63
            let sql: SQLFragment =
                isNative
                ? "(\(left) \(raw: symbol.rawValue) \(right))"
                : "lua_\(raw: symbol.functionName)(\(left), \(right))"
            var result = Lowered.value(
                sql, kinds, raises: raises, mayBeNaN: mayBeFloat && mayBeInfinite(a, b, symbol))
            result.bits = mayBeWhole ? min(64, bits) : 64
            return result
        case .divide:
            kinds = mayBeMissing.union(.float)
            if let divisor = b.constant?.value.double, b.constant?.source == nil, divisor != 0,
                divisor.isFinite
            {
                let argument = SQLFragment(.value(.number(divisor)))
                return .value(
                    "(\(left) / \(argument))", kinds, raises: raises,
                    mayBeNaN: a.mayBeNaN)
            }
            return .value("lua_divide(\(left), \(right))", kinds, raises: raises, mayBeNaN: true)
        case .power:
            kinds = mayBeMissing.union(.float)
            return .value("lua_power(\(left), \(right))", kinds, raises: raises, mayBeNaN: true)
        default:
            // A whole number divided by zero is an error; a float is not.
            let divisor = b.constant?.source == nil ? b.constant?.value.double : nil
            if mayBeWhole, divisor ?? 0 == 0 {
                raises = .or(
                    raises,
                    .sql(
                        "\(right) = 0 AND typeof(\(right)) = 'integer' AND typeof(\(left)) = 'integer'"))
            }
            var result = Lowered.value(
                "lua_\(raw: symbol.functionName)(\(left), \(right))", kinds, raises: raises,
                mayBeNaN: mayBeFloat)
            if !mayBeFloat, symbol == .modulo { result.bits = b.bits }
            return result
        }
    }

    /// Whether a sum or a product of floats may be no number: only infinite ones give it, and few fields can
    /// be.
    private func mayBeInfinite(_ a: Lowered, _ b: Lowered, _ symbol: LuaBinaryOperator) -> Bool {
        func isFinite(_ value: Lowered) -> Bool {
            if case .money = value.object { return true }
            if let number = value.constant?.value.double { return number.isFinite }
            return !value.kinds.contains(.float)
        }
        if a.mayBeNaN || b.mayBeNaN { return true }
        return !(isFinite(a) && isFinite(b))
    }

    private func concatenation(_ range: SourceRange, _ a: Lowered, _ b: Lowered) -> Lowered {
        let allowed: Kinds = [.text, .integer, .missing]
        guard a.kinds.isSubset(of: allowed), b.kinds.isSubset(of: allowed), let left = a.scalar,
            let right = b.scalar
        else {
            if a.kinds == .any || b.kinds == .any { return .unknown() }
            return a.kinds.union(b.kinds).contains(.float)
                ? unknown(range, "SQL writes numbers with decimals in another way than Lua")
                : unknown(range, "'..' of \(a.kinds.described) and \(b.kinds.described)")
        }
        var raises = Condition.or(a.raises, b.raises)
        if a.kinds.mayBeMissing { raises = .or(raises, .missing(left)) }
        if b.kinds.mayBeMissing { raises = .or(raises, .missing(right)) }
        return .value("(\(left) || \(right))", .text, raises: raises)
    }
}

extension LuaBinaryOperator {
    /// The SQL function that does what Lua does.
    fileprivate var functionName: String {
        switch self {
        case .add: "add"
        case .subtract: "subtract"
        case .multiply: "multiply"
        case .floorDivide: "floor_divide"
        default: "modulo"
        }
    }
}
