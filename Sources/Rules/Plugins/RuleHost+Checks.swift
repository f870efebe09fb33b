internal import Catalog
package import Diagnostics
internal import LuaRuntime
internal import ScriptSyntax

/// A check that a plugin adds to `moonletter check`.
package struct ProvidedCheck {
    /// What it is called: `PLUGIN/CHECK`, a name that no rule of the program has.
    package let id: String
    /// How much matters what it finds.
    package let severity: Diagnostic.Severity
    /// Why it is checked, in one sentence.
    package let doc: String
    /// Where it is defined.
    package let location: SourceLocation
    /// Whether it looks at customers.
    package var looksAtCustomers: Bool { customer != nil || same != nil }
    /// Whether it looks at scripts and templates.
    package var looksAtTexts: Bool { text != nil }
    fileprivate let customer: LuaFunction?
    fileprivate let same: LuaFunction?
    fileprivate let text: LuaFunction?
}

/// What a check says about some of the customers.
package struct CustomerMistake: Equatable {
    /// What is wrong with them.
    package let message: String
    /// How many they are.
    package var count: Int
    /// The one with the lowest number; of customers who share something, the first two who share it.
    package let examples: [Int64]
}

/// What a check says about a line of a file.
package struct TextMistake: Equatable {
    /// The line, from 1.
    package let line: Int
    /// What is wrong.
    package let message: String
    /// The next step; nil where it tells none.
    package let hint: String?
}

extension RuleHost {
    /// What checks may say about customers: more different sentences have values of customers in them.
    private static var sentenceLimit: Int { 20 }

    /// The checks of plugins, in the order of plugins and their lines.
    package var providedChecks: [ProvidedCheck] {
        provisions(of: .lint).map { provision in
            ProvidedCheck(
                id: "\(provision.plugin)/\(provision.name)",
                severity: provision.text("level").flatMap(Diagnostic.Severity.init) ?? .warning,
                doc: provision.doc, location: provision.location,
                customer: provision.function("customer"), same: provision.function("same"),
                text: provision.function("text"))
        }
    }

    /// Refuses the table of a check that says nothing, or of what importance it is in no known word.
    func checkSettings(ofCheck provision: Provision) throws {
        let levels = [Diagnostic.Severity.error, .warning, .note].map(\.rawValue)
        switch provision.settings["level"] {
        case .missing: break
        case .text(let level) where levels.contains(level): break
        case let other:
            throw LuaError(
                "'level' of check '\(provision.name)' is \(levels.joined(separator: ", ")), got \(other.described)"
            )
        }
        guard ["customer", "same", "text"].contains(where: { provision.function($0) != nil }) else {
            throw LuaError(
                "check '\(provision.name)' looks at nothing",
                hint: "add customer = function(c) … end, or text = function(path, text) … end")
        }
        if provision.function("same") != nil, provision.doc.isEmpty {
            throw LuaError(
                "check '\(provision.name)' does not say what customers share", hint: "say it in doc = \"…\"")
        }
    }

    /// What a check says about the customers that the host is attached to, in the order of the first of each.
    ///
    /// - Throws: ``RuleError`` where the check raises; ``LuaError`` where it gives no text, or more than 20 different
    ///   sentences.
    /// Cost: one walk; of customers whom SQL can tell to be well, nothing. Where customers are compared, as much memory as
    /// what they have takes.
    package func mistakes(ofCustomersBy check: ProvidedCheck) throws -> [CustomerMistake] {
        try sentences(of: check) + shared(by: check)
    }

    private func sentences(of check: ProvidedCheck) throws -> [CustomerMistake] {
        guard let function = check.customer else { return [] }
        var found: [CustomerMistake] = []
        try forEachText(of: function, check) { id, message in
            if let place = found.firstIndex(where: { $0.message == message }) {
                found[place].count += 1
                return
            }
            guard found.count < Self.sentenceLimit else {
                throw LuaError(
                    "check '\(check.id)' says more than \(Self.sentenceLimit) different sentences",
                    at: check.location, hint: "leave the values of customers out of them")
            }
            found.append(CustomerMistake(message: message, count: 1, examples: [id]))
        }
        return found
    }

    private func shared(by check: ProvidedCheck) throws -> [CustomerMistake] {
        guard let function = check.same else { return [] }
        var first: [String: Int64] = [:]
        var found: [String: (count: Int, examples: [Int64])] = [:]
        try forEachText(of: function, check) { id, text in
            guard let other = first.updateValue(id, forKey: text) else { return }
            found[text, default: (1, [other, id])].count += 1
        }
        guard let examples = found.values.map(\.examples).min(by: { $0[0] < $1[0] }) else { return [] }
        return [
            CustomerMistake(
                message: check.doc, count: found.values.map(\.count).reduce(0, +), examples: examples)
        ]
    }

    /// Calls `body` with each customer of whom a function of a check gives a text, and with the text.
    private func forEachText(
        of function: LuaFunction, _ check: ProvidedCheck, _ body: (Int64, String) throws -> Void
    ) throws {
        // As a trait, so that SQL is asked of whom there is one as far as it can tell.
        let trait = Trait(name: check.id, doc: check.doc, location: check.location, function: function)
        try define(trait)
        defer { undefineTrait(check.id) }
        let walk = try CustomerWalk(
            self, for: [try audience(expression("function(c) return c[\(luaLiteral(check.id))] ~= nil end"))])
        while let id = try walk.next() {
            switch try walk.value(of: trait) {
            case (.null, _): continue
            case (.text(let text), .text): try body(id, text)
            case (_, let type):
                throw LuaError(
                    "check '\(check.id)' gives a text or nothing, got \(article(type.rawValue))",
                    at: check.location)
            }
        }
    }

    /// What a check says about a script or a template.
    ///
    /// - Throws: the check's error, and where what it gives is no list of `{ line, message, hint }`.
    package func mistakes(of text: String, at path: String, by check: ProvidedCheck) throws -> [TextMistake] {
        guard let function = check.text else { return [] }
        let answer = try call(function, .value(.text(path)), .value(.text(text)))
        guard case .table(let list) = answer, list.fields.isEmpty else {
            if case .missing = answer { return [] }
            throw wrongAnswer(check, answer)
        }
        return try list.array.map { item in
            guard case .table(let mistake) = item, case .text(let message) = mistake["message"],
                case .integer(let line) = mistake["line"]
            else { throw wrongAnswer(check, item) }
            var hint: String?
            if case .text(let text) = mistake["hint"] { hint = text }
            return TextMistake(line: Int(clamping: line), message: message, hint: hint)
        }
    }

    private func wrongAnswer(_ check: ProvidedCheck, _ value: LuaValue) -> LuaError {
        LuaError(
            "check '\(check.id)' gives a list of { line = 1, message = \"…\" }, got \(value.described)",
            at: check.location)
    }
}
