package import Catalog
package import Diagnostics
package import LuaRuntime

extension RuleHost {
    // MARK: What is typed

    /// Opens the prompt: what is typed from now on sees the words of scripts and these, may set variables, and may define
    /// what scripts define, in the place of what has the name.
    package func openPrompt(_ words: [HostWord]) throws {
        let setUp = try state.loadTrusted(
            String(decoding: PackageResources.prompt_lua, as: UTF8.self), name: "prompt.lua")
        let own = LuaTable(fields: words.map { ($0.name, $0.value(self)) })
        var names: [UInt: String] = [:]
        for case (let name, .function(let function)) in own.fields {
            names[state.info(of: function).identity] = name
        }
        let refuse = makeFunction("a variable") { call, _ in
            let name = try call.arguments(.text("name"))
            throw LuaError("'\(name)' is a word of Moonletter", hint: "choose another name for the variable")
        }
        let unknown = makeFunction("a name") { call, host in
            let name = try call.arguments(.text("name"))
            throw RuleError.unknown(
                what: "name", name: name, at: nil,
                known: host.state.words + words.map(\.name) + host.variableNames)
        }
        let made = try state.keepAll(
            setUp, .value(.table(own)), .reference(state.globals),
            .value(.table(LuaTable(array: state.words.map(LuaValue.text)))), .value(.function(refuse)),
            .value(.function(unknown)))
        prompt = Prompt(globals: made[0], variables: made[1], personKind: PersonObject.makeKind(self), names)
    }

    /// Runs what a person typed, under a name for errors, and gives all its values.
    ///
    /// An expression gives its value; statements give what they return. Variables that the text sets, with `local` too,
    /// are there for what is typed later.
    ///
    /// - Throws: the error as a ``Diagnosable``; what the text had defined is then undone.
    package func run(
        _ text: String, as name: String, within kind: LuaBudgets.Kind = .line
    ) throws -> [LuaReference] {
        guard let prompt else { throw LuaError("there is no prompt") }
        let before = definitions()
        let text = typedText(text)
        prompt.inputs[name] = ScriptFile(path: name, text: text)
        forgetAnalysis(of: name)
        do {
            return try explaining {
                let function = try typed(text, name, prompt.globals)
                prompt.note(analysis(of: name))
                let values = try state.keepAll(function, within: kind)
                try checkBegun()
                try checkDefinitions()
                return values
            }
        } catch {
            restore(before)
            _ = try? checkBegun()
            throw error
        }
    }

    /// An expression where it is one, else statements.
    private func typed(_ text: String, _ name: String, _ globals: LuaReference) throws -> LuaFunction {
        if let value = try? state.load("return \(text)\n", name: name, globals: globals) { return value }
        return try state.load(text, name: name, globals: globals)
    }

    /// Whether there is more to come: the text ends where Lua needs something behind it.
    package func isUnfinished(_ text: String) -> Bool {
        func endsEarly(_ text: String) -> Bool? {
            do {
                _ = try state.load(text, name: "input")
                return nil
            } catch let error as LuaError {
                return error.message.hasSuffix("near <eof>")
                    || error.message.hasPrefix("unfinished long ")
            } catch {
                return false
            }
        }
        guard let asExpression = endsEarly("return \(text)\n"), let asStatements = endsEarly(text) else {
            return false
        }
        return asExpression || asStatements
    }

    /// The text of a script, of a plugin, or of something that was typed; nil where there is none.
    package func text(of file: String) -> String? {
        if let own = scripts[file] ?? prompt?.inputs[file] { return own.text }
        return guests.lazy.flatMap(\.code.files).first { $0.path == file }?.text
    }

    /// Whether a place is in something that was typed.
    package func isTyped(_ location: SourceLocation) -> Bool { prompt?.inputs[location.file] != nil }

    private func checkDefinitions() throws {
        let typed = segments.values.filter { isTyped($0.location) }
        for segment in typed { try checkNames(in: segment.members) }
        if !typed.isEmpty { try checkCircles() }
        for campaign in campaigns where isTyped(campaign.location) {
            if let audience = campaign.audience { try checkNames(in: audience) }
        }
        namedAudiences = [:]
        noteChange()
    }

    /// The word of scripts or of the prompt that a function is.
    package func word(withIdentity identity: UInt) -> String? {
        prompt?.wordNames[identity] ?? wordNames[identity]
    }

    // MARK: Variables

    /// The names of the variables that were set at the prompt, sorted.
    package var variableNames: [String] {
        guard let prompt else { return [] }
        return state.names(in: prompt.variables).filter { $0 != "_" }
    }

    /// The value of a variable; nil where it is not set.
    package func variable(_ name: String) -> LuaReference? {
        prompt.flatMap { state.field(name, of: $0.variables) }
    }

    /// Sets a variable.
    package func setVariable(_ name: String, _ value: LuaReference) {
        if let prompt { state.setField(name, of: prompt.variables, value) }
    }

    // MARK: Values

    /// A customer by number; whether there is one, who asks has made sure.
    package func person(_ id: Int64) throws -> PersonObject {
        guard let prompt else { throw LuaError("there is no prompt") }
        return PersonObject(id, kind: prompt.personKind)
    }

    /// What a value looks like.
    package func shape(of value: LuaReference, _ limits: LuaShapeLimits) -> LuaShape {
        state.shape(of: value, limits)
    }

    /// What a customer's relation gave.
    package enum RelationShape {
        /// A question, with its answer up to a limit, and how many rows there are.
        case rows(Relation, [[Value]], count: Int)
        /// One row.
        case row(singular: String, fields: [Field], values: [Value])
    }

    /// What stands behind a value that a relation gave; nil for any other.
    package func relation(of value: LuaReference, limit: Int) throws -> RelationShape? {
        if let question = state.question(of: value) { return try rows(query(question), limit) }
        if let record = state.record(of: value) {
            var query = RelationQuery(relations[record.relation], of: record.customer)
            query.keep(id: record.id)
            guard case .rows(_, let rows, _) = try rows(query, 1), let row = rows.first else { return nil }
            return .row(singular: query.relation.singular, fields: query.relation.fields, values: row)
        }
        guard case .object(let object) = try state.value(of: value) else { return nil }
        switch object {
        case let relation as RelationObject: return try rows(relation.query, limit)
        case let row as RecordObject:
            return .row(
                singular: row.singular, fields: row.fields,
                values: zip(row.fields, row.values).map { store($1, as: $0.type) ?? .null })
        default: return nil
        }
    }

    private func rows(_ query: RelationQuery, _ limit: Int) throws -> RelationShape {
        guard case .rows(let rows) = try requireData().answer(query, .list) else {
            return .rows(query.relation, [], count: 0)
        }
        return .rows(query.relation, Array(rows.suffix(limit)), count: rows.count)
    }
}
