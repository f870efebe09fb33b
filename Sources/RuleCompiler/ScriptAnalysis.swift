public import ScriptSyntax

/// A script, and what can be said of its variables without running it.
public final class ScriptAnalysis: Sendable {
    /// The script.
    public let chunk: LuaChunk
    /// Every function in it, in the order of the text.
    public let functions: [LuaFunctionBody]
    /// Variables that hold a table constructor which nothing but reads reaches once the script has been
    /// loaded.
    private let constantTables: Set<Int>
    /// Whether it changes what its globals are.
    private let redefinesGlobals: Bool
    /// The globals that its functions assign, which only a script of the prompt can.
    public let globalsOfFunctions: Set<String>
    /// What local variables are declared with, whether they are assigned later or not.
    public let initializers: [Int: LuaExpression]
    /// The functions that `local function` gives variables, whether they are assigned later or not.
    public let namedFunctions: [Int: LuaFunctionBody]

    /// Cost: one walk over the tree.
    public init(_ chunk: LuaChunk) {
        self.chunk = chunk
        var walk = UseWalk(chunk)
        walk.block(chunk.block)
        // Of what could not be read, nothing is known: not even which variables it changes.
        functions = chunk.errors.isEmpty ? walk.functions : []
        constantTables = walk.constructed.subtracting(walk.escaping)
        redefinesGlobals = walk.redefinesGlobals
        globalsOfFunctions = walk.globalsOfFunctions
        initializers = walk.initializers
        namedFunctions = walk.namedFunctions
    }

    /// The function that begins and ends on these lines and has parameters of these names; nil where there
    /// are none or several.
    public func function(line: Int, lastLine: Int, parameters: [String]) -> LuaFunctionBody? {
        let found = functions.filter { body in
            body.line == line && body.lastLine == lastLine
                && body.parameters.map { chunk.variables[$0].name.text } == parameters
        }
        return found.count == 1 ? found.first : nil
    }

    /// Why what a variable holds once the script has been loaded may change later; nil where it cannot.
    func changes(_ variable: Int, isTable: Bool) -> String? {
        let declared = chunk.variables[variable]
        if let write = declared.writes.first(where: { $0.depth > declared.depth }) {
            let line = chunk.source.line(of: write.range.start)
            return "'\(declared.name.text)' is changed by a function in line \(line)"
        }
        if isTable, !constantTables.contains(variable) {
            return "the table '\(declared.name.text)' may be changed while rules run"
        }
        return nil
    }

    /// Whether a variable within a rule is changed, and a function within the rule knows it: what it holds
    /// when that function runs is not said by the place.
    func isShared(_ variable: Int) -> Bool {
        let declared = chunk.variables[variable]
        return !declared.writes.isEmpty
            && (declared.reads + declared.writes).contains { $0.depth > declared.depth }
    }

    /// The names of variables around a function that it uses, sorted.
    public func freeVariables(of body: LuaFunctionBody) -> [String] {
        let names = chunk.variables.compactMap { variable -> String? in
            guard !body.range.contains(variable.name.range) || isOwnName(variable, of: body),
                (variable.reads + variable.writes).contains(where: { body.range.contains($0.range) })
            else { return nil }
            return variable.name.text
        }
        return Set(names).sorted()
    }

    /// The variable of that name around a function that it uses; nil where it uses none.
    public func freeVariable(_ name: String, of body: LuaFunctionBody) -> Int? {
        chunk.variables.indices.last { index in
            let variable = chunk.variables[index]
            return variable.name.text == name
                && (!body.range.contains(variable.name.range) || isOwnName(variable, of: body))
                && (variable.reads + variable.writes).contains { body.range.contains($0.range) }
        }
    }

    /// What a local variable is declared with; nil where it is assigned later, too.
    public func initializer(of variable: Int) -> LuaExpression? {
        chunk.variables[variable].writes.isEmpty ? initializers[variable] : nil
    }

    /// The function that `local function` gives a variable.
    public func function(named variable: Int) -> LuaFunctionBody? {
        chunk.variables[variable].writes.isEmpty ? namedFunctions[variable] : nil
    }

    /// Whether a variable is the name of `local function name() … end`, which its own body may use.
    private func isOwnName(_ variable: LuaVariable, of body: LuaFunctionBody) -> Bool {
        variable.origin == .function && body.range.contains(variable.name.range)
            && !chunk.source.bytes[body.range.start..<variable.name.range.start].contains(UInt8(ascii: "("))
    }

    /// What a variable was declared with that Lua itself takes for a constant; nil for any other.
    func constantInitializer(of variable: Int) -> LuaExpression? {
        chunk.variables[variable].attribute == "const" ? initializers[variable] : nil
    }

    /// Whether the names of globals mean what they say.
    public var hasPlainGlobals: Bool { !redefinesGlobals }
}

