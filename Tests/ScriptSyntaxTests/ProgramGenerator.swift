import Basics

/// Writes programs over the whole grammar of Lua, most of which keep its rules about variables and jumps.
struct ProgramGenerator {
    private var random: SplitMix64
    /// How many statements and expressions may still nest.
    private var budget = 40
    private var inLoop = false
    private var isVariadic = true
    private var labels = 0

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    private static let names = ["a", "b", "c", "x", "_", "value2", "_ENV", "self"]
    private static let literals = [
        "nil", "true", "false", "0", "1", "42", "9223372036854775807", "9223372036854775808",
        "0x7fffffffffffffff",
        "0xffffffffffffffffff", "3.", ".5", "1e3", "1E-3", "0x1p4", "0x.8P-1", "0xA.8", "3.0e+0", "'a'",
        "\"b\\n\"",
        "'\\065\\x41\\u{41}\\z  x'", "[[long]]", "[==[\na]]b]==]", "\"\\\n\"", "'é中'", "\"\\u{7FFFFFFF}\"",
    ]
    private static let gaps = [
        " ", " ", " ", "\n", "\t", "  ", " --[[c]] ", " -- c\n", "--[==[\n]]]==]", "\r\n", "\n\r", "\u{0C}",
    ]

    mutating func program() -> String {
        let text = block(depth: 0)
        return random.chance(5) ? text + " -- the end" : text
    }

    private mutating func join(_ parts: [String]) -> String {
        var text = ""
        for part in parts where !part.isEmpty { text += part + random.pick(Self.gaps) }
        return text
    }

    private mutating func list(_ count: Int, _ separator: String = ",", _ item: (inout Self) -> String)
        -> String
    {
        var items: [String] = []
        for _ in 0..<count { items.append(item(&self)) }
        return items.joined(separator: separator)
    }

    private mutating func name() -> String { random.pick(Self.names) }

    private mutating func block(depth: Int) -> String {
        var statements: [String] = []
        for _ in 0..<random.below(depth > 3 ? 2 : 4) { statements.append(statement(depth: depth + 1)) }
        if random.chance(15) {
            statements.append(random.chance(50) ? "return" : join(["return", expressions(depth)]))
            if random.chance(30) { statements.append(";") }
        }
        return join(statements)
    }

    private mutating func loop(depth: Int) -> String {
        let outer = inLoop
        inLoop = true
        defer { inLoop = outer }
        let body = block(depth: depth)
        guard random.chance(20), !body.contains("return") else { return body }
        labels += 1
        return join(["if", expression(depth + 2), "then goto l\(labels) end", body, "::l\(labels)::"])
    }

    private mutating func function(depth: Int) -> String {
        let outer = (inLoop, isVariadic)
        inLoop = false
        isVariadic = random.chance(30)
        defer { (inLoop, isVariadic) = outer }
        var parameters = list(random.below(3)) { $0.name() }
        if isVariadic { parameters += parameters.isEmpty ? "..." : ", ..." }
        return join(["(" + parameters + ")", block(depth: depth + 1), "end"])
    }

    private mutating func statement(depth: Int) -> String {
        budget -= 1
        guard budget > 0, depth < 7 else { return join([name(), "=", expression(depth)]) }
        switch random.below(17) {
        case 0: return join(["do", block(depth: depth), "end"])
        case 1: return join(["while", expression(depth), "do", loop(depth: depth), "end"])
        case 2: return join(["repeat", loop(depth: depth), "until", expression(depth)])
        case 3:
            var parts = ["if", expression(depth), "then", block(depth: depth)]
            while random.chance(30) { parts += ["elseif", expression(depth), "then", block(depth: depth)] }
            if random.chance(40) { parts += ["else", block(depth: depth)] }
            return join(parts + ["end"])
        case 4:
            let values = list(2 + random.below(2)) { $0.expression(depth) }
            return join(["for", name(), "=", values, "do", loop(depth: depth), "end"])
        case 5:
            let names = list(1 + random.below(3)) { $0.name() }
            return join(["for", names, "in", expressions(depth), "do", loop(depth: depth), "end"])
        case 6:
            let path =
                name() + list(random.below(3), "") { "." + $0.name() } + (random.chance(30) ? ":m" : "")
            return join(["function", path, function(depth: depth)])
        case 7: return join(["local function", name(), function(depth: depth)])
        case 8, 9, 10:
            let names = list(1 + random.below(2)) {
                $0.name() + $0.random.pick(["", "", "", "", " <const>", "<close>"])
            }
            return join(["local", names] + (random.chance(80) ? ["=", expressions(depth)] : []))
        case 11: return inLoop ? "break" : ";"
        case 12:
            labels += 1
            return join(["goto", "l\(labels)", "do", block(depth: depth), "end", "::l\(labels)::"])
        case 13:
            labels += 1
            return join([
                "::l\(labels)::", block(depth: depth + 2), "if", expression(depth),
                "then goto l\(labels) end",
            ])
        case 14: return call(depth)
        default:
            let targets = list(1 + random.below(2)) { $0.variable(depth) }
            return join([targets, "=", expressions(depth)])
        }
    }

    private mutating func expressions(_ depth: Int) -> String {
        list(1 + random.below(2)) { $0.expression(depth) }
    }

    private mutating func variable(_ depth: Int) -> String {
        switch random.below(4) {
        case 0: object(depth) + "." + name()
        case 1: object(depth) + "[ " + expression(depth + 1) + " ]"
        default: name()
        }
    }

    /// What can be called and indexed.
    private mutating func object(_ depth: Int) -> String {
        guard depth < 8 else { return name() }
        switch random.below(6) {
        case 0: return "(" + expression(depth + 1) + ")"
        case 1: return call(depth + 1)
        case 2: return variable(depth + 1)
        default: return name()
        }
    }

    private mutating func call(_ depth: Int) -> String {
        var parts = [object(depth)]
        if random.chance(30) { parts.append(":" + name()) }
        switch random.below(5) {
        case 0: parts.append(random.pick(["'s'", "[[s]]", "\"\""]))
        case 1: parts.append(table(depth + 1))
        default: parts.append("(" + (random.chance(30) ? "" : expressions(depth + 1)) + ")")
        }
        return join(parts)
    }

    private mutating func table(_ depth: Int) -> String {
        let items = list(random.below(4), random.pick([",", ";"])) { generator in
            switch generator.random.below(3) {
            case 0: generator.join([generator.name(), "=", generator.expression(depth + 1)])
            case 1:
                generator.join([
                    "[ ", generator.expression(depth + 1), "]", "=", generator.expression(depth + 1),
                ])
            default: generator.expression(depth + 1)
            }
        }
        return "{" + items + (items.isEmpty || random.chance(70) ? "}" : ",}")
    }

    private mutating func expression(_ depth: Int) -> String {
        guard depth < 8 else { return random.pick(Self.literals) }
        switch random.below(14) {
        case 0: return isVariadic || random.chance(3) ? "..." : "nil"
        case 1: return join(["function", function(depth: depth)])
        case 2: return table(depth)
        case 3, 4, 5:
            let sign = random.pick(
                "or and < > <= >= ~= == | ~ & << >> .. + - * / // % ^".split(separator: " ").map(String.init))
            return join([expression(depth + 1), sign, expression(depth + 1)])
        case 6: return random.pick(["- ", "not ", "#", "~"]) + expression(depth + 1)
        case 7: return call(depth)
        case 8, 9: return variable(depth)
        case 10: return "(" + expression(depth + 1) + ")"
        default: return random.pick(Self.literals)
        }
    }
}
