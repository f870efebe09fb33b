import Basics
import Catalog
import RuleCompiler
import ScriptSyntax

/// The rules of one script, read from its tree alone: no Lua runs, and no store is asked.
///
/// The script says `segment "x" { where = … }` and `trait "x" { value = … }` as usual; a local at its top is
/// a constant, a table of constants, or a function.
final class FakeRules: RuleEnvironment {
    let chunk: LuaChunk
    let computed = ComputedArguments()
    /// 1 December 2026, nine o'clock in Shanghai.
    var now: Int64 = 1_796_086_800
    var today: CivilDate { CivilDate(daysSinceEpoch: Int((now + 28_800) / 86_400)) }
    let minorUnits: Double
    private let analysis: ScriptAnalysis
    private let attributes = [
        Field("children", .integer, "", sql: "(SELECT v.value FROM attribute_values AS v WHERE …1)"),
        Field("member", .boolean, "", sql: "(SELECT v.value FROM attribute_values AS v WHERE …2)"),
        Field("ratio", .number, "", sql: "(SELECT v.value FROM attribute_values AS v WHERE …3)"),
    ]
    private var segments: [String: AudienceTree] = [:]
    private var traits: [String: RuleFunction] = [:]

    init(_ script: String, minorUnits: Double = 100) {
        self.minorUnits = minorUnits
        chunk = LuaChunk(parsing: script, path: "scripts/x.lua")
        analysis = ScriptAnalysis(chunk)
        for statement in chunk.block.statements {
            guard case .call(let call) = statement.kind, case .call(let word, let table) = call.kind,
                case .call(let definer, let names) = word.kind, case .name(let kind) = definer.kind,
                case .string(let name)? = names.first?.kind, case .table(let items)? = table.first?.kind
            else { continue }
            for case .field(_, let value) in items {
                let name = String(decoding: name, as: UTF8.self)
                if kind.text == "segment" { segments[name] = tree(value) }
                if kind.text == "trait", case .function(let body) = value.kind {
                    traits[name] = function(body)
                }
            }
        }
    }

    /// The predicate of a segment that is but one.
    func predicate(_ name: String) -> RuleFunction? {
        if case .predicate(_, let function, _)? = segments[name] { function } else { nil }
    }

    private func function(_ body: LuaFunctionBody) -> RuleFunction {
        RuleFunction(script: analysis, body: body) { [self] in captured($0) }
    }

    private func tree(_ expression: LuaExpression) -> AudienceTree {
        switch expression.kind {
        case .function(let body): .predicate(0, function(body), reason: "")
        case .index(_, key: let key):
            if case .string(let name) = key.kind {
                .named(String(decoding: name, as: UTF8.self))
            } else {
                .named("")
            }
        case .parenthesized(let inner): tree(inner)
        case .unary(_, let inner): .not(tree(inner))
        case .binary(.bitwiseAnd, let a, let b, _): .both(tree(a), tree(b))
        case .binary(.bitwiseOr, let a, let b, _): .either(tree(a), tree(b))
        case .binary(_, let a, let b, _): .without(tree(a), tree(b))
        default: .predicate(0, nil, reason: "its text was not found")
        }
    }

    // MARK: What rules can reach

    func field(_ name: String) -> Field? {
        (customerColumns + factFields + attributes).first { $0.name == name }
    }

    func trait(_ name: String) -> TraitSource? { traits[name].map { .function($0, nil) } }

    func model(_ name: String) -> [String: Value]? { nil }

    func segment(_ name: String) -> AudienceTree? { segments[name] }

    func isWord(_ name: String) -> Bool {
        [
            "date", "days", "days_ago", "error", "hours", "math", "minutes", "now", "pairs", "pcall",
            "segment",
            "string", "table", "today", "tonumber", "tostring", "type",
        ].contains(name)
    }

    private func captured(_ name: String) -> CapturedValue {
        for statement in chunk.block.statements {
            switch statement.kind {
            case .localFunction(let variable, let body) where chunk.variables[variable].name.text == name:
                return .function(function(body))
            case .local(let variables, let values)
            where chunk.variables[variables[0]].name.text == name
                && chunk.variables[variables[0]].attribute == nil:
                return captured(values[0])
            default: continue
            }
        }
        return .unknown
    }

