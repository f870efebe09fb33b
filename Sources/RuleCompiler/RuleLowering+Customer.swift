internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    /// `object[key]` and `object.key`.
    func lowerIndex(
        _ range: SourceRange, _ object: LuaExpression, _ key: LuaExpression, _ bindings: Bindings
    ) -> Lowered {
        if let word = word(LuaExpression(.index(object, key: key), range), bindings) {
            guard Self.knownFunctions.contains(word) else { return unknown(range, "SQL has no '\(word)'") }
            return captured(.word(word))
        }
        let base = lower(object, bindings)
        return lowerIndex(range, base, key, bindings).raising(where: base.raises)
    }

    private func lowerIndex(
        _ range: SourceRange, _ base: Lowered, _ key: LuaExpression, _ bindings: Bindings
    ) -> Lowered {
        // Lua 5.4 before 5.4.7 looks up the wrong value there, where the table stands outside of the function.
        guard !key.isComparison else { return unknown(range, "what it looks up is a comparison") }
        switch base.object {
        case .customer:
            guard case .text(let bytes)? = plain(lower(key, bindings)) else {
                return unknown(range, "the field's name is not written out")
            }
            return field(range, String(decoding: bytes, as: UTF8.self), base)
        case .record(let question, let limit):
            guard case .text(let bytes)? = plain(lower(key, bindings)) else {
                return unknown(range, "the field's name is not written out")
            }
            return recordField(range, question, limit, String(decoding: bytes, as: UTF8.self), base)
        case .captured(.table(let entries)): return membership(range, entries, lower(key, bindings))
        case .captured(.word("segment")):
            guard case .text(let bytes)? = plain(lower(key, bindings)) else {
                return unknown(range, "the segment's name is not written out")
            }
            return captured(.segment(.named(String(decoding: bytes, as: UTF8.self))))
        case .captured(.word("model")):
            guard case .text(let bytes)? = plain(lower(key, bindings)) else {
                return unknown(range, "the model's name is not written out")
            }
            let name = String(decoding: bytes, as: UTF8.self)
            guard function?.scope?.readsModel(name) ?? true, let numbers = environment.model(name) else {
                return unknown(range, "the model has no numbers")
            }
            let entries = numbers.map { (LuaConstant.text(Array($0.key.utf8)), LuaConstant($0.value)) }
            return captured(.table(Dictionary(uniqueKeysWithValues: entries)))
        case .interests:
            guard case .integer(let place)? = plain(lower(key, bindings)), (1...1000).contains(place) else {
                return unknown(range, "the place in the list is not written out")
            }
            return .value(
                "(\(interest(at: place, customer: "c.id")))", [.text, .missing], raises: base.raises)
        case .relation, .records: return unknown(range, "SQL does not look into lists of rows")
        case .captured, .closure: return unknown(range, "it looks into a table or a function")
        case .money, .none:
            guard base.isWhole, base.kinds == .missing else {
                return base.kinds == .any
                    ? .unknown() : unknown(range, "it looks into \(base.kinds.described)")
            }
            // Indexing a missing value is missing.
            return constant(.literal(.missing)).raising(where: lower(key, bindings).raises)
        }
    }

    /// A constant that is always the same.
    func plain(_ value: Lowered) -> LuaConstant? {
        value.constant?.source == nil ? value.constant?.value : nil
    }

    /// The functions of Lua's libraries that are known to be there, and to be functions.
    private static let knownFunctions = pureFunctions.union(["string.find", "string.match"])

    /// Counts and times of the store: whole numbers that no date or table reaches with more binary digits.
    private static let bitsByField: [String: Int] = Dictionary(
        (customerColumns + factFields).compactMap { field in
            switch field.type {
            case .instant: (field.name, 40)
            case .integer where field.name.hasSuffix("_count"): (field.name, 47)
            default: nil
            }
        }, uniquingKeysWith: { first, _ in first })
    /// Fields that every customer has.
    private static let certainFields: Set<String> = Set(
        factGroups.flatMap(\.facts).filter(\.isZeroWithoutRows).map(\.name) + ["id"])

    private func field(_ range: SourceRange, _ name: String, _ base: Lowered) -> Lowered {
        guard function?.scope?.reads(name) ?? true else { return unknown(range, "'\(name)' was not allowed") }
        if let trait = environment.trait(name) {
            guard case .function(let function, let declared) = trait else {
                return unknown(range, "the text of the trait '\(name)' was not found")
            }
            let value = inlined("the trait '\(name)'", function, [base], bindings: [:], at: range)
            // A table or the like is an error there.
            if value.kinds.contains(.other) { return .unknown() }
            return declared.map { checked(value, $0, range) } ?? value
        }
        if let relation = relations.first(where: { $0.name == name }) {
            return object(.relation(RelationQuestion(relation)))
        }
        guard let field = environment.field(name) else {
            return unknown(range, "\(RuleReason.noField) '\(name)'")
        }
        let isCertain = Self.certainFields.contains(name)
        return stored(
            SQLFragment(field.sql), field.type, isCertain: isCertain, bits: Self.bitsByField[name] ?? 64)
    }

    /// What rules see of a value of the store.
    private func stored(
        _ sql: SQLFragment, _ type: ValueType, isCertain: Bool, bits: Int = 64
    ) -> Lowered {
        let kinds = isCertain ? type.kinds : type.kinds.union(.missing)
        switch type {
        case .money:
            let divisor = environment.minorUnits
            var result = Lowered.value("(\(sql) / \(argument: .value(.number(divisor))))", kinds)
            result.object = .money(sql, divisor: divisor)
            return result
        case .boolean:
            return .value("(\(sql) <> 0)", kinds)
        default:
            var result = Lowered.value(sql, kinds)
            result.bits = bits
            return result
        }
    }

    /// A value that raises where it is none of the field that it is declared to be.
    private func checked(_ value: Lowered, _ field: Field, _ range: SourceRange) -> Lowered {
        let kinds = field.type == .money ? .numeric : field.type.kinds
        guard value.kinds.present.isSubset(of: kinds) else {
            return unknown(
                range,
                "'\(field.name)' may be \(value.kinds.described), and it is of type \(field.type.rawValue)")
        }
        var raises = Condition.never
        if field.type == .date {
            guard let scalar = value.scalar else { return .unknown(kinds: value.kinds) }
            raises = .sql("\(scalar) IS NOT date(\(scalar))")
        } else if !field.values.isEmpty {
            let known = Set(field.values.map { Array($0.utf8) })
            if value.texts.map({ !$0.isSubset(of: known) }) ?? value.kinds.contains(.text) {
                guard let scalar = value.scalar else { return .unknown(kinds: value.kinds) }
                let values = field.values.map { SQLFragment(.value(.text($0))) }
                raises = .sql("\(scalar) NOT IN (\(values.joined(separator: ", ")))")
            }
        }
        return value.raising(where: raises)
    }

    /// What a function gives where SQL alone gives it, and all of its values are of one type.
    func value(
        of function: RuleFunction, named name: String, _ declared: Field?
    ) -> (value: SQLFragment, type: ValueType)? {
        let range = function.body.range
        var value = inlined(name, function, [object(.customer)], bindings: [:], at: range)
        if let declared { value = checked(value, declared, range) }
        guard value.isWhole, !value.mayBeNaN, let scalar = value.scalar, scalar.length <= Self.lengthLimit
        else { return nil }
        if let declared {
            guard declared.type == .money else { return (scalar, declared.type) }
            // Minor units, as the store has amounts.
            if case .money(let minor, _) = value.object { return (minor, .money) }
            return ("round((\(scalar)) * \(argument: .value(.number(environment.minorUnits))))", .money)
        }
        switch value.kinds.present {
        case .text: return (scalar, .text)
        case .integer: return (scalar, .integer)
        case .float: return (scalar, .number)
        case .boolean: return (scalar, .boolean)
        default: return nil
        }
    }

    func object(_ object: LoweredObject) -> Lowered {
        var result = Lowered.unknown(raises: .never, kinds: .other)
        (result.truthy, result.falsy, result.isExact) = (.always, .never, true)
        (result.wanted, result.unwanted) = (.always, .never)
        result.object = object
        return result
    }

    private func recordField(
        _ range: SourceRange, _ question: RelationQuestion, _ limit: RelationQuestion.Limit, _ name: String,
        _ base: Lowered
    ) -> Lowered {
        guard let field = question.relation.fields.first(where: { $0.name == name }) else {
            return unknown(range, "SQL finds no '\(name)' in a row of c.\(question.relation.name)")
        }
        let sql: SQLFragment = "(\(question.rows([field], limit, customer: "c.id")))"
        return stored(sql, field.type, isCertain: false, bits: field.type == .instant ? 40 : 64)
            .raising(where: base.raises)
    }

    /// `table[key]` of a table that does not change.
    private func membership(_ range: SourceRange, _ entries: [LuaConstant: LuaConstant], _ key: Lowered)
        -> Lowered
    {
        if let known = plain(key) {
            return constant(.literal(entries[known.normalizedKey] ?? .missing)).raising(where: key.raises)
        }
        guard let scalar = key.scalar, key.kinds.isText || key.kinds.isNumeric else {
            return key.kinds == .any
                ? .unknown() : unknown(range, "it looks for \(key.kinds.described) in a table")
        }
        let fitting = entries.filter { entry in
            switch entry.key {
            case .text: key.kinds.isText
            case .integer, .number: key.kinds.isNumeric
            default: false
            }
        }
        guard fitting.count <= 500 else { return unknown(range, "the table has more than 500 entries") }
        var byValue: [LuaConstant: [SQLFragment]] = [:]
        for (key, value) in fitting.sorted(by: { $0.key.precedes($1.key) }) {
            guard let stored = key.stored else { return unknown(range, "SQL cannot hold a key of the table") }
            byValue[value, default: []].append(SQLFragment(.value(stored)))
        }
        let groups = byValue.sorted { $0.key.precedes($1.key) }
        var kinds: Kinds = .missing
        var cases: SQLFragment = "CASE"
        var truthy: [Condition] = []
        for (value, keys) in groups {
            let isIn: SQLFragment = "\(scalar) IN (\(keys.joined(separator: ", ")))"
            guard let stored = value.stored else {
                return unknown(range, "SQL cannot hold a value of the table")
            }
            kinds.formUnion(value.kinds)
            cases = "\(cases) WHEN \(isIn) THEN \(argument: .value(stored))"
            if value != .boolean(false) { truthy.append(.sql(isIn)) }
        }
        let texts = Set(byValue.keys.compactMap { if case .text(let bytes) = $0 { bytes } else { nil } })
        let any = truthy.dropFirst().reduce(truthy.first ?? .never) { .or($0, $1) }
        guard any != .never else {
            return groups.isEmpty
                ? constant(.literal(.missing)).raising(where: key.raises)
                : .value("\(cases) END", kinds, raises: key.raises)
        }
        let falsy: Condition = .sql("(\(any.fragment)) IS NOT TRUE")
        return Lowered(
            kinds: kinds, scalar: kinds.isAmbiguous ? nil : "\(cases) END", truthy: any, falsy: falsy,
            raises: key.raises, wanted: .or(any, key.raises), unwanted: .or(falsy, key.raises), isExact: true,
            texts: texts)
    }
}

