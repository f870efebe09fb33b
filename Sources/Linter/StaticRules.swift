internal import Basics
internal import Catalog
internal import RuleCompiler
internal import ScriptSyntax

/// What the compiler of rules can know of scripts that do not run: values that only a run gives are taken as
/// such, of the kind that they have.
final class StaticRules: RuleEnvironment {
    /// The reason of what no one can say without a run; it is no finding.
    static let unsaid = "it is not known without running the script"

    private let scripts: LintScripts
    private let world: LintWorld

    init(_ scripts: LintScripts, _ world: LintWorld) {
        self.scripts = scripts
        self.world = world
    }

    /// A function of a script.
    func function(_ body: LuaFunctionBody, in script: LintScript) -> RuleFunction {
        RuleFunction(script: script.analysis, body: body) { [self] name in
            captured(name, around: body, in: script)
        }
    }

    func field(_ name: String) -> Field? { world.field(name)?.field }

    func trait(_ name: String) -> TraitSource? {
        guard let (definition, script) = scripts.all("trait", name).first else {
            // A plugin's, which nobody reads here.
            return world.traits[name] == nil ? nil : .unknown
        }
        guard !["rank", "quantiles", "share", "count"].contains(where: { definition[$0] != nil }),
            let value = definition["of"], let body = script.meanings.function(value)
        else { return .unknown }
        return .function(function(body, in: script), nil)
    }

    func model(_ name: String) -> [String: Value]? { nil }

    func isWord(_ name: String) -> Bool {
        world.words.contains { $0.name == name } || world.libraries.contains(name)
    }

    var minorUnits: Double { 100 }

    var today: CivilDate { CivilDate(daysSinceEpoch: 0) }

    func segment(_ name: String) -> AudienceTree? {
        guard let (definition, script) = scripts.all("segment", name).first,
            let members = definition["where"], let body = script.meanings.function(members)
        else { return .predicate(0, nil, reason: Self.unsaid) }
        return .predicate(0, function(body, in: script), reason: "")
    }

    func evaluate(_ source: String, names: [String], values: [LuaConstant]) -> LuaConstant? {
        // Who nests so much gets no answer, rather than one for each level of it.
        guard source.utf8.count < 1000 else { return nil }
        let locals = zip(names, values).map { "local \($0) = \($1.literal)\n" }.joined()
        let chunk = LuaChunk(parsing: "\(locals)return \(source)", path: "")
        guard chunk.errors.isEmpty, case .return(let results)? = chunk.block.statements.last?.kind,
            results.count == 1
        else { return nil }
        return LintScript(chunk, SyntaxIndex(chunk), [], world).constant(results[0])
    }

    private func captured(_ name: String, around body: LuaFunctionBody, in script: LintScript)
        -> CapturedValue
    {
        guard let variable = script.analysis.freeVariable(name, of: body) else { return .opaque(Self.unsaid) }
        if let inner = script.analysis.function(named: variable) {
            return .function(function(inner, in: script))
        }
        guard let value = script.analysis.initializer(of: variable) else { return .opaque(Self.unsaid) }
        switch value.kind {
        case .function(let inner): return .function(function(inner, in: script))
        case .table(let items): return table(items)
        default: return value.constant.map(CapturedValue.constant) ?? .opaque(Self.unsaid)
        }
    }

    private func table(_ items: [LuaTableItem]) -> CapturedValue {
        var entries: [LuaConstant: LuaConstant] = [:]
        var count: Int64 = 0
        for item in items {
            switch item {
            case .position(let value):
                count += 1
                guard let value = value.constant else { return .opaque(Self.unsaid) }
                entries[.integer(count)] = value
            case .field(let key, let value):
                guard let key = key.constant, let value = value.constant else { return .opaque(Self.unsaid) }
                entries[key] = value
            }
        }
        return .table(entries)
    }
}

extension LintScript {
    /// The value of an expression in which no customer occurs, or one of the kind that it has; nil where even
    /// that shows only in a run. The time of the run is 0.
    fileprivate func constant(_ expression: LuaExpression) -> LuaConstant? {
        let type = meanings.of(expression).type
        switch fixedValue(expression) {
        case .missing: return .missing
        case .boolean(let flag): return .boolean(flag)
        case .text(let text): return .text(Array(text.utf8))
        case .number(let number, _): return constant(number)
        case nil: break
        }
        switch type {
        case .text, .date: return .text(Array("x".utf8))
        case .boolean: return .boolean(true)
        case .integer, .instant: return .integer(1)
        case .number, .money: return constant(1)
        case nil: return nil
        }
    }

    /// Whole numbers of whole numbers stay whole, unless they are divided.
    private func constant(_ number: Double) -> LuaConstant {
        let hasFloats = index.expressions.contains { expression in
            switch expression.kind {
            case .number, .binary(.divide, _, _, _), .binary(.power, _, _, _): true
            default: false
            }
        }
        return hasFloats
            ? .number(number) : Int64(exactly: number).map(LuaConstant.integer) ?? .number(number)
    }
}

extension LuaConstant {
    /// As it stands in a script.
    fileprivate var literal: String {
        switch self {
        case .missing: "nil"
        case .boolean(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number): number.isFinite ? "\(number)" : number < 0 ? "-1e999" : "1e999"
        case .text(let bytes): "\"\(bytes.map { "\\\($0)" }.joined())\""
        }
    }
}

extension LuaExpression {
    /// The value of a literal.
    fileprivate var constant: LuaConstant? {
        switch kind {
        case .nil: .missing
        case .boolean(let flag): .boolean(flag)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .string(let bytes): .text(bytes)
        case .parenthesized(let inner): inner.constant
        default: nil
        }
    }
}
