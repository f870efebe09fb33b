public import Basics
public import Catalog
internal import Diagnostics
public import LuaRuntime

extension RuleHost {
    /// Compiles the templates of the workspace; do it before any journey runs.
    public func load(templates: [ScriptFile]) throws {
        templateFiles += templates
        try self.templates().add(templates)
    }

    /// The texts that templates name and that a language of the workspace lacks.
    public func missingTranslations() throws -> [MessageProblem] {
        try templates().missingTranslations
    }

    /// Checks that a file that was loaded is a message, which ``render(_:_:for:_:campaign:in:)`` takes by its path.
    ///
    /// - Throws: an error where the file holds a layout or a partial.
    public func checkMessage(at path: String) throws {
        try templates().checkMessage(at: path)
    }

    /// The state of a customer's consent on a channel, with what was simulated.
    public func consent(of customer: Int64, on channel: Channel) throws -> ConsentState {
        try requireData().consent(of: customer, on: channel)
    }

    /// The channels that a template of that name is written for.
    public func channels(ofTemplate name: String) -> [Channel] {
        (try? templates().channels(of: name)) ?? []
    }

    /// Those of them on which a customer who reads a language gets the template in one they read, or in that of the
    /// workspace, or for every language.
    public func channels(ofTemplate name: String, for language: LanguageTag?) -> [Channel] {
        guard let library = try? templates() else { return [] }
        return library.channels(of: name).filter { library.isWritten(name, $0, for: language) }
    }

    /// Refuses a message that the running campaign could not send.
    func check(_ request: SendRequest) throws {
        try templates().check(request.template, request.channel)
        if let channel = request.channel, let campaign = runningCampaign, let allowed = campaign.channels,
            !allowed.contains(channel)
        {
            throw LuaError(
                "the channel '\(channel.rawValue)' is not one of campaign '\(campaign.name)'",
                hint: "add it to the campaign's channels, or leave it out of send")
        }
    }

    /// The values that the campaign's `content` gives its templates for the customer whose turn it is.
    public func content(
        of campaign: Campaign, in walk: CustomerWalk, entry: Entry? = nil
    ) throws -> MessageContent {
        guard let function = campaign.content else { return MessageContent(values: nil) }
        let entry = entry ?? Entry(time: clock.now)
        let values = try explaining {
            try state.keep(function, .row(walk.row), argument(entry, of: campaign), within: .template)
        }
        switch state.type(of: values) {
        case "table": return MessageContent(values: values)
        case "nil": return MessageContent(values: nil)
        case let other:
            throw RuleError.wrongValue(
                owner: "campaign '\(campaign.name)'", key: "content",
                expected: "a function that returns a table",
                got: "one that returned a \(other)", at: place(of: "content", in: campaign.location))
        }
    }

    /// Whether the goal of the campaign is met for the customer whose turn it is and who came in at an instant.
    public func isGoalMet(of campaign: Campaign, enteredAt time: Int64, in walk: CustomerWalk) throws -> Bool
    {
        try answer(campaign.goal, "goal", of: campaign, .value(.integer(time)), walk)
    }

    /// Whether the campaign's `exit_when` holds for the customer whose turn it is and who came in at an instant.
    public func exitRuleHolds(
        of campaign: Campaign, enteredAt time: Int64, in walk: CustomerWalk
    ) throws -> Bool {
        try answer(campaign.exitWhen, "exit_when", of: campaign, .value(.integer(time)), walk)
    }

    /// Whether a follow-up is about an event of the customer whose turn it is.
    public func isMeant(_ event: JourneyEvent, by campaign: Campaign, in walk: CustomerWalk) throws -> Bool {
        guard campaign.filter != nil else { return true }
        return try answer(campaign.filter, "where", of: campaign, .value(table(event, for: campaign)), walk)
    }

    /// Whether something happened since the event, for which the follow-up is left out.
    public func isCalledOff(_ campaign: Campaign, after event: JourneyEvent, in walk: CustomerWalk) throws
        -> Bool
    {
        try answer(campaign.unless, "unless", of: campaign, .value(table(event, for: campaign)), walk)
    }

    private func answer(
        _ function: LuaFunction?, _ key: String, of campaign: Campaign, _ argument: LuaArgument,
        _ walk: CustomerWalk
    ) throws -> Bool {
        guard let function else { return false }
        let answer = try explaining {
            try state.call(function, .row(walk.row), argument, within: .predicate)
        }
        switch answer {
        case .boolean(let answer): return answer
        case .missing: return false
        case let other:
            throw RuleError.notABoolean(
                rule: "'\(key)' of campaign '\(campaign.name)'", got: other.kindName,
                at: place(of: key, in: campaign.location), customer: walk.current)
        }
    }

    /// Writes a message with values that are given in place of a customer's, for somebody who reads `language`.
    public func render(
        _ template: String, _ channel: Channel, for language: LanguageTag? = nil, with values: LuaTable
    ) throws -> Rendering {
        try explaining {
            try templates().render(
                template, channel, for: language, with: .value(.table(values)), isData: false)
        }
    }

    /// Writes a message with the values of a file in place of a customer's.
    public func render(_ template: String, _ channel: Channel, with data: MessageData) throws -> Rendering {
        try explaining {
            try templates().render(
                template, channel, for: data.language, with: .value(data.encoded), isData: true)
        }
    }

    /// Writes a message for the customer whose turn it is and who reads `language`.
    public func render(
        _ template: String, _ channel: Channel, for language: LanguageTag? = nil, _ content: MessageContent,
        campaign: Campaign?, in walk: CustomerWalk
    ) throws -> Rendering {
        do {
            return try explaining {
                try templates().render(
                    template, channel, for: language, content, campaign: campaign, walk.row,
                    customer: walk.current)
            }
        } catch var error as Diagnostic {
            if let file = error.location?.file,
                try scripts[file] != nil || templates().has(file) || isOfPlugin(file)
            {
                throw error
            }
            // Lua knows only the line of the helper that stumbled; the person wrote a template.
            error.location =
                try templates().place(of: error.token, in: template, channel, language) ?? error.location
            throw error
        }
    }
}
