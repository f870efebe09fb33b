import ScriptSyntax

/// A tree as text in brackets: `a + b.c` is `(+ a (. b "c"))`. A local variable has its number behind its name.
struct TreeDump {
    let chunk: LuaChunk
    /// Whether variables have their numbers.
    var hasNumbers = true

    func block(_ block: LuaBlock) -> String { block.statements.map(statement).joined(separator: " ") }

    private func variable(_ index: Int) -> String { named(chunk.variables[index].name.text, index) }

    private func named(_ name: String, _ index: Int) -> String { hasNumbers ? "\(name)/\(index)" : name }

    private func variables(_ indexes: [Int]) -> String { indexes.map(variable).joined(separator: " ") }

    private func list(_ values: [LuaExpression]) -> String { values.map(expression).joined(separator: " ") }

    private func function(_ body: LuaFunctionBody) -> String {
        let parameters = body.parameters.map(variable) + (body.isVariadic ? ["..."] : [])
        return "(\(parameters.joined(separator: " "))) {\(block(body.body))}"
    }

    func statement(_ statement: LuaStatement) -> String {
        switch statement.kind {
        case .local(let indexes, let values): "(local (\(variables(indexes))) \(list(values)))"
        case .assignment(let targets, let values): "(set (\(list(targets))) \(list(values)))"
        case .call(let call): expression(call)
        case .block(let block): "(do {\(self.block(block))})"
        case .whileLoop(let condition, let block): "(while \(expression(condition)) {\(self.block(block))})"
        case .repeatLoop(let block, let condition): "(repeat {\(self.block(block))} \(expression(condition)))"
        case .conditional(let clauses, let otherwise):
            "(if "
                + clauses.map { "\(expression($0.condition)) {\(block($0.block))}" }.joined(separator: " ")
                + (otherwise.map { " {\(block($0))}" } ?? "") + ")"
        case .numericFor(let index, let start, let limit, let step, let body):
            "(for \(variable(index)) \(list([start, limit] + (step.map { [$0] } ?? []))) {\(block(body))})"
        case .genericFor(let indexes, let values, let body):
            "(for (\(variables(indexes))) in \(list(values)) {\(block(body))})"
        case .function(let target, let body): "(function \(expression(target)) \(function(body)))"
        case .localFunction(let index, let body): "(local function \(variable(index)) \(function(body)))"
        case .return(let values): values.isEmpty ? "(return)" : "(return \(list(values)))"
        case .break: "(break)"
        case .goto(let label): "(goto \(label.text))"
        case .label(let label): "(label \(label.text))"
        }
    }

    func expression(_ expression: LuaExpression) -> String {
        switch expression.kind {
        case .nil: "nil"
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)f"
        case .string(let bytes): "\"\(String(decoding: bytes, as: UTF8.self))\""
        case .varargs: "..."
        case .function(let body): "(function \(function(body)))"
        case .name(let name): name.variable.map { named(name.text, $0) } ?? name.text
        case .index(let object, let key): "(. \(self.expression(object)) \(self.expression(key)))"
        case .call(let function, let arguments): "(call \(list([function] + arguments)))"
        case .methodCall(let object, let method, let arguments):
            "(: \(self.expression(object)) \(method.text)\(arguments.map { " " + self.expression($0) }.joined()))"
        case .unary(let sign, let operand): "(\(sign.rawValue) \(self.expression(operand)))"
        case .binary(let sign, let left, let right, _): "(\(sign.rawValue) \(list([left, right])))"
        case .table(let items): "{" + items.map(item).joined(separator: " ") + "}"
        case .parenthesized(let inner): "(paren \(self.expression(inner)))"
        }
    }

    private func item(_ item: LuaTableItem) -> String {
        switch item {
        case .position(let value): expression(value)
        case .field(let key, let value): "\(expression(key))=\(expression(value))"
        }
    }
}