extension LuaConstant {
    /// As Lua's tables know a key: a float without a fraction is a whole number.
    public var normalizedKey: LuaConstant {
        if case .number(let value) = self, let whole = Int64(exactly: value) { return .integer(whole) }
        return self
    }

    /// For an order that is the same each time.
    func precedes(_ other: LuaConstant) -> Bool {
        order.lexicographicallyPrecedes(other.order)
    }

    /// A number of the store.
    init(_ value: Value) {
        switch value {
        case .null: self = .missing
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(Array(text.utf8))
        }
    }

    private var order: [UInt8] {
        switch self {
        case .missing: [0]
        case .boolean(let flag): [1, flag ? 1 : 0]
        case .integer(let value): [2] + Array("\(value)".utf8)
        case .number(let value): [3] + Array("\(value)".utf8)
        case .text(let bytes): [4] + bytes
        }
    }
}

extension LuaExpression {
    /// Whether a comparison may be the last thing that it does.
    fileprivate var isComparison: Bool {
        switch kind {
        case .parenthesized(let inner), .unary(.not, let inner): inner.isComparison
        case .binary(.and, _, let right, _), .binary(.or, _, let right, _): right.isComparison
        case .binary(let symbol, _, _, _):
            [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(symbol)
        default: false
        }
    }
}
