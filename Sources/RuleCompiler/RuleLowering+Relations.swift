internal import Catalog
internal import ScriptSyntax

extension RuleLowering {
    // MARK: Methods of customers

    func customerMethod(_ range: SourceRange, _ name: String, _ arguments: [Lowered]) -> Lowered {
        guard function?.scope?.reads(name) ?? true else { return unknown(range, "'\(name)' was not allowed") }
        let raises = arguments.reduce(Condition.never) { .or($0, $1.raises) }
        switch (name, arguments.count) {
        case ("has_tag", 1):
            return listed(range, .tags, arguments[0], raises)
        case ("likes", 1):
            return listed(range, .interests, arguments[0], raises)
        case ("interests", 0): return object(.interests)
        case ("consents_to", 1):
            guard case .text(let bytes)? = plain(arguments[0]),
                let channel = Channel(rawValue: String(decoding: bytes, as: UTF8.self))
            else { return unknown(range, "the channel is not written out, or there is none such") }
            return .boolean(consentCondition(on: channel, customer: "c"))
        case ("birthday_within", 1):
            guard let span = arguments[0].constant, span.value.double != nil,
                let first = computed.argument(span, .birthday(.first), today: environment.today),
                let last = computed.argument(span, .birthday(.last), today: environment.today),
                let next = computed.argument(span, .birthday(.lastOfNextYear), today: environment.today)
            else { return unknown(range, "the span differs from customer to customer") }
            // Of YYYY-MM-DD, as the schema has it; the year 0 and those before it are none in Lua.
            let day: SQLFragment = "substr(c.birthday, 6)"
            return .boolean(
                """
                (\(day) BETWEEN \(argument: first) AND \(argument: last) \
                OR \(argument: next) IS NOT NULL AND \(day) <= \(argument: next)) AND c.birthday >= '0001'
                """)
        default: return unknown(range, "SQL has no 'c:\(name)'")
        }
    }

    /// Whether the customer has an entry in a list such as the tags.
    private func listed(
        _ range: SourceRange, _ list: CustomerList, _ value: Lowered, _ raises: Condition
    ) -> Lowered {
        guard value.kinds == .text, let scalar = value.scalar else {
            return value.kinds == .any || value.kinds.contains(.text)
                ? unknown(range, "what is looked for may be missing, which is an error")
                : unknown(range, "what is looked for is no text")
        }
        return .boolean(hasEntry(in: list, value: scalar, customer: "c.id"), raises: raises)
    }

    // MARK: Relations

    func relationMethod(
        _ range: SourceRange, _ question: RelationQuestion, _ base: Lowered, _ name: String,
        _ arguments: [LuaExpression], _ bindings: Bindings
    ) -> Lowered {
        if name == "where" { return filtered(range, question, base, arguments, bindings) }
        let values = arguments.map { lower($0, bindings) }
        let raises = values.reduce(base.raises) { .or($0, $1.raises) }
        func chained(_ change: (inout RelationQuestion) -> Void) -> Lowered {
            var changed = question
            change(&changed)
            guard changed.conditionCount <= 20 else { return unknown(range, "it has very many conditions") }
            return object(.relation(changed)).raising(where: raises)
        }
        switch (name, values.count) {
        case ("since", 1), ("before", 1):
            guard let time = instant(values[0]) else {
                return values[0].kinds == .any ? .unknown() : unknown(range, "its time may have a fraction")
            }
            return chained { name == "since" ? $0.keep(since: time) : $0.keep(before: time) }
        case ("count", 0):
            var result = Lowered.value("(\(question.count(customer: "c.id")))", .integer, raises: raises)
            result.bits = 47
            return result
        case ("any", 0): return .boolean(question.any(customer: "c.id"), raises: raises)
        case ("sum", 1): return sum(range, question, values[0], raises)
        case ("first", 0), ("last", 0):
            let exists = question.any(customer: "c.id")
            var result = Lowered.unknown(raises: raises, kinds: [.other, .missing])
            (result.truthy, result.falsy) = (.sql(exists), .sql("NOT \(exists)"))
            (result.wanted, result.unwanted) = (.or(result.truthy, raises), .or(result.falsy, raises))
            result.isExact = true
            result.object = .record(question, name == "first" ? .first : .last)
            return result
        case ("list", 0): return object(.records(question)).raising(where: raises)
        default:
            if let state = question.relation.states.first(where: { $0.name == name }), values.isEmpty {
                return chained { $0.keep(state) }
            }
            return unknown(range, "SQL has no 'c.\(question.relation.name):\(name)'")
        }
    }

    /// A time to compare with; a missing one is later, and earlier, than every row.
    private func instant(_ value: Lowered) -> SQLFragment? {
        if let constant = value.constant {
            if constant.value == .missing { return "NULL" }
            return computed.argument(constant, .instant, today: environment.today).map { SQLFragment($0) }
        }
        guard value.kinds.isSubset(of: [.integer, .missing]), let scalar = value.scalar else { return nil }
        return scalar
    }

    private func sum(
        _ range: SourceRange, _ question: RelationQuestion, _ name: Lowered, _ raises: Condition
    ) -> Lowered {
        guard case .text(let bytes)? = plain(name),
            let field = question.relation.fields.first(where: { $0.name.utf8.elementsEqual(bytes) }),
            [.integer, .number, .money].contains(field.type)
        else { return unknown(range, "there is no such field to sum") }
        let sql: SQLFragment = "(\(question.sum(field, customer: "c.id")))"
        switch field.type {
        case .money:
            let divisor = environment.minorUnits
            var result = Lowered.value(
                "(\(sql) / \(argument: .value(.number(divisor))))", .float, raises: raises)
            result.object = .money(sql, divisor: divisor)
            return result
        // The sum of no rows is the whole number 0, and one that no integer holds is a float.
        case .integer: return .value(sql, .numeric, raises: raises)
        default: return .value(sql, .numeric, raises: raises, mayBeNaN: true)
        }
    }

    /// `:where { field = value }`
    private func filtered(
        _ range: SourceRange, _ question: RelationQuestion, _ base: Lowered, _ arguments: [LuaExpression],
        _ bindings: Bindings
    ) -> Lowered {
        guard arguments.count == 1, case .table(let items) = arguments[0].kind else {
            return unknown(range, "its conditions are not written out")
        }
        var question = question
        var raises = base.raises
        var seen: [Field] = []
        for item in items {
            guard case .field(let key, let expression) = item,
                case .text(let bytes)? = plain(lower(key, bindings)),
                let field = (question.relation.fields + question.relation.matches)
                    .first(where: { $0.name.utf8.elementsEqual(bytes) })
            else { return unknown(range, "it asks for what the rows do not have") }
            guard !seen.contains(field) else { return unknown(range, "it names '\(field.name)' twice") }
            seen.append(field)
            let value = lower(expression, bindings)
            raises = .or(raises, value.raises)
            if let constant = plain(value) {
                // A key without a value is not in the table.
                if constant == .missing { continue }
                if case .text(let bytes) = constant, bytes.count > 1000 {
                    return unknown(range, "a very long text")
                }
                guard let stored = field.type.stored(constant, minorUnits: environment.minorUnits) else {
                    return unknown(range, "'\(field.name)' cannot have that value")
                }
                question.equal.append((field, SQLFragment(.value(stored))))
            } else {
                return value.kinds == .any
                    ? .unknown() : unknown(expression.range, "its value is not written out")
            }
        }
        guard question.conditionCount <= 20 else { return unknown(range, "it has very many conditions") }
        return object(.relation(question)).raising(where: raises)
    }
}
