internal import ScriptSyntax

/// Writes a piece of Lua as a person would who has time: a line for each setting and statement, blocks indented by two.
///
/// What fits in a line and has no block stays as it was typed. A piece with comments stays as a whole.
struct TidyLua {
    private let chunk: LuaChunk

    /// Lines are broken beyond so many characters.
    private static let width = 96

    init(_ chunk: LuaChunk) {
        self.chunk = chunk
    }

    /// The text of an expression that begins in a line of its own.
    func text(of expression: LuaExpression) -> String {
        guard !chunk.comments.contains(where: { expression.range.contains($0.range) }) else {
            return source(expression.range)
        }
        return text(expression, indent: "", used: 0)
    }

    private func source(_ range: SourceRange) -> String {
        chunk.source[range]
    }

    private func isPlain(_ range: SourceRange, from used: Int) -> Bool {
        let text = source(range)
        return !text.contains("\n") && used + text.count <= Self.width
    }

    private func text(_ expression: LuaExpression, indent: String, used: Int) -> String {
        switch expression.kind {
        case .function(let body): return function("function", body, indent)
        case .table(let items):
            guard !isPlain(expression.range, from: used) || items.contains(where: { $0.value.hasFunction })
            else { return source(expression.range) }
            let inner = indent + "  "
            let lines = items.map { item -> String in
                switch item {
                case .position(let value): inner + text(value, indent: inner, used: inner.count) + ",\n"
                case .field(let key, let value):
                    inner + keyText(key, before: value)
                        + text(value, indent: inner, used: inner.count + 10) + ",\n"
                }
            }
            return "{\n" + lines.joined() + indent + "}"
        case .call(let callee, let arguments):
            guard !isPlain(expression.range, from: used) || expression.hasFunction else { break }
            return source(callee.range) + self.arguments(arguments, after: callee.range.end, indent, used)
        case .methodCall(let object, let method, let arguments):
            guard !isPlain(expression.range, from: used) || expression.hasFunction else { break }
            return text(object, indent: indent, used: used) + ":" + method.text
                + self.arguments(arguments, after: method.range.end, indent, used)
        case .binary(let `operator`, let left, let right, _) where `operator` == .and || `operator` == .or:
            guard !isPlain(expression.range, from: used) else { break }
            // Below each other, as the conditions of one question.
            return text(left, indent: indent, used: used) + "\n\(indent)   \(`operator`) "
                + text(right, indent: indent, used: indent.count + 7)
        case .parenthesized(let inner):
            guard !isPlain(expression.range, from: used) else { break }
            return "(" + text(inner, indent: indent, used: used + 1) + ")"
        default: break
        }
        return source(expression.range)
    }

    private func keyText(_ key: LuaExpression, before value: LuaExpression) -> String {
        // A key in brackets has its brackets outside its range.
        let between = source(SourceRange(key.range.end, value.range.start))
        return between.contains("]") ? "[\(source(key.range))] = " : "\(source(key.range)) = "
    }

    private func arguments(
        _ arguments: [LuaExpression], after end: Int, _ indent: String, _ used: Int
    ) -> String {
        if let only = arguments.first, arguments.count == 1 {
            // `f { … }` and `f "…"` need no brackets, and have none where none were typed.
            let before = source(SourceRange(end, only.range.start))
            if !before.contains("(") { return " " + text(only, indent: indent, used: used + 10) }
        }
        return "(" + arguments.map { text($0, indent: indent, used: used + 10) }.joined(separator: ", ") + ")"
    }

    private func function(_ opening: String, _ body: LuaFunctionBody, _ indent: String) -> String {
        var names = body.parameters.map { chunk.variables[$0].name.text }
        if body.isVariadic { names.append("...") }
        return "\(opening)(\(names.joined(separator: ", ")))\n" + block(body.body, indent + "  ") + indent
            + "end"
    }

    private func block(_ block: LuaBlock, _ indent: String) -> String {
        block.statements.map { indent + statement($0, indent) + "\n" }.joined()
    }

    private func statement(_ statement: LuaStatement, _ indent: String) -> String {
        switch statement.kind {
        case .return(let values):
            // The conditions of an answer stand below its first one.
            return values.isEmpty ? "return" : "return " + list(values, indent, 7)
        case .local(let variables, let values):
            guard variables.allSatisfy({ chunk.variables[$0].attribute == nil }) else { break }
            let names = variables.map { chunk.variables[$0].name.text }.joined(separator: ", ")
            return "local \(names)" + (values.isEmpty ? "" : " = " + list(values, indent, names.count + 9))
        case .assignment(let targets, let values):
            return targets.map { source($0.range) }.joined(separator: ", ") + " = " + list(values, indent, 10)
        case .call(let call): return text(call, indent: indent, used: indent.count)
        case .localFunction(let variable, let body):
            return function("local function \(chunk.variables[variable].name.text)", body, indent)
        case .function(let target, let body) where !source(target.range).contains(":"):
            return function("function \(source(target.range))", body, indent)
        case .conditional(let branches, let otherwise):
            var text = ""
            for (index, branch) in branches.enumerated() {
                text += (index == 0 ? "if " : indent + "elseif ")
                text += source(branch.condition.range) + " then\n" + block(branch.block, indent + "  ")
            }
            if let otherwise { text += indent + "else\n" + block(otherwise, indent + "  ") }
            return text + indent + "end"
        case .whileLoop(let condition, let body):
            return "while \(source(condition.range)) do\n" + block(body, indent + "  ") + indent + "end"
        case .repeatLoop(let body, let until):
            return "repeat\n" + block(body, indent + "  ") + indent + "until \(source(until.range))"
        case .genericFor(let variables, let values, let body):
            let names = variables.map { chunk.variables[$0].name.text }.joined(separator: ", ")
            let list = values.map { source($0.range) }.joined(separator: ", ")
            return "for \(names) in \(list) do\n" + block(body, indent + "  ") + indent + "end"
        case .numericFor(let variable, let start, let limit, let step, let body):
            let numbers = [start, limit] + (step.map { [$0] } ?? [])
            let list = numbers.map { source($0.range) }.joined(separator: ", ")
            return "for \(chunk.variables[variable].name.text) = \(list) do\n" + block(body, indent + "  ")
                + indent + "end"
        case .block(let body): return "do\n" + block(body, indent + "  ") + indent + "end"
        default: break
        }
        return source(statement.range)
    }

    private func list(_ values: [LuaExpression], _ indent: String, _ used: Int) -> String {
        values.map { text($0, indent: indent, used: indent.count + used) }.joined(separator: ", ")
    }
}

extension LuaTableItem {
    fileprivate var value: LuaExpression {
        switch self {
        case .position(let value), .field(_, let value): value
        }
    }
}

extension LuaExpression {
    /// Whether a function stands in it where it is not an operand.
    fileprivate var hasFunction: Bool {
        switch kind {
        case .function: true
        case .table(let items): items.contains { $0.value.hasFunction }
        case .call(let callee, let arguments): callee.hasFunction || arguments.contains(where: \.hasFunction)
        case .methodCall(let object, _, let arguments):
            object.hasFunction || arguments.contains(where: \.hasFunction)
        default: false
        }
    }
}
