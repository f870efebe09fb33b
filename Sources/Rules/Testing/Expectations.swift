internal import Basics
internal import Diagnostics
internal import LuaRuntime

/// What tests say of a value behind a point: `expect(c.order_count).is(3)`.
public let expectationMethods: [HostWord] = [
    HostWord(
        expectation: "is", .any("value"),
        doc: "The value is this one: the same as with ==, and of tables, that they hold the same.",
        example: "expect(story:sent \"win-back\").is(true)"
    ) { _, given, value in
        guard !given.isSame else { return }
        throw Unmet("expected \(shown(value)), got \(shown(given.value))", differences(given.value, value))
    },
    HostWord(
        expectation: "is_not", .any("value"), doc: "The value is another one.",
        example: "expect(c.city).is_not(\"Cork\")"
    ) { _, given, value in
        if given.isSame { throw Unmet("expected something else than \(shown(value))") }
    },
    HostWord(
        expectation: "is_missing", doc: "There is no value.",
        example: "expect(story:reason \"win-back\").is_missing()"
    ) { _, given in
        if case .missing = given.value { return }
        throw Unmet("expected nothing, got \(shown(given.value))")
    },
    HostWord(
        expectation: "near", .number("number"), .number("tolerance"),
        doc: "The value is a number that differs by no more than the tolerance.",
        example: "expect(c.total_spent / c.order_count).near(33.3, 0.1)"
    ) { _, given, number, tolerance in
        guard let value = given.number, abs(value - number) <= tolerance else {
            throw Unmet(
                "expected \(shown(.number(number))) within \(shown(.number(tolerance))), got \(shown(given.value))"
            )
        }
    },
    HostWord(
        expectation: "above", .number("number"), doc: "The value is a number that is greater.",
        example: "expect(#story:tasks()).above(0)"
    ) { _, given, number in
        guard let value = given.number, value > number else {
            throw Unmet("expected more than \(shown(.number(number))), got \(shown(given.value))")
        }
    },
    HostWord(
        expectation: "below", .number("number"), doc: "The value is a number that is smaller.",
        example: "expect(c.points).below(100)"
    ) { _, given, number in
        guard let value = given.number, value < number else {
            throw Unmet("expected less than \(shown(.number(number))), got \(shown(given.value))")
        }
    },
    HostWord(
        expectation: "contains", .any("part"),
        doc: "The value is a text with this text in it, or a list with this value in it.",
        example: "expect(story:at(days(1)).subject).contains(\"voucher\")"
    ) { _, given, part in
        switch (given.value, part) {
        case (.text(let text), .text(let part)) where text.contains(part) || part.isEmpty: return
        case (.table(let list), _) where list.array.contains(where: { isSame($0, part) }): return
        default: throw Unmet("expected something with \(shown(part)) in it, got \(shown(given.value))")
        }
    },
    HostWord(
        expectation: "raises", .optionalText("text"),
        doc: "The value is a function that raises an error, with this text in its message.",
        example: "expect(function() return segment.dormant:includes(7) end).raises(\"a customer\")"
    ) { host, given, text in
        guard case .function(let function) = given.value else {
            throw Unmet("expected a function that raises an error, got \(shown(given.value))")
        }
        let wanted = text.map { " with \(shown(.text($0))) in it" } ?? ""
        do {
            try host.state.call(function, within: .test)
        } catch let error as LuaError where error.stop == nil {
            guard let text, !error.message.contains(text) else { return }
            throw Unmet("expected an error\(wanted), got \(shown(.text(error.message)))")
        }
        throw Unmet("expected an error\(wanted), got none")
    },
]

/// What stands in the brackets of `expect`.
struct Given {
    let value: LuaValue
    /// Whether it is the same as what stands in the first place behind it.
    let isSame: Bool

    var number: Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}

/// An expectation that does not hold.
struct Unmet: Error {
    let message: String
    let differences: [String]

