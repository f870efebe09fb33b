internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    func lowerLength(_ range: SourceRange, _ operand: Lowered) -> Lowered {
        switch operand.object {
        case .records(let question):
            var result = Lowered.value(
                "(\(question.count(customer: "c.id")))", .integer, raises: operand.raises)
            result.bits = 47
            return result
        case .interests:
            var result = Lowered.value(
                "(\(interestCount(customer: "c.id")))", .integer, raises: operand.raises)
            result.bits = 47
            return result
        default: break
        }
        guard operand.kinds.isText, let scalar = operand.scalar else {
            return operand.isWhole && operand.scalar != nil
                ? unknown(range, "'#' of \(operand.kinds.described)") : .unknown()
        }
        return length(scalar, operand)
    }

    private func length(_ scalar: SQLFragment, _ operand: Lowered) -> Lowered {
        var result = Lowered.value(
            "length(CAST(\(scalar) AS BLOB))", .integer, raises: .or(operand.raises, missing(operand)))
        result.bits = 47
        return result
    }

    /// Where a text is missing.
    private func missing(_ operand: Lowered) -> Condition {
        guard operand.kinds.mayBeMissing, let scalar = operand.scalar else { return .never }
        return .missing(scalar)
    }

    /// A function of Lua's string library on a text, which is its first argument.
    func lowerString(
        _ range: SourceRange, _ name: String, _ subject: Lowered, _ arguments: [Lowered]
    ) -> Lowered {
        guard subject.kinds.isText, let scalar = subject.scalar else {
            return subject.kinds == .any
                ? .unknown() : unknown(range, "'string.\(name)' of \(subject.kinds.described)")
        }
        var raises = Condition.or(subject.raises, missing(subject))
        for argument in arguments { raises = .or(raises, argument.raises) }
        // Without a value SQL's functions give none, but then it raises anyway.
        let constants = arguments.map { $0.constant?.source == nil ? $0.constant?.value : nil }
        switch (name, constants.count) {
        case ("lower", 0): return .value("lower(\(scalar))", .text, raises: raises)
        case ("upper", 0): return .value("upper(\(scalar))", .text, raises: raises)
        case ("len", 0): return length(scalar, subject)
        case ("sub", 1...2):
            if let sql = substring(scalar, constants) { return .value(sql, .text, raises: raises) }
            return unknown(range, "SQL cuts texts only at places that are plain numbers")
        case ("find", 1...3), ("match", 1):
            if let result = search(name, scalar, constants, raises) { return result }
            return unknown(range, "SQL looks only for plain texts, from the first character on")
        default: return unknown(range, "SQL has no 'string.\(name)'")
        }
    }

    /// Bytes from one place to another, of which SQL gives NULL where there are none; nil where a place is no
    /// constant that SQL counts like Lua.
    private func substring(_ scalar: SQLFragment, _ constants: [LuaConstant?]) -> SQLFragment? {
        guard case .integer(let first)?? = constants.first else { return nil }
        var last: Int64 = -1
        if constants.count > 1 {
            guard case .integer(let given)? = constants[1] else { return nil }
            last = given
        }
        guard max(first.magnitude, last.magnitude) < 1 << 30 else { return nil }
        let bytes: SQLFragment = "CAST(\(scalar) AS BLOB)"
        switch (first, last) {
        case (1..., -1), (..<0, -1):
            return "COALESCE(CAST(substr(\(bytes), \(raw: String(first))) AS TEXT), '')"
        case (1..., 0...):
            let count = String(max(0, last - first + 1))
            return "COALESCE(CAST(substr(\(bytes), \(raw: String(first)), \(raw: count)) AS TEXT), '')"
        default: return nil
        }
    }

    /// A search for a text as it stands, with anchors where the pattern has them.
    private func search(
        _ name: String, _ scalar: SQLFragment, _ constants: [LuaConstant?], _ raises: Condition
    ) -> Lowered? {
        guard case .text(var needle)?? = constants.first else { return nil }
        var isPlain = false
        if constants.count > 1 {
            guard case .integer(1)? = constants[1] else { return nil }
            if constants.count > 2 {
                guard case .boolean(let flag)? = constants[2] else { return nil }
                isPlain = flag
            }
        }
        var isAnchoredFirst = false
        var isAnchoredLast = false
        if !isPlain {
            if needle.first == UInt8(ascii: "^") {
                isAnchoredFirst = true
                needle.removeFirst()
            }
            if needle.last == UInt8(ascii: "$"), name == "match" || isAnchoredFirst {
                isAnchoredLast = true
                needle.removeLast()
            }
            guard !needle.contains(where: "^$*+?.([%-)]".utf8.contains) else { return nil }
        }
        guard let text = storedText(needle) else { return nil }
        let argument = SQLFragment(.value(text))
        let bytes: SQLFragment = "CAST(\(scalar) AS BLOB)"
        let sought: SQLFragment = "CAST(\(argument) AS BLOB)"
        let length = needle.count
        var found: SQLFragment
        var place: SQLFragment?
        switch (isAnchoredFirst, isAnchoredLast) {
        case (true, true): found = "\(scalar) = \(argument)"
        case (true, false) where length == 0: found = "1"
        case (true, false): found = "substr(\(bytes), 1, \(raw: String(length))) = \(sought)"
        case (false, true):
            found =
                length == 0 ? "1" : "substr(\(bytes), -\(raw: String(length))) = \(sought)"
            // Fewer bytes than are sought, SQL takes from before the first one.
            if length > 0 { found = "(length(\(bytes)) >= \(raw: String(length)) AND \(found))" }
        case (false, false):
            // Where it stands, Lua counts in bytes. Whether it does is the same for both: a text begins with
            // no byte that stands inside a character.
            found = "instr(\(scalar), \(argument)) > 0"
            place = "NULLIF(instr(\(bytes), \(sought)), 0)"
        }
        var result = Lowered.boolean(found, raises: raises)
        if name == "find" {
            (result.kinds, result.scalar) = ([.integer, .missing], place ?? "CASE WHEN \(found) THEN 1 END")
            result.bits = 47
        } else {
            (result.kinds, result.scalar) = ([.text, .missing], "CASE WHEN \(found) THEN \(argument) END")
        }
        return result
    }
}
