extension PredicateGenerator {
    /// What stands above a segment in its script: constants, tables and functions.
    mutating func preamble() -> [Piece] {
        var pieces = [Self.memory]
        if dice.chance(20) {
            pieces.append(.statement("local lib = require \"lib.shared\""))
            tables.append(Constants(name: "lib.cities", keys: .text))
            helpers.append(Helper(name: "lib.check", argument: nil, result: .boolean))
        }
        for _ in 0..<dice.below(3) { pieces.append(constantLocal()) }
        for _ in 0..<dice.below(3) { pieces.append(table()) }
        for _ in 0..<dice.one(of: isWild ? [0, 1, 2, 3] : [0, 0, 1]) { pieces.append(helper()) }
        return pieces
    }

    /// A helper that counts and remembers, of which no rule sees more than the value.
    private static let memory = Piece.statement(
        """
        local seen, calls = {}, 0
        local function remembered(key)
        calls = calls + 1
        if key == nil then return "none" end
        if seen[key] == nil then seen[key] = "<" .. key .. ">" end
        return seen[key]
        end
        """)

    private mutating func constantLocal() -> Piece {
        let kind = dice.one(of: [Kind.number, .text, .boolean, .time])
        let value = constant(kind)
        let name = name("k")
        locals.append(Local(name: name, kind: kind))
        if odd(10) {
            return .statement("local \(name) = 0\n\(name) = \(bare: value)")
        }
        return .statement("local \(name) = \(bare: value)")
    }

    private mutating func table() -> Piece {
        let keys = dice.one(of: [Kind.text, .text, .number])
        var entries = (0..<dice.number(0...5)).map { index -> Piece in
            let value = dice.chance(isWild ? 50 : 85) ? Piece.simple("true") : anyConstant()
            if keys == .number {
                if dice.chance(50) { return value }
                let key = dice.one(of: ["1", "2", "3.0", "0", "-1", "2^53", "0.5", "10", "1e15"])
                return .prefix("[\(key)] = \(bare: value)")
            }
            let text = dice.one(of: dice.chance(80) ? Pool.plainTexts : Pool.texts)
            return .prefix("[ \(bare: literal(text)) ] = \(bare: value)")
        }
        if odd(10) { entries.append(.prefix("nested = { x = true }")) }
        let name = name("t")
        tables.append(Constants(name: name, keys: keys))
        var statement = Piece.statement("local \(name) = { \(entries) }")
        if odd(10) {
            statement = .statement("\([statement, .statement("\(name)[ \(bare: literal("gold")) ] = true")])")
        }
        if odd(5) {
            statement = .statement(
                "\([statement, .statement("setmetatable(\(name), { __index = function() return true end })")])"
            )
        }
        return statement
    }

    private mutating func helper() -> Piece {
        let name = name("f")
        let argument: Kind? = dice.chance(50) ? dice.one(of: [.number, .text, .time]) : nil
        let result = dice.one(of: [Kind.boolean, .boolean, .number, .text])
        let parameter = self.name("p")
        let outer = (customer, locals)
        customer = dice.chance(50) ? "c" : "who"
        if let argument { locals.append(Local(name: parameter, kind: argument, mayChange: true)) }
        let body = body(result, 2)
        let parameters = argument == nil ? customer : "\(customer), \(parameter)"
        (customer, locals) = outer
        let isRecursive = odd(10) && argument == .number
        helpers.append(Helper(name: name, argument: argument, result: result))
        let again =
            isRecursive
            ? "if \(parameter) ~= nil and \(parameter) > 0 and \(parameter) < 20 then return \(name)(\(parameters) - 1) end\n"
            : ""
        return odd(20)
            ? .statement("local \(name)\n\(name) = function(\(parameters))\n\(again)\(bare: body)\nend")
            : .statement("local function \(name)(\(parameters))\n\(again)\(bare: body)\nend")
    }

    mutating func helperCall(_ result: Kind, _ depth: Int) -> Piece? {
        let fitting = helpers.filter { $0.result == result }
        guard !fitting.isEmpty else { return nil }
        let helper = dice.one(of: fitting)
        if odd(3) { return .prefix("\(helper.name)()") }
        guard let argument = helper.argument else { return .prefix("\(helper.name)(\(customer))") }
        return .prefix("\(helper.name)(\(customer), \(bare: value(argument, min(depth, 1))))")
    }
}
