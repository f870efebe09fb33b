internal import ScriptSyntax

extension LuaEmitter {
    mutating func emit(_ node: LiquidNode) {
        if node.mayFail { mark(node) }
        switch node.kind {
        case .text(let text), .space(let text): print(text, line: node.line)
        case .output(let pipeline): emit(pipeline, line: node.line)
        case .assign(let name, let pipeline): assign(name, pipeline, line: node.line)
        case .capture(let name, let body): capture(name, body, line: node.line)
        case .branches(let branches): emit(branches)
        case .choice(let choice): emit(choice, line: node.line)
        case .loop(let loop): emit(loop, line: node.line)
        case .interrupt(let interrupt):
            move(to: node.line)
            emit(interrupt)
        case .increment(let name): output("\(helper("increment"))(C,S,\(luaLiteral(name)))", line: node.line)
        case .decrement(let name): output("\(helper("decrement"))(C,S,\(luaLiteral(name)))", line: node.line)
        case .cycle(let cycle): emit(cycle, line: node.line)
        case .tableRow(let row): emit(row, line: node.line)
        case .changed(let body): capture(nil, body, line: node.line)
        case .partial(let partial): emit(partial, line: node.line)
        case .abort(let reason):
            statement("\(helper("abort"))(\(reason.map { emitted($0) } ?? "nil")) ", line: node.line)
        }
    }

    /// Prints the value of an expression as it is.
    mutating func output(_ code: String, line: Int) {
        move(to: line)
        write("\(helper("put"))(\(takePending()),\(code)) ")
    }

    private mutating func capture(_ name: String?, _ body: [LiquidNode], line: Int) {
        let capture = Capture(name: name, slot: slot(), loop: loops.last?.id ?? 0, function: function)
        statement("R[\(capture.slot)]=\(helper("mark"))() ", line: line)
        captures.append(capture)
        emit(block: body)
        captures.removeLast()
        close(capture)
    }

    private mutating func emit(_ branches: [LiquidBranch]) {
        for (place, branch) in branches.enumerated() {
            let keyword = place == 0 ? "if" : "elseif"
            if let condition = branch.condition {
                flush()
                move(to: line(of: branch.tag))
                let code = emitted(condition)
                write("\(keyword) \(branch.isNegated ? "not(\(code))" : code) then ")
            } else {
                statement("else ", line: line(of: branch.tag))
            }
            noteBranch(branch.tag)
            emit(block: branch.body)
            flush()
        }
        if notesBranches, let first = branches.first, branches.last?.condition != nil {
            write("else ")
            noteBranch(first.tag, isSkipped: true)
        }
        write("end ")
    }

    private mutating func emit(_ choice: LiquidChoice, line: Int) {
        let slot = slot()
        // The value is in the slot, whether one has matched in the next.
        let matched = self.slot()
        statement("R[\(slot)]=\(emitted(choice.subject)) R[\(matched)]=false ", line: line)
        for clause in choice.clauses {
            if let values = clause.values {
                let tests = values.map { equality("R[\(slot)]", emitted($0), right: $0) }
                if tests.count == 1 {
                    statement("if \(tests[0]) then R[\(matched)]=true ", line: self.line(of: clause.tag))
                } else {
                    statement(
                        "for _=1,\(matchCount(of: tests, slot: matched)) do ", line: self.line(of: clause.tag)
                    )
                }
            } else {
                statement("if not R[\(matched)] then ", line: self.line(of: clause.tag))
            }
            noteBranch(clause.tag)
            emit(block: clause.body)
            flush()
            write("end ")
        }
        if notesBranches, choice.clauses.allSatisfy({ $0.values != nil }) {
            write("if not R[\(matched)] then ")
            noteBranch(choice.tag, isSkipped: true)
            write("end ")
        }
    }

    /// How many of the tests are true; several calls, as a Lua call carries at most about 250 values.
    private mutating func matchCount(of tests: [String], slot: Int) -> String {
        stride(from: 0, to: tests.count, by: 50).map { start in
            let some = tests[start..<min(start + 50, tests.count)].joined(separator: ",")
            return "\(helper("matches"))(R,\(slot),\(some))"
        }.joined(separator: "+")
    }

    private mutating func emit(_ loop: LiquidLoop, line: Int) {
        // The items, the place before the first, their number, and the loop's state where something asks for it.
        let id = slot()
        let (items, base, count) = ("R[\(id)]", "R[\(slot())]", "R[\(slot())]")
        let state = "R[\(slot())]"
        var arguments = [
            "R", "\(id)", "I", emitted(loop.collection), loop.limit.map { emitted($0) } ?? "nil",
        ]
        switch loop.offset {
        case .value(let value): arguments.append(emitted(value))
        case .continued: arguments.append(helper("CONTINUE"))
        case nil: arguments.append("nil")
        }
        let name = luaLiteral(loop.name)
        let place = loop.isReversed ? "\(base)+\(count)+1-i\(id)" : "\(base)+i\(id)"
        statement(
            "for i\(id)=1,\(helper("bounds"))(\(arguments.joined(separator: ",")),\(name)) do ", line: line)
        write("local x\(id)=\(items)[\(place)] ")
        let beginning = position
        loops.append(
            Loop(id: id, variable: loop.variable, function: function, count: count, state: state))
        noteBranch(loop.tag)
        emit(block: loop.body)
        flush()
        let ended = loops.removeLast()
        if ended.isAsked {
            let made = "\(helper("forloop"))(\(count),\(name),\(outerLoop()))"
            insert("if i\(id)==1 then \(state)=\(made) end \(state)[1]=i\(id) ", at: beginning)
        }
        if ended.continues { write("::c\(id):: ") }
        write("end ")
        if ended.breaks { write("::b\(id):: ") }
        if let otherwise = loop.otherwise {
            write("if \(count)==0 then ")
            noteBranch(loop.tag, isSkipped: true)
            emit(block: otherwise)
            flush()
            write("end ")
        }
    }

    private mutating func emit(_ cycle: LiquidCycle, line: Int) {
        let group =
            switch cycle.group {
            case .named(let name): emitted(name)
            // No value of a template begins with a zero byte.
            case .unnamed(let source): luaLiteral("\0" + source)
            }
        let values = cycle.values.map { value in
            let code = emitted(value)
            return escaping == .none || value.isLiteral ? code : printed(code, .text, cycle.context)
        }
        let arguments = ["Y", group] + values
        output("\(helper("cycle"))(\(arguments.joined(separator: ",")))", line: line)
    }
}
