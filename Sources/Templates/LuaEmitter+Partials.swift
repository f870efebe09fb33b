internal import ScriptSyntax

extension LuaEmitter {
    /// An `include` may leave the loop around it.
    mutating func emit(_ partial: LiquidPartial, line: Int) {
        var values: [String] = []
        var flags: [String] = []
        for (name, value) in partial.arguments {
            values.append("[\(luaLiteral(name))]=\(helper("keep"))(\(emitted(value)))")
            let flag = flag(of: value)
            if flag != "nil" { flags.append("[\(luaLiteral(name))]=\(flag)") }
        }
        let value = partial.value.map { [emitted($0), flag(of: $0)] } ?? ["nil", "nil"]
        let form = escaping == .html ? partial.place.code : "text"
        if case .string(let name) = partial.name {
            partials.insert(PartialUse(name: name, form: form))
        } else {
            partials.insert(PartialUse(name: nil, form: form))
        }
        let depth = role == .partial ? "D" : "0"
        var words = [emitted(partial.name), luaLiteral(form), "S", depth, "M"]
        words += ["{\(values.joined(separator: ","))}", "{\(flags.joined(separator: ","))}"]
        words += [partial.alias.map(luaLiteral) ?? "nil"] + value
        switch partial.kind {
        case .isolated:
            words.append("\(partial.isRepeated)")
            statement("\(helper("render"))(\(words.joined(separator: ","))) ", line: line)
        case .shared:
            words += ["\(partial.value != nil)", "V", "C", "H", "I", "Y"]
            words += [role == .partial ? "L" : "nil", locals()]
            statement("R[0]=\(helper("include"))(\(words.joined(separator: ","))) ", line: line)
            for interrupt in [LiquidNode.Interrupt.break, .continue] {
                write("if R[0]==\(interrupt.code) then ")
                emit(interrupt)
                write("end ")
            }
        }
    }

    /// A `tablerow`: the rows and cells are written around its body.
    mutating func emit(_ row: LiquidTableRow, line: Int) {
        let id = slot()
        let settings = [row.columns, row.limit, row.offset].map { value in
            value.map { "\(helper("keep"))(\(emitted($0)))" } ?? "nil"
        }
        let arguments = ([emitted(row.collection)] + settings).joined(separator: ",")
        statement("R[\(id)]=\(helper("table_row"))(\(arguments)) ", line: line)
        write("for f\(id),x\(id) in \(helper("cells"))(R[\(id)]) do ")
        loops.append(Loop(id: id, variable: row.variable, function: function, isRow: true, state: "f\(id)"))
        emit(block: row.body)
        flush()
        let ended = loops.removeLast()
        if ended.continues { write("::c\(id):: ") }
        write("\(helper("close_cell"))(f\(id)) end ")
        // A break leaves the cell open.
        if ended.breaks { write("goto e\(id) ::b\(id):: \(helper("add"))(\"</td>\") ::e\(id):: ") }
        write("\(helper("close_table_row"))(R[\(id)]) ")
    }
}
