import ScriptSyntax

/// Every expression of a tree, the outer ones first.
struct TreeWalk {
    private(set) var expressions: [LuaExpression] = []
    private(set) var statements: [LuaStatement] = []

    init(_ block: LuaBlock) { walk(block) }

    private mutating func walk(_ block: LuaBlock) {
        for statement in block.statements { walk(statement) }
    }

    private mutating func walk(_ values: [LuaExpression]) {
        for value in values { walk(value) }
    }

    private mutating func walk(_ statement: LuaStatement) {
        statements.append(statement)
        switch statement.kind {
        case .local(_, let values), .return(let values): walk(values)
        case .assignment(let targets, let values): walk(targets + values)
        case .call(let call): walk(call)
        case .block(let block): walk(block)
        case .whileLoop(let condition, let block), .repeatLoop(let block, let condition):
            walk(condition)
            walk(block)
        case .conditional(let clauses, let otherwise):
            for clause in clauses {
                walk(clause.condition)
                walk(clause.block)
            }
            if let otherwise { walk(otherwise) }
        case .numericFor(_, let start, let limit, let step, let body):
            walk([start, limit] + (step.map { [$0] } ?? []))
            walk(body)
        case .genericFor(_, let values, let body):
            walk(values)
            walk(body)
        case .function(let target, let body):
            walk(target)
            walk(body.body)
        case .localFunction(_, let body): walk(body.body)
        case .break, .goto, .label: break
        }
    }

    private mutating func walk(_ expression: LuaExpression) {
        expressions.append(expression)
        switch expression.kind {
        case .function(let body): walk(body.body)
        case .index(let object, let key): walk([object, key])
        case .call(let function, let arguments): walk([function] + arguments)
        case .methodCall(let object, _, let arguments): walk([object] + arguments)
        case .unary(_, let operand), .parenthesized(let operand): walk(operand)
        case .binary(_, let left, let right, _): walk([left, right])
        case .table(let items):
            for item in items {
                switch item {
                case .position(let value): walk(value)
                case .field(let key, let value): walk([key, value])
                }
            }
        default: break
        }
    }
}
