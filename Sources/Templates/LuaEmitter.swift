internal import ScriptSyntax

/// Writes the Lua of a template, each statement in the line of its tag.
///
/// The emitted function prints through the helpers `add` and `put`, and a message's takes what is behind `n` out of the
/// output when it ends. It keeps assigned names in `V`, counters in `C`, what is HTML of them in `H`; `R` are registers
/// for cases and captures, `I` those of loops and `ifchanged` by their names, `Y` the places of cycles, `M` the missing
/// outputs, and `S` is the scope. A partial gets these tables from the template that calls it, all but `R` and `M`; `D`
/// is how deep it stands in others, and `L` holds the loop variables and arguments that an `include` shows it. `P` holds
/// the place of what may fail, for its error.
struct LuaEmitter {
    /// A loop around what is emitted.
    struct Loop {
        var id: Int
        var variable: String
        /// The function the loop stands in; a break from a function inside it must return first.
        var function: Int
        /// A `tablerow`, whose state is `tablerowloop`.
        var isRow = false
        /// The Lua of the number of items; only of a `for`.
        var count = ""
        /// The Lua of what a template sees of it.
        var state: String
        /// Something asks for the loop's state.
        var isAsked = false
        var breaks = false
        var continues = false
    }

    /// A `capture` or `ifchanged` around what is emitted; a break out of it must close it first.
    struct Capture {
        /// What gets the text; nil for `ifchanged`.
        var name: String?
        var slot: Int
        var loop: Int
        var function: Int
    }

    let escaping: Escaping
    let names: LiquidParser.Names
    let role: TemplateRole
    /// The number of the first branch, where branches tell the host that they run.
    let firstBranch: Int?
    private let source: TemplateText
    private var lua = ""
    private(set) var line: Int
    /// Constant text that the next output prints before its own.
    private var pending = ""
    private var helpers: Set<String> = []
    private var filters: Set<String> = []
    private var tags: Set<String> = []
    private var lastSlot = 0

    var partials: Set<PartialUse> = []
    var translations: [TranslationUse] = []
    private(set) var branches: [BranchUse] = []
    var loops: [Loop] = []
    var captures: [Capture] = []
    /// The depth of functions inside functions.
    var function = 0
    /// Blocks around what is emitted, in its function.
    var depth = 0
    /// Interrupts that left the function that is being emitted.
    var returned: Set<LiquidNode.Interrupt> = []

    init(
        escaping: Escaping, names: LiquidParser.Names, role: TemplateRole, firstBranch: Int?,
        source: TemplateText
    ) {
        self.escaping = escaping
        self.names = names
        self.role = role
        self.firstBranch = firstBranch
        self.source = source
        line = source.firstLine
    }

    /// Emits the whole template.
    mutating func emit(template nodes: [LiquidNode]) {
        emit(block: nodes)
        flush()
        write(finish())
    }

    /// What a template ends with; of a partial, also the interrupt that ended it.
    func finish(_ interrupt: LiquidNode.Interrupt? = nil) -> String {
        let missing = "M[1] and M or nil"
        return switch role {
        case .message: "return cut(n),\(missing) "
        case .partial: "return \(missing)\(interrupt.map { ",\($0.code)" } ?? "") "
        }
    }

    /// The finished text. What precedes the template's first statement stands in its first line.
    var chunk: String {
        let locals = helpers.union(role == .message ? ["cut", "mark"] : ["add"]).sorted()
        var head = String(repeating: "\n", count: source.firstLine - 1)
        head += "local rt=... local F,P=rt.filters,rt.place "
        head +=
            "local \(locals.joined(separator: ",")) = \(locals.map { "rt." + $0 }.joined(separator: ",")) "
        for name in filters.sorted() { head += "local f_\(name)=F[\"\(name)\"] " }
        for name in tags.sorted() { head += "local t_\(name)=rt.tags[\"\(name)\"] " }
        switch role {
        case .message:
            head += "return function(S) local n,V,C,H,R,I,Y,M=mark(),{},{},{},\(registers),{},{},{} "
        case .partial:
            head +=
                "return function(S,D,V,C,H,I,Y,L) local R,M=\(registers),{file=\(luaLiteral(source.file))} "
        }
        return head + lua + "end\n"
    }

    /// A table with room for the registers.
    private var registers: String {
        "{\(repeatElement("nil", count: min(lastSlot, 50)).joined(separator: ","))}"
    }

    /// Writes Lua as it is.
    mutating func write(_ code: String) {
        lua += code
    }

    /// Where the next code begins, for ``insert(_:at:)``.
    var position: Int { lua.utf8.count }

    /// Writes Lua, without a line break, before what was written behind that place.
    mutating func insert(_ code: String, at position: Int) {
        lua.insert(contentsOf: code, at: lua.utf8.index(lua.startIndex, offsetBy: position))
    }

    /// Moves to the line, if it lies ahead.
    mutating func move(to target: Int) {
        if target > line {
            lua += String(repeating: "\n", count: target - line)
            line = target
        }
    }

    /// Notes where what follows stands, for the error that it may raise.
    mutating func mark(_ node: LiquidNode) {
        write("P[1]=\(PlaceMark(node.place, in: source).number) ")
    }

    /// Whether branches tell the host that they run.
    var notesBranches: Bool { firstBranch != nil }

    /// Tells the host that what follows runs: what a tag holds, or what is there in its place.
    mutating func noteBranch(_ tag: Range<Int>, isSkipped: Bool = false) {
        guard let firstBranch else { return }
        write("\(helper("branch"))(\(firstBranch + branches.count)) ")
        branches.append(
            BranchUse(
                location: source.location(at: tag.lowerBound), tag: source.string(tag), isSkipped: isSkipped))
    }

    /// The file's line of a tag.
    func line(of tag: Range<Int>) -> Int {
        source.line(at: tag.lowerBound)
    }

    /// Writes a statement that begins in the line and prints nothing.
    mutating func statement(_ code: String, line: Int) {
        flush()
        move(to: line)
        write(code)
    }

    /// Prints constant text, together with what follows.
    mutating func print(_ text: String, line: Int) {
        move(to: line)
        pending += text
    }

    /// The constant text before an output, as the helper takes it that prints both.
    mutating func takePending() -> String {
        defer { pending = "" }
        return luaLiteral(pending)
    }

    /// Prints the constant text; needed before anything that may be skipped, repeated or reads the output.
    mutating func flush() {
        if !pending.isEmpty { write("\(helper("add"))(\(takePending())) ") }
    }

    /// A helper of the runtime, made local to the chunk.
    mutating func helper(_ name: String) -> String {
        helpers.insert(name)
        return name
    }

    /// The function of a filter, made local to the chunk.
    mutating func filter(_ spec: FilterSpec) -> String {
        guard spec.origin != .addedTag else {
            tags.insert(spec.name)
            return "t_\(spec.name)"
        }
        filters.insert(spec.name)
        return "f_\(spec.name)"
    }

    /// A register of its own; a template never runs inside itself, so the number is fixed.
    mutating func slot() -> Int {
        lastSlot += 1
        return lastSlot
    }
}