    private func captured(_ value: LuaExpression) -> CapturedValue {
        switch value.kind {
        case .function(let body): return .function(function(body))
        case .name(let name): return .word(name.text)
        case .index(let object, key: let key):
            guard case .name(let name) = object.kind, case .string(let bytes) = key.kind else { break }
            let key = String(decoding: bytes, as: UTF8.self)
            return name.text == "segment" ? .segment(.named(key)) : .word("\(name.text).\(key)")
        case .table(let items):
            var entries: [LuaConstant: LuaConstant] = [:]
            for (index, item) in items.enumerated() {
                switch item {
                case .position(let value): entries[.integer(Int64(index + 1))] = constant(value, [:])
                case .field(let key, let value):
                    if let key = constant(key, [:]) { entries[key.normalizedKey] = constant(value, [:]) }
                }
            }
            return .table(entries)
        default: if let value = constant(value, [:]) { return .constant(value) }
        }
        return .opaque("it holds a table of tables, or something of the host")
    }

    // MARK: Constants

    func evaluate(_ source: String, names: [String], values: [LuaConstant]) -> LuaConstant? {
        let chunk = LuaChunk(parsing: "return \(source)", path: "constant")
        guard case .return(let results)? = chunk.block.statements.first?.kind, results.count == 1 else {
            return nil
        }
        return constant(results[0], Dictionary(uniqueKeysWithValues: zip(names, values)))
    }

    /// As much of Lua as the cases here need.
    private func constant(_ expression: LuaExpression, _ names: [String: LuaConstant]) -> LuaConstant? {
        switch expression.kind {
        case .nil: return .missing
        case .boolean(let value): return .boolean(value)
        case .integer(let value): return .integer(value)
        case .number(let value): return .number(value)
        case .string(let bytes): return .text(bytes)
        case .parenthesized(let inner): return constant(inner, names)
        case .name(let name): return names[name.text]
        case .index(_, key: let key):
            return key.kind.isText("huge") ? .number(.infinity) : nil
        case .unary(.negate, let operand):
            switch constant(operand, names) {
            case .integer(let value)?: return .integer(0 &- value)
            case .number(let value)?: return .number(-value)
            default: return nil
            }
        case .binary(let symbol, let left, let right, _):
            guard let left = constant(left, names), let right = constant(right, names) else { return nil }
            guard case .integer(let a) = left, case .integer(let b) = right else {
                guard case .number(let a) = left, case .number(let b) = right else { return nil }
                return symbol == .add ? .number(a + b) : nil
            }
            switch symbol {
            case .add: return .integer(a &+ b)
            case .subtract: return .integer(a &- b)
            case .multiply: return .integer(a &* b)
            case .divide: return .number(Double(a) / Double(b))
            default: return nil
            }
        case .call(let callee, let arguments):
            guard case .name(let word) = callee.kind else { return nil }
            let value = arguments.first.flatMap { constant($0, names) }
            return time(word.text, value)
        default: return nil
        }
    }

    private func time(_ word: String, _ argument: LuaConstant?) -> LuaConstant? {
        let midnight = Int64(today.daysSinceEpoch) * 86_400 - 28_800
        switch (word, argument) {
        case ("now", nil): return .integer(now)
        case ("today", nil): return .integer(midnight)
        case ("hours", .integer(let count)?): return .integer(count * 3600)
        case ("days", .integer(let count)?): return .integer(count * 86_400)
        case ("days_ago", .integer(let count)?): return .integer(now - count * 86_400)
        case ("date", .text(let bytes)?):
            return CivilDate(iso: String(decoding: bytes, as: UTF8.self)).map {
                .integer(Int64($0.daysSinceEpoch) * 86_400 - 28_800)
            }
        default: return nil
        }
    }
}

extension LuaExpression.Kind {
    fileprivate func isText(_ text: String) -> Bool {
        if case .string(let bytes) = self { bytes.elementsEqual(text.utf8) } else { false }
    }
}
