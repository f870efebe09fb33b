extension LuaScopes {
    /// A jump whose label has not come yet.
    struct Goto {
        let label: LuaToken
        /// How many variables are in scope where it stands, or around the blocks that it has to leave.
        var activeCount: Int
    }

    /// A label that can be seen here.
    func label(_ name: String) -> LuaToken? { current.labels[name] }

    /// Notes a jump.
    mutating func addGoto(_ label: LuaToken) {
        guard current.labels[label.text] == nil else { return }
        current.gotosByName[label.text, default: []].append(current.gotos.count)
        current.gotos.append(Goto(label: label, activeCount: active.count))
    }

    /// Declares a label; gives the jumps that would skip a variable's declaration, with the first such variable.
    ///
    /// The variables of a block have ended before a label that `isLast` in it.
    mutating func addLabel(_ label: LuaToken, isLast: Bool) -> [(goto: LuaToken, variable: Int?)] {
        guard let block = current.blocks.last else { return [] }
        current.labels[label.text] = label
        current.blocks[current.blocks.count - 1].labels.append(label.text)
        let activeCount = isLast ? block.activeCount : active.count
        var wrong: [(goto: LuaToken, variable: Int?)] = []
        while let index = current.gotosByName[label.text]?.last, index >= block.gotoCount {
            current.gotosByName[label.text]?.removeLast()
            guard let goto = current.gotos[index] else { continue }
            current.gotos[index] = nil
            if goto.activeCount < activeCount { wrong.append((goto.label, active[goto.activeCount])) }
        }
        return wrong.reversed()
    }

    /// The jumps of a function that ends whose labels never came.
    var openGotos: [LuaToken] { current.gotos.compactMap { $0?.label } }
}
