internal import Basics
internal import Catalog
internal import LuaRuntime
package import RuleCompiler
internal import ScriptSyntax

extension RuleHost {
    /// An audience taken apart, and its predicates by their numbers.
    func compile(_ expression: SegmentExpression) -> (audience: CompiledAudience, predicates: [RulePredicate])
    {
        let reader = RuleReader(self)
        let tree = reader.tree(expression)
        let audience = RuleCompiler(reader, computed).compile(tree)
        return (audience, reader.predicates)
    }

    /// An audience taken apart, such as `segment.buyers`; the texts of its scripts are read once for each
    /// host.
    package func compiled(_ audience: String) throws -> CompiledAudience {
        compile(try expression(audience)).audience
    }

    /// The values of the arguments that depend on the time, for this host's time.
    func computedValues() throws -> [Value] {
        let reader = RuleReader(self)
        let values = computed.values(today: clock.today) { constant in
            constant.source.flatMap {
                reader.evaluate($0, names: constant.names, values: constant.values)
            }
        }
        guard let values else {
            throw LuaError("an expression of time gave another kind of value than before")
        }
        return values
    }

    /// The text of the expression that an argument is computed from: `days_ago(90)`; nil for today's date.
    public func source(ofComputed place: Int) -> String? { computed.source(of: place) }

    /// The function of a predicate without what SQL has decided already; the function itself where nothing
    /// was.
    func residual(of predicate: RulePredicate, _ masks: [RuleMask]) -> LuaFunction {
        guard !masks.isEmpty, let text = RuleReader(self).function(of: predicate)?.text(masks) else {
            return predicate.function
        }
        // What does not compile alone is asked whole, which only costs time.
        return (try? remade(predicate.function, as: text)) ?? predicate.function
    }
}

/// Reads the rules of a host for the compiler: their texts, and what their variables hold.
final class RuleReader: RuleEnvironment {
    private let host: RuleHost
    /// The predicates in the order of their numbers.
    private(set) var predicates: [RulePredicate] = []
    private let fields: [String: Field]

    init(_ host: RuleHost) {
        self.host = host
        // A method is found before an attribute that had its name already.
        let methods = Set(host.methodsOfCustomers.map(\.name))
        let fields = (host.data?.fields ?? []).filter { !methods.contains($0.name) }
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    // MARK: What rules can reach

    func field(_ name: String) -> Field? {
        if host.traits[name]?.rule != nil {
            if fields[name] == nil { host.missingPopulation = name }
            host.usedPopulations.insert(name)
        }
        return fields[name]
    }

    func trait(_ name: String) -> TraitSource? {
        guard let trait = host.traits[name], trait.rule == nil else { return nil }
        return function(of: trait).map { .function($0, trait.declared) } ?? .unknown
    }

    /// The text of a trait's function.
    func function(of trait: Trait) -> RuleFunction? { function(trait.function) }

    func model(_ name: String) -> [String: Value]? {
        guard host.models[name] != nil else { return nil }
        return (try? host.modelNumbers(name)).flatMap { $0 }
    }

    func isWord(_ name: String) -> Bool { host.words.contains(name) }

    var minorUnits: Double { host.minorUnits }

    var today: CivilDate { host.clock.today }

    func segment(_ name: String) -> AudienceTree? {
        host.segments[name].map { tree($0.members) }
    }

    func variable(_ name: String, in script: ScriptAnalysis) -> CapturedValue? {
        guard let prompt = host.prompt, prompt.inputs[script.chunk.path] != nil else { return nil }
        let value = host.state.inspect(name, of: prompt.variables)
        if case .missing = value { return nil }
        // A function that runs while customers are asked could change it between two of them.
        if prompt.mayChange(name) { return .opaque("'\(name)' may be changed by a function") }
        return captured(value)
    }

    func evaluate(_ source: String, names: [String], values: [LuaConstant]) -> LuaConstant? {
        let raised = host.raised
        defer { host.raised = raised }
        let value = try? host.state.evaluate(source, names: names, values: values.map(\.inspected))
        return value.flatMap(LuaConstant.init)
    }

    // MARK: Texts

    /// The audience with the texts of its predicates.
    func tree(_ expression: SegmentExpression) -> AudienceTree {
        switch expression {
        case .predicate(let predicate):
            predicates.append(predicate)
            return .predicate(
                predicates.count - 1, function(of: predicate),
                reason: "its text was not found; a function on lines of its own is")
        case .named(let name, _): return .named(name)
        case .both(let a, let b): return .both(tree(a), tree(b))
        case .either(let a, let b): return .either(tree(a), tree(b))
        case .without(let a, let b): return .without(tree(a), tree(b))
        case .not(let a): return .not(tree(a))
        }
    }

    /// The text of a predicate.
    func function(of predicate: RulePredicate) -> RuleFunction? {
        let typed = predicate.typedText.map {
            ScriptAnalysis(LuaChunk(parsing: $0, path: RuleHost.commandLine))
        }
        return function(predicate.function, in: typed)
    }

    /// The text of a function; nil where it has none, or shares its lines with another.
    private func function(_ function: LuaFunction, in typed: ScriptAnalysis? = nil) -> RuleFunction? {
        if let behind = host.guestFunction(function) { return self.function(behind) }
        let info = host.state.info(of: function)
        // A line that is typed has the name of those before it, so that only what stands in it itself is
        // known.
        guard let file = info.file, let script = typed ?? host.analysis(of: file),
            script.chunk.path == file,
            let body = script.function(
                line: info.line, lastLine: info.lastLine, parameters: info.parameters)
        else { return nil }
        return RuleFunction(script: script, body: body, scope: host.guest?.scope) { [self] name in
            captured(host.state.variable(name, around: function))
        }
    }

    /// The text of a plugin's function, which may reach what the plugin may.
    private func function(_ behind: GuestFunction) -> RuleFunction? {
        (try? behind.guest.function(behind.number)).flatMap { RuleReader(behind.guest.host).function($0) }
    }

    private func captured(_ value: LuaInspected?) -> CapturedValue {
        switch value {
        case nil: return .unknown
        case .function(let function):
            if let read = self.function(function) { return .function(read) }
            if let word = host.word(function) { return .word(word) }
            return .opaque("the text of the function was not found")
        case .object(let object as SegmentObject):
            // Its predicates would count among those of another host.
            if host.guest != nil { return .opaque("it is a segment of a plugin") }
            return .segment(tree(object.expression))
        case .object(is SegmentWord): return .word("segment")
        case .object(is ModelWord): return .word("model")
        case .table(let entries):
            var table: [LuaConstant: LuaConstant] = [:]
            for (key, value) in entries {
                guard let key = LuaConstant(key), let value = LuaConstant(value) else {
                    return .opaque("the table holds more than plain values")
                }
                table[key] = value
            }
            return .table(table)
        case .object, .other: return .opaque("it holds a table of tables, or something of the host")
        case let value?: return LuaConstant(value).map(CapturedValue.constant) ?? .opaque("it is not known")
        }
    }
}

extension LuaConstant {
    /// A plain value; nil for any other.
    init?(_ value: LuaInspected) {
        switch value {
        case .missing: self = .missing
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let bytes): self = .text(bytes)
        case .function, .object, .table, .other: return nil
        }
    }

