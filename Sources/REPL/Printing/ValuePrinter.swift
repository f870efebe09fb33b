internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports
internal import Rules
internal import ScriptSyntax

/// Prints any value of Lua.
struct ValuePrinter {
    private let session: PromptSession
    private let page: Page

    /// What is shown of tables within tables.
    private static let limits = LuaShapeLimits(depth: 4, values: 50)
    /// Rows of a customer's relation.
    private static let rowLimit = 20
    /// A table whose text is shorter stands in one line.
    private static let lineLimit = 72

    init(_ session: PromptSession, _ page: Page) {
        (self.session, self.page) = (session, page)
    }

    // MARK: For a person

    func show(_ value: LuaReference) throws {
        switch session.host.shape(of: value, Self.limits) {
        case .object(let object as any Printable): try object.show(on: page, session)
        case .object(let object as PersonObject): try CustomerCard(object.id).show(on: page, session)
        case .object(let object as SegmentObject): try show(object)
        case .relation, .object:
            guard let shape = try session.host.relation(of: value, limit: Self.rowLimit) else {
                return page.line("an object")
            }
            show(shape)
        case .table(let items, let named, let more) where named.isEmpty && records(items) != nil:
            let (fields, rows) = records(items) ?? ([], [])
            show(rows, of: fields)
            if more > 0 { page.aside("… \(grouped(more)) more") }
        case .customer(let id):
            page.line(id.map { "customer \($0)" } ?? "a customer whose turn is over")
        case .function(let info):
            guard let name = session.host.word(withIdentity: info.identity),
                let word = (session.words + hostWords + session.host.providedWords).first(where: {
                    $0.name == name
                })
            else { return page.line(text(.function(info), indent: "")) }
            page.line(word.signature)
            page.aside("  \(word.doc)")
        case .integer(let number): page.line(withTime(number))
        case .text(let text): page.line(page.safe(text).isEmpty ? "\"\"" : quoted(text))
        case let shape: page.line(self.text(shape, indent: ""))
        }
    }

    /// A value as `print` writes it: texts without quotes.
    func plainText(_ value: LuaReference) -> String {
        switch session.host.shape(of: value, Self.limits) {
        case .text(let text):
            page.format.masking.show(text: text, to: nil, on: nil)
                .split(separator: "\n", omittingEmptySubsequences: false).map { withoutControls(String($0)) }
                .joined(separator: "\n")
        case let shape: text(shape, indent: "")
        }
    }

    /// A number that may be a time, with what a clock would show then.
    private func withTime(_ number: Int64) -> String {
        // From 2000 to 2100.
        guard (946_684_800...4_102_444_800).contains(number) else { return String(number) }
        var local = page.format.clock.local
        return "\(number)  " + page.style.paint("-- \(local.text(at: number)) as a time", .faint)
    }

    private func show(_ segment: SegmentObject) throws {
        page.line(name(of: segment))
        if case .named(let name, _) = segment.expression, let known = session.host.segments[name],
            !known.description.isEmpty
        {
            page.aside("  \(page.safe(known.description))")
        }
    }

    private func name(of segment: SegmentObject) -> String {
        page.safe("segment \(segment.expression.text)")
    }

    private func show(_ shape: RuleHost.RelationShape) {
        switch shape {
        case .row(let singular, let fields, let values):
            page.line(singular)
            let width = fields.map(\.name.count).max() ?? 0
            for (field, value) in zip(fields, values) where value != .null {
                let blanks = String(repeating: " ", count: width - field.name.count)
                page.line(
                    "  \(page.style.paint(field.name, .faint))\(blanks)  \(page.safe(page.format.text(value, of: field)))"
                )
            }
        case .rows(let relation, let rows, let count):
            guard count > 0 else { return page.aside("no \(relation.name)") }
            if count > rows.count { page.aside("… \(grouped(count - rows.count)) earlier") }
            show(rows, of: relation.fields)
        }
    }

    private func show(_ rows: [[Value]], of fields: [Field]) {
        // What none of them has needs no column.
        let columns = fields.indices.filter { column in
            fields[column].name != "id" && rows.contains { $0[column] != .null }
        }
        let fitted = TableFitting(
            columns.map { column in
                TableFitting.Column(
                    fields[column].name,
                    rows.map { page.safe(page.format.text($0[column], of: fields[column])) },
                    isNumeric: fields[column].type.isNumeric, isText: fields[column].type == .text)
            }, width: page.width)
        page.table(fitted.table)
        page.leftOut(fitted.leftOut)
    }

    /// The rows of one relation that a list holds; nil where it holds something else.
    private func records(_ items: [LuaShape]) -> (fields: [Field], rows: [[Value]])? {
        var kind: String?
        var found: (fields: [Field], rows: [[Value]]) = ([], [])
        for item in items {
            guard case .row(let singular, let fields, let values) = relation(item),
                kind == nil || kind == singular
            else { return nil }
            kind = singular
            found.fields = fields
            found.rows.append(values)
        }
        return kind == nil ? nil : found
    }

