internal import ScriptSyntax

/// The pieces of a script's tree by kind, in the order of the text; outer ones come before inner ones.
struct SyntaxIndex: Sendable {
    private(set) var expressions: [LuaExpression] = []
    private(set) var statements: [LuaStatement] = []
    private(set) var blocks: [LuaBlock] = []
    private(set) var functions: [LuaFunctionBody] = []
    /// Expressions of which only matters whether they are true, and comparisons wherever they stand.
    private(set) var conditions: [LuaExpression] = []
    /// What stands before `or` where its value counts.
    private(set) var defaultedRanges: Set<SourceRange> = []
    /// Variables that are declared together.
    private(set) var variableLists: [VariableList] = []
    /// The expression whose elements a loop's variable stands for.
    private(set) var loops: [(variables: [Int], values: [LuaExpression])] = []

    /// Variables that are declared together.
    struct VariableList: Sendable {
        let variables: [Int]
        /// Whether a variable has to be there for those behind it.
        let isPositional: Bool
        /// So many somebody should read; those behind get what else a call gives.
        let required: Int
        let isLoop: Bool

        init(variables: [Int], isPositional: Bool, required: Int? = nil, isLoop: Bool = false) {
            self.variables = variables
            self.isPositional = isPositional
            self.required = required ?? variables.count
            self.isLoop = isLoop
        }
    }

    init(_ chunk: LuaChunk) {
        block(chunk.block)
    }

    private mutating func block(_ block: LuaBlock) {
        blocks.append(block)
        for statement in block.statements { visit(statement) }
    }

    private mutating func condition(_ expression: LuaExpression) {
        conditions.append(expression)
        visit(expression, isCovered: true)
    }

    private mutating func visit(_ values: [LuaExpression]) {
        for value in values { visit(value) }
    }

    private mutating func visit(_ statement: LuaStatement) {
        statements.append(statement)
        switch statement.kind {
        case .local(let variables, let values):
            let isFilled = values.last?.hasSeveralValues ?? false
            variableLists.append(
                VariableList(
                    variables: variables, isPositional: values.count < variables.count,
                    required: isFilled ? values.count : variables.count))
            visit(values)
        case .assignment(let targets, let values): visit(targets + values)
        case .call(let call): visit(call)
        case .block(let inner): block(inner)
        case .whileLoop(let test, let inner):
            condition(test)
            block(inner)
        case .repeatLoop(let inner, let test):
            block(inner)
            condition(test)
        case .conditional(let clauses, let otherwise):
            for clause in clauses {
                condition(clause.condition)
                block(clause.block)
            }
            if let otherwise { block(otherwise) }
        case .numericFor(let variable, let start, let limit, let step, let inner):
            variableLists.append(VariableList(variables: [variable], isPositional: true, isLoop: true))
            visit([start, limit] + (step.map { [$0] } ?? []))
            block(inner)
        case .genericFor(let variables, let values, let inner):
            loops.append((variables, values))
            variableLists.append(VariableList(variables: variables, isPositional: true, isLoop: true))
            visit(values)
            block(inner)
        case .function(let target, let body):
            visit(target)
            function(body)
        case .localFunction(let variable, let body):
            variableLists.append(VariableList(variables: [variable], isPositional: false))
            function(body)
        case .return(let values): visit(values)
        case .break, .goto, .label: break
        }
    }

    private mutating func function(_ body: LuaFunctionBody) {
        functions.append(body)
        variableLists.append(VariableList(variables: body.parameters, isPositional: true))
        block(body.body)
    }

    /// `isCovered` where the expression is a part of a condition that is noted already.
    private mutating func visit(_ expression: LuaExpression, isCovered: Bool = false) {
        expressions.append(expression)
        switch expression.kind {
        case .function(let body): function(body)
        case .index(let object, let key): visit([object, key])
        case .call(let callee, let arguments): visit([callee] + arguments)
        case .methodCall(let object, _, let arguments): visit([object] + arguments)
        case .unary(.not, let operand):
            if isCovered { visit(operand, isCovered: true) } else { condition(operand) }
        case .unary(_, let operand): visit(operand)
        case .parenthesized(let inner): visit(inner, isCovered: isCovered)
        case .binary(.and, let left, let right, _), .binary(.or, let left, let right, _):
            if isCovered { visit(left, isCovered: true) } else { condition(left) }
            if case .binary(.or, _, _, _) = expression.kind, !isCovered, left.isPlain {
                defaultedRanges.insert(left.unwrapped.range)
            }
            visit(right, isCovered: isCovered)
        case .binary(let sign, let left, let right, _):
            if sign.isComparison, !isCovered { conditions.append(expression) }
            visit([left, right])
        case .table(let items):
            for item in items {
                switch item {
                case .position(let value): visit(value)
                case .field(let key, let value): visit([key, value])
                }
            }
        default: break
        }
    }
}

extension LuaExpression {
    /// Whether it may give any number of values.
    fileprivate var hasSeveralValues: Bool {
        switch kind {
        case .call, .methodCall, .varargs: true
        default: false
        }
    }

    /// Whether it is a value, and no condition.
    fileprivate var isPlain: Bool {
        switch unwrapped.kind {
        case .binary(let sign, _, _, _): !sign.isComparison && sign != .and && sign != .or
        case .unary(.not, _): false
        default: true
        }
    }
}