    /// A plain value; nil for any other.
    init?(_ value: LuaValue) {
        switch value {
        case .missing: self = .missing
        case .boolean(let flag): self = .boolean(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(Array(text.utf8))
        case .table, .function, .object, .other: return nil
        }
    }

    var inspected: LuaInspected {
        switch self {
        case .missing: .missing
        case .boolean(let flag): .boolean(flag)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .text(let bytes): .text(bytes)
        }
    }
}

extension RuleFunction {
    /// The function as Lua that returns it, on its own lines, with texts in place of what they mask; nil
    /// where it cannot stand alone.
    func text(_ masks: [RuleMask]) -> String? {
        let source = script.chunk.source
        // `function name(` becomes `function (`.
        let all = source.bytes[body.range.start..<body.range.end]
        guard let open = all.firstIndex(of: UInt8(ascii: "(")),
            // Else the parenthesis may stand in a comment.
            !all[..<open].contains(UInt8(ascii: "-")),
            // A method has a parameter that does not stand between its parentheses.
            body.parameters.allSatisfy({ script.chunk.variables[$0].name.range.start > open })
        else { return nil }
        var bytes = Array(source.bytes[open..<body.range.end])
        for mask in masks.sorted(by: { $0.range.start > $1.range.start }) {
            let range = (mask.range.start - open)..<(mask.range.end - open)
            guard range.lowerBound > 0, range.upperBound <= bytes.count else { return nil }
            // As many lines stay, so that errors name the right ones. The blank keeps "\r" and "\n" apart.
            let lines = source.line(of: mask.range.end) - source.line(of: mask.range.start)
            let text = " \(String(repeating: "\n", count: lines)) \(mask.text) "
            bytes.replaceSubrange(range, with: text.utf8)
        }
        let names = script.freeVariables(of: body)
        let head =
            String(repeating: "\n", count: max(0, source.line(of: open) - 1))
            + (names.isEmpty ? "" : "local \(names.joined(separator: ", ")) ")
        return "\(head)return function \(String(decoding: bytes, as: UTF8.self))"
    }
}
