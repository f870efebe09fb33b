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
            emit(all: nodes)
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

    /// Texts that follow each other, as around a comment, are one constant.
    private mutating func emit(all nodes: [LiquidNode]) {
        var text = ""
        var line = 0
        func constant(_ node: LiquidNode) -> String? {
            switch node.kind {
            case .text(let text), .space(let text): text
            default: nil
            }
        }
        for (index, node) in nodes.enumerated() {
            guard let piece = constant(node) else {
                emit(node)
                continue
            }
            if text.isEmpty { line = node.line }
            text += piece
            if index + 1 < nodes.count, constant(nodes[index + 1]) != nil { continue }
            if !text.isEmpty { output(luaLiteral(text), line: line) }
            text = ""
        }
    }

    /// A large node alone cuts its own blocks; a function around it would only add a level.
    private mutating func emit(group: [LiquidNode]) {
        if group.count < 2 {
            emit(all: group)
        } else {
            piece { $0.emit(all: group) }
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
            write("n=\(helper("changed"))(I,o,R[\(capture.slot)],n) ")
            return
        }
        let name = luaLiteral(captured)
        write("V[\(name)]=\(helper("join"))(o,R[\(capture.slot)]+1,n) n=R[\(capture.slot)] ")
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