    /// What a relation gave, among other values; nil for anything else.
    private func relation(_ shape: LuaShape, limit: Int = 1) -> RuleHost.RelationShape? {
        switch shape {
        case .relation(let reference): try? session.host.relation(of: reference, limit: limit)
        case .object(let object):
            try? session.host.relation(of: session.host.state.keep(.object(object)), limit: limit)
        default: nil
        }
    }

    /// As a person would type it.
    private func quoted(_ text: String) -> String {
        withoutControls(luaLiteral(page.format.masking.show(text: text, to: nil, on: nil)))
    }

    /// A value within others.
    private func text(_ shape: LuaShape, indent: String) -> String {
        switch shape {
        case .missing: return "nil"
        case .boolean(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number): return luaText(number)
        case .text(let text): return quoted(text)
        case .table(let items, let named, let more):
            let inner = indent + "  "
            var parts = items.map { text($0, indent: inner) }
            parts += named.map { "\(key($0.key)) = \(text($0.value, indent: inner))" }
            if more > 0 { parts.append("… \(grouped(more)) more") }
            let line = parts.isEmpty ? "{}" : "{ \(parts.joined(separator: ", ")) }"
            if displayWidth(of: indent + line) <= (page.width ?? 80).clamped(to: 20...Self.lineLimit),
                !line.contains("\n")
            {
                return line
            }
            return "{\n" + parts.map { "\(inner)\($0),\n" }.joined() + "\(indent)}"
        case .folded: return "{ … }"
        case .function(let info):
            return info.file.map { "a function of \($0):\(info.line)" } ?? "a function"
        case .object(let object):
            switch object {
            case let person as PersonObject: return "customer(\(person.id))"
            case let segment as SegmentObject: return name(of: segment)
            default: return inner(shape)
            }
        case .customer(let id): return id.map { "customer \($0)" } ?? "a customer"
        case .relation: return inner(shape)
        case .other(let name): return name
        }
    }

    /// What a relation gave, or another object, within others.
    private func inner(_ shape: LuaShape) -> String {
        switch relation(shape) {
        case .row(let singular, _, _): article(singular)
        case .rows(let relation, _, let count): "\(grouped(count)) \(relation.name)"
        case nil: "an object"
        }
    }

    private func key(_ shape: LuaShape) -> String {
        if case .text(let text) = shape, isLuaName(text) { return text }
        return "[\(text(shape, indent: ""))]"
    }

    // MARK: For a program

    func json(_ value: LuaReference) throws -> JSON {
        switch session.host.shape(of: value, LuaShapeLimits(depth: 16, values: 1_000_000)) {
        case .object(let object as any Printable): return try object.json(page, session)
        case .object(let object as PersonObject): return try CustomerCard(object.id).json(page, session)
        case .object(let object as SegmentObject): return .text(name(of: object))
        case let shape: return json(shape)
        }
    }

    private func json(relation shape: LuaShape) -> JSON {
        switch relation(shape, limit: .max) {
        case .row(_, let fields, let values): session.json(values, of: fields)
        case .rows(let relation, let rows, _): .array(rows.map { session.json($0, of: relation.fields) })
        case nil: .null
        }
    }

    private func memberName(_ key: LuaShape) -> String {
        if case .text(let name) = key {
            page.format.masking.show(text: name, to: nil, on: nil)
        } else {
            text(key, indent: "")
        }
    }

    private func json(_ shape: LuaShape) -> JSON {
        switch shape {
        case .missing, .folded, .function, .other: .null
        case .relation: json(relation: shape)
        case .boolean(let flag): .boolean(flag)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .text(let text): .text(page.format.masking.show(text: text, to: nil, on: nil))
        case .table(let items, let named, _) where named.isEmpty: .array(items.map { json($0) as JSON })
        case .table(let items, let named, _):
            .object(
                items.enumerated().map { JSON.Member(name: String($0 + 1), value: json($1)) }
                    + named.map {
                        JSON.Member(name: memberName($0.key), value: json($0.value))
                    })
        case .object(let object as PersonObject): .integer(object.id)
        case .object(let object as SegmentObject): .text(name(of: object))
        case .object: json(relation: shape)
        case .customer(let id): id.map(JSON.integer) ?? .null
        }
    }
}

/// A float as Lua writes it: `0.1`, `2.0`, `inf`.
private func luaText(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    if let whole = Int64(exactly: number), abs(number) < 1e15 { return "\(whole).0" }
    return String(format: "%.14g", number)
}

extension Int {
    fileprivate func clamped(to range: ClosedRange<Int>) -> Int {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}

extension ValueType {
    /// Whether values of the type stand to the right.
    var isNumeric: Bool { [.integer, .number, .money].contains(self) }
}
