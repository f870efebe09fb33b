internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Templates

extension TemplateLibrary {
    /// Writes the message for the customer whose turn it is, or says what holds it back. A template is asked for by its
    /// name, or one file by its path.
    func render(
        _ name: String, _ channel: Channel, for language: LanguageTag?, _ content: MessageContent,
        campaign: Campaign?, _ row: LuaRow, customer: Int64
    ) throws -> Rendering {
        let identity = MessageIdentity(
            campaign: campaign?.name, template: messagesByPath[name]?.file.name.name ?? name,
            channel: channel,
            customer: customer)
        let rendering = try render(
            name, channel, language,
            [
                .row(row), content.values.map(LuaArgument.reference) ?? .value(.missing),
                .value((campaign?.name).map(LuaValue.text) ?? .missing),
                .value(words.usesLinks ? .table(links(of: identity)) : .missing),
            ], campaign?.kind ?? .marketing)
        guard case .written(var message) = rendering else { return rendering }
        message.identity = identity
        message.links = host.messageOptions.links
        return .written(message)
    }

    /// The links that a template may print.
    private func links(of identity: MessageIdentity) -> LuaTable {
        let links = host.messageOptions.links
        let values = zip(linkVariables, [links.unsubscribe, links.view])
        return LuaTable(
            fields: values.compactMap { name, link in link.map { (name, .text(identity.address($0))) } })
    }

    /// Writes the message with values that are given in place of a customer's.
    func render(
        _ name: String, _ channel: Channel, for language: LanguageTag?, with values: LuaArgument, isData: Bool
    ) throws -> Rendering {
        try render(
            name, channel, language,
            [
                .value(.missing), values, .value(.missing), .value(.missing),
                .value(.text(isData ? "ordered" : "plain")),
            ])
    }

    /// What the template sees, `messages.lua` makes of the arguments.
    private func render(
        _ name: String, _ channel: Channel, _ language: LanguageTag?, _ arguments: [LuaArgument],
        _ kind: Campaign.Kind = .marketing
    ) throws -> Rendering {
        if messagesByPath[name] == nil { try check(name, channel) }
        guard let message = message(name, channel, language) else {
            return .heldBack(.noLanguage, detail: missingLanguage(name, language))
        }
        return try write(
            message, kind,
            try host.state.keep(makeScope, [message.ownLanguage] + arguments, within: .template))
    }

    private func write(
        _ message: MessageTemplate, _ kind: Campaign.Kind, _ scope: LuaReference
    ) throws -> Rendering {
        current = message
        words.begin()
        if let missing = try missingRequirement(of: message, scope) {
            return .heldBack(.missingValue, detail: "\(missing.name) is missing (\(missing.location))")
        }
        var writer = MessageWriter(host, message, kind, scope, makeScope)
        let rendering: Rendering
        do {
            rendering = try writer.write(words)
        } catch let error as LuaError {
            guard let reason = words.abortion else { throw marked(error) ?? error }
            rendering = .heldBack(.aborted, detail: reason)
        }
        guard host.messageOptions.notesBranches else { return rendering }
        let branches = compiler.branches(words.branches)
        switch rendering {
        case .written(var message):
            message.branches = branches
            return .written(message)
        case .heldBack(let reason, let detail, _):
            return .heldBack(reason, detail: detail, branches: branches)
        }
    }

    /// The error of a helper with the column and the words that its mark tells.
    private func marked(_ error: LuaError) -> Diagnostic? {
        guard let (message, mark) = PlaceMark.split(error.message) else { return nil }
        var diagnostic = error.diagnostic
        diagnostic.message = message
        diagnostic.token = nil
        guard let place = error.location, place.line == mark.line else { return diagnostic }
        diagnostic.location?.column = mark.column
        let lines = lines(of: place.file)
        if place.line <= lines.count {
            diagnostic.token = String(lines[place.line - 1].dropFirst(mark.column - 1).prefix(mark.length))
        }
        return diagnostic
    }

    private func missingLanguage(_ name: String, _ language: LanguageTag?) -> String {
        language.map { "'\(name)' is not written in \($0)" } ?? "'\(name)' has no file for every language"
    }

    /// The first of the values that a message needs and the customer lacks.
    private func missingRequirement(
        of message: MessageTemplate, _ scope: LuaReference
    ) throws -> TemplateFile.Mention? {
        guard !message.file.requirements.isEmpty else { return nil }
        let check: LuaFunction
        if let known = message.check {
            check = known
        } else {
            check = try bound(
                LiquidCompiler.compile(
                    requirementCheck(message.file.requirements), file: message.file.path,
                    firstLine: message.file.place(of: "require").line, escaping: .none))
            message.check = check
        }
        guard case .text(let text) = try host.state.call(check, .reference(scope), within: .template),
            let number = Int(text.prefix { $0 != " " })
        else { return nil }
        return message.file.requirements[number]
    }

    /// A path as Liquid reads it: names that are not ASCII stand in brackets.
    private func liquid(_ path: Substring) -> String {
        path.split(separator: ".").enumerated().map { place, name in
            guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return "[\"\(name)\"]" }
            return place == 0 ? String(name) : ".\(name)"
        }.joined()
    }

    /// Liquid that prints the number of each value that is missing. A bare name is a value of content, or else the field
    /// of the customer; `false` is a value, a text of white space and an empty list are none.
    private func requirementCheck(_ requirements: [TemplateFile.Mention]) -> String {
        requirements.enumerated().map { number, requirement in
            var paths = [liquid(requirement.name[...])]
            if !requirement.name.contains("."), host.isField(requirement.name) {
                paths.append(liquid("customer.\(requirement.name)"))
            }
            let conditions = paths.map { "\($0) == blank and \($0) != false" }.joined(separator: " and ")
            return "{% if \(conditions) %}\(number) {% endif %}"
        }.joined()
    }
}
