internal import Foundation

extension LuaScopes {
    /// The value that Lua gives an expression while it compiles; nil where it waits for the run.
    func constant(of expression: LuaExpression) -> LuaConstant? {
        switch expression.kind {
        case .nil: .nil
        case .boolean(let value): .boolean(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .string: .string
        case .name(let name): name.variable.flatMap { constants[$0] }
        case .parenthesized(let inner): constant(of: inner)
        case .unary(let sign, let operand): constant(of: operand).flatMap { Self.fold(sign, $0) }
        case .binary(let sign, let left, let right, _):
            constant(of: left).flatMap { left in constant(of: right).flatMap { Self.fold(sign, left, $0) } }
        default: nil
        }
    }

    private static func fold(_ sign: LuaUnaryOperator, _ value: LuaConstant) -> LuaConstant? {
        switch (sign, value) {
        case (.not, _): .boolean(!value.isTrue)
        case (.negate, .integer(let value)): .integer(0 &- value)
        case (.negate, .number(let value)): folded(-value)
        case (.bitwiseNot, _): value.bits.map { .integer(~$0) }
        default: nil
        }
    }

    private static func fold(
        _ sign: LuaBinaryOperator, _ left: LuaConstant, _ right: LuaConstant
    ) -> LuaConstant? {
        switch sign {
        // Only where the left side lets the right one decide.
        case .and: return left.isTrue ? right : nil
        case .or: return left.isTrue ? nil : right
        case .bitwiseAnd, .bitwiseOr, .bitwiseXor, .shiftLeft, .shiftRight:
            guard let a = left.bits, let b = right.bits else { return nil }
            return .integer(foldBits(sign, a, b))
        case .divide, .floorDivide, .modulo:
            guard right.float != 0 else { return nil }
        case .add, .subtract, .multiply, .power: break
        default: return nil
        }
        if case .integer(let a) = left, case .integer(let b) = right, let value = foldIntegers(sign, a, b) {
            return .integer(value)
        }
        guard let a = left.float, let b = right.float else { return nil }
        switch sign {
        case .add: return folded(a + b)
        case .subtract: return folded(a - b)
        case .multiply: return folded(a * b)
        case .divide: return folded(a / b)
        case .floorDivide: return folded((a / b).rounded(.down))
        case .modulo:
            let rest = fmod(a, b)
            return folded((rest > 0 ? b < 0 : rest < 0 && b != rest) ? rest + b : rest)
        default: return folded(pow(a, b))
        }
    }

    private static func foldIntegers(_ sign: LuaBinaryOperator, _ a: Int64, _ b: Int64) -> Int64? {
        switch sign {
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        // The one quotient that overflows wraps around.
        case .floorDivide: b == -1 ? 0 &- a : a / b - (a % b != 0 && (a ^ b) < 0 ? 1 : 0)
        case .modulo: b == -1 ? 0 : a % b + (a % b != 0 && (a % b ^ b) < 0 ? b : 0)
        default: nil
        }
    }

    private static func foldBits(_ sign: LuaBinaryOperator, _ a: Int64, _ b: Int64) -> Int64 {
        switch sign {
        case .bitwiseAnd: a & b
        case .bitwiseOr: a | b
        case .bitwiseXor: a ^ b
        // Lua shifts in zeros, and to the other side by negative counts, as Swift does for unsigned numbers.
        case .shiftLeft: Int64(bitPattern: UInt64(bitPattern: a) << b)
        default: Int64(bitPattern: UInt64(bitPattern: a) >> b)
        }
    }

    /// Floats that are zero or not a number wait for the run.
    private static func folded(_ value: Double) -> LuaConstant? {
        value.isNaN || value == 0 ? nil : .number(value)
    }
}

extension LuaConstant {
    fileprivate var float: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    fileprivate var bits: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }
}
