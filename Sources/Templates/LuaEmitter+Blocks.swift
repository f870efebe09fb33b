internal import ScriptSyntax

extension LuaEmitter {
    /// Deeper blocks go into a function of their own: a Lua function has at most 200 locals.
    private static let depthLimit = 14
    /// Larger blocks are cut into functions: a Lua loop's body has at most 131,071 instructions.
    private static let weightLimit = 4_000

    /// Emits nodes one after the other.
    mutating func emit(block nodes: [LiquidNode]) {
        if depth >= Self.depthLimit {
            piece { $0.emit(block: nodes) }
            return
        }
        depth += 1
        defer { depth -= 1 }
        guard nodes.count > 1, nodes.weight > Self.weightLimit else {
            for node in nodes { emit(node) }
            return
        }
        var group: [LiquidNode] = []
        var weight = 0
        for node in nodes {
            let next = node.weight
            if weight + next > Self.weightLimit / 2 {
                emit(group: group)
                (group, weight) = ([], 0)
            }
            group.append(node)
            weight += next
        }
        emit(group: group)
    }

    /// A large node alone cuts its own blocks; a function around it would only add a level.
    private mutating func emit(group: [LiquidNode]) {
        if group.count < 2 {
            for node in group { emit(node) }
        } else {
            piece { emitter in for node in group { emitter.emit(node) } }
        }
    }

    /// Emits a function that is called at once. An interrupt inside it that means a loop outside comes back
    /// as 1 or 2.
    private mutating func piece(_ body: (inout LuaEmitter) -> Void) {
        flush()
        write("R[0]=(function() ")
        let outer = (depth, returned)
        (depth, returned) = (0, [])
        function += 1
        body(&self)
        flush()
        function -= 1
        let interrupts = returned
        (depth, returned) = outer
        write("end)() ")
        for interrupt in [LiquidNode.Interrupt.break, .continue] where interrupts.contains(interrupt) {
            write("if R[0]==\(interrupt.code) then ")
            emit(interrupt)
            write("end ")
        }
    }

    /// Leaves the loop or goes on with it; outside of loops the template ends.
    mutating func emit(_ interrupt: LiquidNode.Interrupt) {
        flush()
        let loop = loops.last?.id ?? 0
        for capture in captures.reversed() where capture.loop == loop && capture.function == function {
            close(capture)
        }
        guard let last = loops.indices.last, loops[last].function == function else {
            if loops.isEmpty, function == 0 {
                write("do \(finish(interrupt))end ")
            } else {
                returned.insert(interrupt)
                write("do return \(interrupt.code) end ")
            }
            return
        }
        switch interrupt {
        case .break:
            loops[last].breaks = true
            write("goto b\(loop) ")
        case .continue:
            loops[last].continues = true
            write("goto c\(loop) ")
        }
    }

    /// Assigns the text of a capture and takes it out of the output, or that of an `ifchanged` where it is the
    /// same again.
    mutating func close(_ capture: Capture) {
        flush()
        guard let captured = capture.name else {
            write("\(helper("changed"))(I,R[\(capture.slot)]) ")
            return
        }
        let name = luaLiteral(captured)
        write("V[\(name)]=\(helper("cut"))(R[\(capture.slot)]) ")
        if escaping == .html { write("H[\(name)]=true ") }
    }
}

extension LiquidNode.Interrupt {
    /// What a function returns for it.
    var code: Int {
        switch self {
        case .break: 1
        case .continue: 2
        }
    }
}
