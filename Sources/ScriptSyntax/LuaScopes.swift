/// Which variable each name stands for, and what Lua counts for each function.
struct LuaScopes {
    /// MAXVARS.
    static let localLimit = 200
    /// MAXUPVAL.
    static let upvalueLimit = 255

    /// Every variable whose declaration has ended.
    private(set) var variables: [LuaVariable] = []
    /// The values of those that Lua replaces by their value while it compiles.
    var constants: [Int: LuaConstant] = [:]
    var functions: [Function]
    /// The variables that are in scope, from the outermost function on.
    private(set) var active: [Int] = []
    /// The same by name; the last one hides the others.
    private var visible: [String: [Int]] = [:]

    /// A function that is being read.
    struct Function {
        let line: Int
        var isVariadic: Bool
        /// Locals as Lua counts them: from the place where their names are read, with those of loops that have no name.
        var localCount = 0
        /// The variables of other functions that it uses, without those that are constants.
        var upvalues: Set<Int> = []
        var usesGlobals: Bool
        var tallest = 0
        var blocks: [Block]
        /// The labels that are visible.
        var labels: [String: LuaToken] = [:]
        /// The jumps whose label has not come yet; nil where it has.
        var gotos: [Goto?] = []
        var gotosByName: [String: [Int]] = [:]
    }

    /// A scope.
    struct Block {
        let isInLoop: Bool
        let activeCount: Int
        let localCount: Int
        let gotoCount: Int
        var labels: [String] = []
    }

    /// The main function, which is variadic and has `_ENV`.
    init() {
        functions = [Function(line: 0, isVariadic: true, usesGlobals: true, blocks: [])]
        enterBlock(isLoop: false)
    }

    /// The function that is being read.
    var current: Function {
        get { functions[functions.count - 1] }
        _modify { yield &functions[functions.count - 1] }
    }

    var isVariadic: Bool { current.isVariadic }
    var functionLine: Int { current.line }
    var isInLoop: Bool { current.blocks.last?.isInLoop ?? false }

    mutating func setVariadic() { current.isVariadic = true }

    /// Notes how tall an expression of the function is.
    mutating func noteHeight(_ height: Int) { current.tallest = max(current.tallest, height) }

    mutating func enterFunction(line: Int) {
        functions.append(Function(line: line, isVariadic: false, usesGlobals: false, blocks: []))
        enterBlock(isLoop: false)
    }

    /// Ends a function; gives the height of its tallest expression.
    mutating func leaveFunction() -> Int {
        while !current.blocks.isEmpty { leaveBlock() }
        let tallest = functions.removeLast().tallest
        noteHeight(tallest + 1)
        return tallest
    }

    mutating func enterBlock(isLoop: Bool) {
        current.blocks.append(
            Block(
                isInLoop: isLoop || isInLoop, activeCount: active.count, localCount: current.localCount,
                gotoCount: current.gotos.count))
    }

    mutating func leaveBlock() {
        guard let block = current.blocks.popLast() else { return }
        while active.count > block.activeCount {
            visible[variables[active.removeLast()].name.text]?.removeLast()
        }
        current.localCount = block.localCount
        for label in block.labels { current.labels[label] = nil }
        // A jump out of the block sees what the block around it had at its beginning.
        for index in block.gotoCount..<current.gotos.count {
            current.gotos[index]?.activeCount = block.activeCount
        }
    }

    /// What is open, to return to after an error.
    var checkpoint: Checkpoint { Checkpoint(functions: functions.count, blocks: current.blocks.count) }

    struct Checkpoint {
        let functions, blocks: Int
    }

    /// Ends what was opened since.
    mutating func restore(_ checkpoint: Checkpoint) {
        while functions.count > checkpoint.functions { _ = leaveFunction() }
        while current.blocks.count > checkpoint.blocks { leaveBlock() }
    }

    /// Counts locals whose names are read; false above Lua's limit.
    mutating func reserve(_ count: Int) -> Bool {
        current.localCount += count
        return current.localCount <= Self.localLimit
    }

    /// Brings a variable into scope.
    mutating func activate(_ name: LuaToken, _ origin: LuaVariable.Origin, attribute: String?) -> Int {
        let index = variables.count
        variables.append(
            LuaVariable(
                name: name, origin: origin, attribute: attribute, depth: functions.count - 1,
                shadows: visible[name.text]?.last))
        active.append(index)
        visible[name.text, default: []].append(index)
        return index
    }

    /// Notes that a name is read; its variable is nil for a global. Nil where a function would have too many upvalues.
    mutating func read(_ name: LuaToken) -> (index: Int?, Void)? {
        let use = LuaVariable.Use(range: name.range, depth: functions.count - 1)
        guard let index = visible[name.text]?.last else { return readGlobal(use) ? (nil, ()) : nil }
        variables[index].reads.append(use)
        return keep(index) ? (index, ()) : nil
    }

    /// Notes that what was read last of a variable is written.
    mutating func turnIntoWrite(_ index: Int) {
        guard let use = variables[index].reads.popLast() else { return }
        variables[index].writes.append(use)
    }

    /// A global is a field of `_ENV`, which may be a local variable.
    private mutating func readGlobal(_ use: LuaVariable.Use) -> Bool {
        if let environment = visible["_ENV"]?.last {
            variables[environment].reads.append(use)
            return keep(environment)
        }
        for index in functions.indices.reversed() where !functions[index].usesGlobals {
            functions[index].usesGlobals = true
            guard isWithinLimit(functions[index]) else { return false }
        }
        return true
    }

    /// Makes a variable an upvalue of each function between its own and the one that uses it.
    private mutating func keep(_ index: Int) -> Bool {
        guard constants[index] == nil else { return true }
        for function in functions.indices.reversed() where function > variables[index].depth {
            guard functions[function].upvalues.insert(index).inserted else { break }
            guard isWithinLimit(functions[function]) else { return false }
        }
        return true
    }

    private func isWithinLimit(_ function: Function) -> Bool {
        function.upvalues.count + (function.usesGlobals ? 1 : 0) <= Self.upvalueLimit
    }
}
