internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// What the table of `simulate` may have.
let simulationSettings = ["campaign", "customer", "from", "days", "respond", "holdout"]

extension RuleHost {
    /// The word `simulate`: the customer and the table that has it.
    func simulate(_ call: HostCall) throws -> Int32 {
        let session = try runningTest("simulate")
        let customer = call.customer(1)
        let settings = try call.withoutSubject.arguments(
            .table("settings", "a table such as { campaign = \"win-back\", customer = c }"))
        for field in settings.fields where !simulationSettings.contains(field.name) {
            throw LuaError(
                "simulate has no setting '\(field.name)'",
                hint: suggestion(field.name, simulationSettings, what: "setting"))
        }
        guard let customer, session.walks[customer] != nil else {
            throw LuaError(
                "simulate needs a customer of this test", hint: "write customer = c, which customer_like made"
            )
        }
        let request = SimulationRequest(
            customer: customer, campaigns: try campaigns(settings["campaign"]),
            from: try beginning(settings["from"], session), duration: try duration(settings["days"]),
            answers: try answers(settings["respond"]), isHeldOut: try flag(settings["holdout"]))
        let story = try session.bench.simulate(request)
        if let failed = story.decisions.first(where: { $0.outcome == .failed }) {
            throw LuaError("simulate met an error in '\(failed.campaign)': \(failed.detail ?? "")")
        }
        return call.returns(StoryObject(story, kind: storyKind))
    }

    private func campaigns(_ value: LuaValue) throws -> [String] {
        switch value {
        case .missing: return []
        case .text(let name): return [try campaign(name).name]
        case let other: throw LuaError("'campaign' of simulate is a text, got \(other.described)")
        }
    }

    private func beginning(_ value: LuaValue, _ session: TestSession) throws -> Int64 {
        let time: Int64
        switch value {
        case .missing: time = clock.now
        case .integer(let instant) where TestSession.instants.contains(instant): time = instant
        case .number(let instant) where abs(instant) < Double(TestSession.instants.upperBound):
            time = Int64(instant.rounded(.down))
        case let other:
            throw LuaError(
                "'from' of simulate is a time such as date \"2026-12-24 18:00\", got \(other.described)")
        }
        guard time >= session.latest else {
            throw LuaError("'from' of simulate goes back behind something that was told of a customer")
        }
        return time
    }

    private func duration(_ value: LuaValue) throws -> Int64 {
        switch value {
        case .missing: return 30 * 86_400
        case .integer(let days) where (0...3660).contains(days): return days * 86_400
        case let other:
            throw LuaError(
                "'days' of simulate is a whole number from 0 to 3660, got \(other.described)",
                hint: "write days = 14, without brackets")
        }
    }

    private func flag(_ value: LuaValue) throws -> Bool {
        switch value {
        case .missing: return false
        case .boolean(let flag): return flag
        case let other: throw LuaError("'holdout' of simulate is true or false, got \(other.described)")
        }
    }

    /// What the customer does with the messages of which template, and when.
    private func answers(_ value: LuaValue) throws -> [String: [String: Int64?]] {
        let example = "respond = { [\"win-back\"] = \"click\" }"
        guard case .table(let table) = value, table.array.isEmpty else {
            if case .missing = value { return [:] }
            throw LuaError(
                "'respond' of simulate says by template what the customer does, got \(value.described)",
                hint: "write \(example)")
        }
        var answers: [String: [String: Int64?]] = [:]
        for (template, value) in table.fields {
            try templates().check(template, nil)
            switch value {
            case .text(let name): answers[template] = [try answer(name): nil]
            case .table(let spans) where spans.array.isEmpty:
                answers[template] = [:]
                for (name, span) in spans.fields {
                    let name = try answer(name)
                    switch span {
                    case .integer(let seconds) where (1...100_000_000_000).contains(seconds):
                        answers[template]?[name] = .some(seconds)
                    case .number(let seconds) where (1...1e11).contains(seconds):
                        answers[template]?[name] = .some(Int64(seconds))
                    default:
                        throw LuaError(
                            "'\(name)' of respond takes the span after the message, got \(span.described)",
                            hint: "write \(name) = hours(2)")
                    }
                }
            default:
                throw LuaError(
                    "respond says what the customer does with '\(template)', got \(value.described)",
                    hint: "write \"click\", or { open = hours(1), click = hours(2) }")
            }
        }
        return answers
    }

    private func answer(_ name: String) throws -> String {
        guard ResponseRates.names.contains(name) else {
            throw LuaError(
                "nobody does '\(name)' with a message",
                hint: suggestion(name, ResponseRates.names, what: "answer"))
        }
        return name
    }
}