/// Finds how variables are used.
private struct UseWalk {
    let chunk: LuaChunk
    var functions: [LuaFunctionBody] = []
    var constructed: Set<Int> = []
    var initializers: [Int: LuaExpression] = [:]
    var namedFunctions: [Int: LuaFunctionBody] = [:]
    var escaping: Set<Int> = []
    var redefinesGlobals = false
    var globalsOfFunctions: Set<String> = []
    private var depth = 0

    init(_ chunk: LuaChunk) {
        self.chunk = chunk
        redefinesGlobals = chunk.variables.contains { $0.name.text == "_ENV" }
    }

    mutating func block(_ block: LuaBlock) {
        for statement in block.statements { self.statement(statement) }
    }

    private mutating func statement(_ statement: LuaStatement) {
        switch statement.kind {
        case .local(let variables, let values):
            for (index, value) in values.enumerated() {
                if index < variables.count {
                    initializers[variables[index]] = value
                    if case .table = value.kind { constructed.insert(variables[index]) }
                }
                read(value)
            }
        case .assignment(let targets, let values):
            for target in targets { assign(target) }
            for value in values { read(value) }
        case .call(let call): read(call)
        case .block(let inner): block(inner)
        case .whileLoop(let condition, let inner):
            read(condition)
            block(inner)
        case .repeatLoop(let inner, let condition):
            block(inner)
            read(condition)
        case .conditional(let branches, let otherwise):
            for branch in branches {
                read(branch.condition)
                block(branch.block)
            }
            if let otherwise { block(otherwise) }
        case .numericFor(_, let start, let limit, let step, let inner):
            for value in [start, limit] + (step.map { [$0] } ?? []) { read(value) }
            block(inner)
        case .genericFor(_, let values, let inner):
            for value in values { read(value) }
            block(inner)
        case .function(let target, let body):
            assign(target)
            function(body)
        case .localFunction(let variable, let body):
            namedFunctions[variable] = body
            function(body)
        case .return(let values): for value in values { read(value) }
        case .break, .goto, .label: break
        }
    }

    private mutating func function(_ body: LuaFunctionBody) {
        functions.append(body)
        depth += 1
        block(body.body)
        depth -= 1
    }

    private mutating func assign(_ target: LuaExpression) {
        switch target.kind {
        case .name(let name):
            if name.text == "_ENV" { redefinesGlobals = true }
            // It holds another table from now on, which others may know too.
            if let variable = name.variable {
                escaping.insert(variable)
            } else if depth > 0 {
                globalsOfFunctions.insert(name.text)
            }
        case .index(let object, let key):
            // While the script loads it may fill its tables.
            if depth > 0, let variable = variable(object) { escaping.insert(variable) }
            readObject(object)
            read(key)
        default: read(target)
        }
    }

    /// A value that goes somewhere: a table by its name could then be reached by another.
    private mutating func read(_ expression: LuaExpression) {
        switch expression.kind {
        case .name(let name):
            if name.text == "_ENV" { redefinesGlobals = true }
            if let variable = name.variable { escaping.insert(variable) }
        case .function(let body): function(body)
        case .index(let object, let key):
            readObject(object)
            read(key)
        case .call(let callee, let arguments):
            read(callee)
            let onlyReads = isReader(callee)
            for argument in arguments {
                if onlyReads { readObject(argument) } else { read(argument) }
            }
        case .methodCall(let object, _, let arguments):
            read(object)
            for argument in arguments { read(argument) }
        case .unary(.length, let operand): readObject(operand)
        case .unary(_, let operand): read(operand)
        case .binary(_, let left, let right, _):
            read(left)
            read(right)
        case .table(let items):
            for item in items {
                switch item {
                case .position(let value): read(value)
                case .field(let key, let value):
                    read(key)
                    read(value)
                }
            }
        case .parenthesized(let inner): read(inner)
        case .nil, .boolean, .integer, .number, .string, .varargs: break
        }
    }

    /// A value that is only looked into.
    private mutating func readObject(_ expression: LuaExpression) {
        if case .name(let name) = expression.kind, name.text != "_ENV" { return }
        read(expression)
    }

    private func variable(_ expression: LuaExpression) -> Int? {
        if case .name(let name) = expression.kind { name.variable } else { nil }
    }

    /// Whether a call leaves its arguments as they are, or changes them only while the script loads.
    private func isReader(_ callee: LuaExpression) -> Bool {
        switch callee.kind {
        case .name(let name) where name.variable == nil:
            return ["ipairs", "pairs", "next"].contains(name.text)
        case .index(let object, let key):
            guard case .name(let library) = object.kind, library.variable == nil, library.text == "table",
                case .string(let name) = key.kind
            else { return false }
            switch String(decoding: name, as: UTF8.self) {
            case "concat", "unpack": return true
            case "insert", "sort", "remove": return depth == 0
            default: return false
            }
        default: return false
        }
    }
}