    init(_ message: String, _ differences: [String] = []) {
        self.message = message
        self.differences = differences
    }
}

extension HostWord {
    /// An expectation; `body` throws ``Unmet`` where it does not hold.
    fileprivate init<each Argument>(
        expectation name: String, _ parameters: repeat LuaParameter<each Argument>, doc: String,
        example: String, _ body: @escaping @Sendable (RuleHost, Given, repeat each Argument) throws -> Void
    ) {
        let infos = Self.infos(repeat each parameters)
        let signature = "expect(…).\(name)\(Self.list(infos))"
        self.init(name, signature, doc, example: example, place: .expectation, parameters: infos) { host in
            .function(
                host.makeFunction(name) { call, host in
                    guard case .boolean(let isSame) = try call.value(2) else {
                        throw LuaError("'\(name)' stands behind expect(…)")
                    }
                    let given = Given(value: try call.value(1), isSame: isSame)
                    let call = call.withoutSubject.withoutSubject
                    do {
                        try body(host, given, repeat each call.arguments(repeat each parameters))
                    } catch let unmet as Unmet {
                        throw Diagnostic(
                            unmet.message, at: host.location(of: call), notes: unmet.differences)
                    }
                    return call.returnsNothing()
                })
        }
    }
}

// MARK: Values in words

/// A value as Lua writes it, cut where it is long.
private func shown(_ value: LuaValue, depth: Int = 0) -> String {
    switch value {
    case .missing: return "nothing"
    case .text(let text): return "\"\(text.count > 200 ? text.prefix(200) + "…" : text)\""
    case .integer(let number): return String(number)
    case .number(let number): return Int64(exactly: number).map(String.init) ?? String(number)
    case .table(let table):
        guard depth < 4 else { return "{ … }" }
        let parts =
            table.array.map { shown($0, depth: depth + 1) }
            + table.fields.map { "\($0.name) = \(shown($0.value, depth: depth + 1))" }
        guard !parts.isEmpty else { return "{}" }
        return "{ \(parts.prefix(12).joined(separator: ", "))\(parts.count > 12 ? ", …" : "") }"
    case .object(let record as RecordObject): return article(record.singular)
    default: return value.described
    }
}

/// Whether two plain values are the same; of tables, whether they look the same.
private func isSame(_ a: LuaValue, _ b: LuaValue) -> Bool {
    switch (a, b) {
    case (.missing, .missing): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.integer(let a), .number(let b)), (.number(let b), .integer(let a)): Double(a) == b
    case (.table(let a), .table(let b)):
        a.array.count == b.array.count && zip(a.array, b.array).allSatisfy { isSame($0, $1) }
            && a.fields.map(\.name) == b.fields.map(\.name)
            && zip(a.fields, b.fields).allSatisfy { isSame($0.value, $1.value) }
    default: false
    }
}

/// Where two tables differ, a line for each place; none for other values.
private func differences(_ found: LuaValue, _ expected: LuaValue) -> [String] {
    guard case (.table, .table) = (found, expected) else { return [] }
    var lines: [String] = []
    collect(found, expected, "", into: &lines)
    return lines.count > 10 ? lines.prefix(10) + ["… \(lines.count - 10) more"] : lines
}

private func collect(
    _ found: LuaValue, _ expected: LuaValue, _ path: String, into lines: inout [String]
) {
    guard case (.table(let a), .table(let b)) = (found, expected) else {
        if !isSame(found, expected) {
            lines.append("\(path): expected \(shown(expected)), got \(shown(found))")
        }
        return
    }
    for place in 0..<max(a.array.count, b.array.count) {
        func item(_ table: LuaTable) -> LuaValue {
            place < table.array.count ? table.array[place] : .missing
        }
        collect(item(a), item(b), "\(path)[\(place + 1)]", into: &lines)
    }
    for name in Set((a.fields + b.fields).map(\.name)).sorted() {
        collect(a[name], b[name], "\(path).\(name)", into: &lines)
    }
}
