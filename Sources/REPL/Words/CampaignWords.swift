internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Simulator
internal import Store

/// Words about campaigns: who is meant, what is sent, and what would become of it.
let campaignWords: [HostWord] = [
    HostWord(
        prompt: "explain", "explain(segment | campaign | function, c)",
        "How a segment or the audience of a campaign is worked out; with a customer, why they are in it or not.",
        example: "explain(segment.dormant, customer(42))"
    ) { call, session in
        try call.checkCount(2)
        let question: AudienceQuestion
        switch try call.value(1) {
        case .object(let segment as SegmentObject):
            question = try AudienceQuestion(segment.expression, session.host)
        case .text(let text): question = try AudienceQuestion(text, session.host)
        case .function, .table:
            let (audience, text) = try session.host.audience(of: call.value(1), for: "explain")
            question = try AudienceQuestion(audience, as: text, session.host)
        case let other: throw call.mismatch(1, "a segment or the name of a campaign", other)
        }
        if case .missing = try call.value(2) { return call.returns(try ExplanationObject(question, session)) }
        let customer = try call.namedCustomer(2).id(session)
        return call.returns(try ExplanationObject(question, of: customer, session))
    }.gives("explanation").naming("c", .customer).showingExample(),
    HostWord(
        prompt: "why", "why(campaign, c) or why(c)",
        """
        The story of a customer in a campaign or in all: from the last dry run of this prompt that has it, else from the \
        newest run file, else from a dry run of this customer alone.
        """, example: "why(\"win-back\", customer(42))"
    ) { call, session in
        try call.checkCount(2)
        guard call.count > 1 else {
            if case .text(let name) = try call.value(1),
                session.host.campaigns.contains(where: { $0.name == name })
            {
                throw LuaError("why takes a customer too", hint: "why(\"\(name)\", customer(42))")
            }
            return call.returns(try session.why(nil, call.namedCustomer(1).id(session)))
        }
        let campaign = try call.campaign(1)
        return call.returns(try session.why(campaign, call.namedCustomer(2).id(session)))
    }.gives("story").naming("c", .customer),
    HostWord(
        prompt: "preview", "preview(campaign, c | { sample = n })",
        """
        The messages of a campaign as a customer would see them, or as customers of its audience would who differ; three \
        unless the sample says otherwise. Policy is not asked.
        """, example: "preview(\"win-back\", customer(42))[1].subject", settings: previewSettings
    ) { call, session in
        try call.checkCount(2)
        return call.returns(try session.preview(try call.campaign(1), call))
    }.gives("preview").naming("c", .customer).showingExample(),
    HostWord(
        prompt: "dry_run", "dry_run(campaign, …, { days = 30, from = …, as_of = …, assume = …, seed = … })",
        """
        Who would receive what, and why the others would not: a dry run of these campaigns of the scripts, of all where \
        none is named. It sends nothing; the run is kept in runs/.
        """, example: "r = dry_run(\"win-back\", { days = 14 })", settings: runSettings
    ) { call, session in
        call.returns(try session.dryRun(try session.runRequest(call)))
    }.gives("run"),
    HostWord(
        prompt: "runs", doc: "The dry runs in runs/, the newest first.", example: "runs()"
    ) { session in .object(try session.runTable()) }.gives("table").showingExample(),
    HostWord(
        prompt: "run", .text("name", "the name of a run, such as \"2026-12-01-win-back\""),
        doc: "A dry run that was made before, by its name in runs/ or its path.",
        example: "run \"2026-12-01-win-back\""
    ) { session, name in .object(try session.run(named: name)) }.gives("run").naming("name", .run),
    HostWord(
        prompt: "compare", "compare(r1, r2)",
        "What differs between two dry runs, or two names of runs.",
        example: "compare(run \"2026-12-01-win-back\", r)"
    ) { call, session in
        try call.checkCount(2)
        return call.returns(
            ComparisonObject(try session.run(call, 1), try session.run(call, 2), session))
    }.gives("comparison").naming("r1", .run).naming("r2", .run),
]

/// The settings of a preview.
private let previewSettings = ["sample"]

/// The settings of a dry run.
private let runSettings = ["days", "from", "as_of", "assume", "seed"]

extension HostCall {
    fileprivate func campaign(_ position: Int) throws -> String {
        guard case .text(let name) = try value(position) else {
            throw mismatch(position, "the name of a campaign", try value(position))
        }
        return name
    }
}

extension PromptSession {
    // MARK: Campaigns of the scripts

    /// Refuses a campaign that scripts do not have: a run reads them from their files.
    fileprivate func checkSaved(_ campaign: String) throws {
        let known = try host.campaign(campaign)
        guard host.isTyped(known.location) else { return }
        throw LuaError(
            "campaign '\(campaign)' is at the prompt only, and its scripts are read from files",
            hint: "save(\"\(campaign)\", \"scripts/\(campaign).lua\") writes it")
    }

    /// Says which definitions of the prompt a run does not see.
    fileprivate func noteUnsaved() {
        let names =
            host.segments.values.filter { host.isTyped($0.location) }.map { "segment \($0.name)" }
            + host.traits.values.filter { host.isTyped($0.location) }.map { "trait \($0.name)" }
        guard !names.isEmpty else { return }
        output.note(
            "\(names.sorted().joined(separator: ", ")): as in the scripts, not as at the prompt, until saved")
    }

    // MARK: Runs

    fileprivate func why(_ campaign: String?, _ customer: Int64) throws -> RunStory {
        if let campaign { try checkSaved(campaign) }
        if let run = try latestRun(of: campaign) {
            return try RunStory(run, of: customer, in: campaign, self)
        }
        return try RunStory(aloneOf: customer, in: campaign, self)
    }

    /// The last dry run of this prompt that has the campaign, else the newest run file that has it.
    private func latestRun(of campaign: String?) throws -> RunObject? {
        for path in madeRuns.reversed() + (try bench.runs()) {
            // A run that was removed or that another version made has no story to tell.
            guard let run = try? RunObject(path, self) else { continue }
            if campaign.map(run.campaigns.contains) ?? true { return run }
        }
        return nil
    }

    fileprivate func dryRun(_ request: RunRequest) throws -> RunObject {
        for campaign in request.campaigns { try checkSaved(campaign) }
        noteUnsaved()
        let path = try bench.dryRun(request)
        madeRuns.append(path)
        return try RunObject(path, self)
    }

    /// The run that an argument is, or names.
    fileprivate func run(_ call: HostCall, _ position: Int) throws -> RunObject {
        switch try call.value(position) {
        case .object(let run as RunObject): return run
        case .text(let name): return try run(named: name)
        case let other: throw call.mismatch(position, "a run or the name of one", other)
        }
    }

    fileprivate func run(named name: String) throws -> RunObject {
        let paths = try bench.runs()
        let names = paths.map(RunObject.name(ofFile:))
        if let place = paths.indices.first(where: { names[$0] == name || names[$0] + ".run" == name }) {
            return try RunObject(paths[place], self)
        }
        if FileManager.default.fileExists(atPath: name) { return try RunObject(name, self) }
        throw LuaError(
            "there is no run '\(name)' in runs/",
            hint: names.isEmpty ? "make one with: dry_run()" : suggestion(name, names, what: "run"))
    }

    fileprivate func runTable() throws -> ResultTable {
        let fields = [
            Field("name", .text, "The name, for run."), Field("begins", .instant, "When it begins."),
            Field("days", .integer, "How long it lasts."), Field("campaigns", .text, "Its campaigns."),
            Field("responses", .text, "How people respond."),
        ]
        let rows = try bench.runs().map { path -> [Value] in
            let name = RunObject.name(ofFile: path)
            guard let file = try? RunFile(path: path), let header = try? file.header(),
                let campaigns = try? file.campaigns()
            else { return [.text(name), .null, .null, .text("cannot be read"), .null] }
            return [
                .text(name), .integer(header.now), .integer((header.until - header.now) / 86_400),
                .text(campaigns.map(\.name).joined(separator: ", ")), .text(header.responses),
            ]
        }
        return ResultTable(fields, rows, self)
    }

    // MARK: Arguments

    /// What `dry_run` is asked: names, or one table of names and settings.
    fileprivate func runRequest(_ call: HostCall) throws -> RunRequest {
        var names: [LuaValue] = []
        var settings: [(name: String, value: LuaValue)] = []
        for position in 1...max(1, call.count) {
            switch try call.value(position) {
            case .missing where call.count <= 1: break
            case .table(let table) where position == call.count:
                names += table.array
                settings = table.fields
            case let value: names.append(value)
            }
        }
        var request = RunRequest(
            try names.map { value in
                guard case .text(let name) = value else {
                    throw LuaError("dry_run takes names of campaigns, got \(value.described)")
                }
                return name
            })
        for (name, value) in settings { try set(name, value, &request) }
        if let from = request.from, let past = request.asOf, past > from {
            throw LuaError(
                "the run would begin before as_of, as of which it reads the store",
                hint: "name an earlier as_of, or leave from out")
        }
        return request
    }

    private func set(_ name: String, _ value: LuaValue, _ request: inout RunRequest) throws {
        switch (name, value) {
        case ("days", .integer(let days)) where (0...3660).contains(days): request.days = Int(days)
        case ("days", _): throw wrong(name, "a whole number from 0 to 3660", value)
        case ("seed", .integer(let seed)) where seed >= 0: request.seed = UInt64(seed)
        case ("seed", _): throw wrong(name, "a whole number from 0 on", value)
        case ("from", _): request.from = try instant(name, value)
        case ("as_of", _): request.asOf = try instant(name, value)
        case ("assume", .text(let model)): request.assume = try assumption(model)
        case ("assume", _):
            throw wrong(
                name, "history, none, all, shares such as open=0.25, or a response of the scripts", value)
        default:
            throw LuaError(
                "dry_run has no setting '\(name)'", hint: suggestion(name, runSettings, what: "setting"))
        }
    }

    /// How people respond: a word, shares, or a response of the scripts.
    private func assumption(_ model: String) throws -> String {
        if model == "history" || ResponseModel(model) != nil { return model }
        guard !model.contains("=") else {
            throw wrong(
                "assume",
                "shares from 0 to 1 of \(ResponseRates.names.joined(separator: ", ")), such as open=0.25,click=0.04",
                .text(model))
        }
        let name = ResponseModel.scriptName(in: model) ?? model
        guard host.responses[name] != nil else {
            throw LuaError(
                "there is no response '\(name)' in the scripts",
                hint: suggestion(
                    name, ["all", "history", "none"] + host.responses.keys, what: "assumption"))
        }
        return model
    }

    /// A time in seconds, or as a text on the workspace's clock.
    private func instant(_ name: String, _ value: LuaValue) throws -> Int64 {
        switch value {
        case .integer(let time): return time
        case .number(let time) where abs(time) < 9e15: return Int64(time.rounded(.down))
        case .text(let text):
            if let time = try bench.clock().instant(text) { return time }
            fallthrough
        default: throw wrong(name, "a time such as \"2026-12-01 09:00\" or days_ago(30)", value)
        }
    }

    private func wrong(_ name: String, _ expected: String, _ value: LuaValue) -> LuaError {
        LuaError("'\(name)' of dry_run takes \(expected), got \(value.described)")
    }

    // MARK: Previews

    fileprivate func preview(_ name: String, _ call: HostCall) throws -> PreviewObject {
        try checkSaved(name)
        var customer: Int64?
        var count = 3
        switch try call.value(2) {
        case .missing: break
        case .table(let table):
            for field in table.fields where !previewSettings.contains(field.name) {
                throw LuaError(
                    "preview has no setting '\(field.name)'",
                    hint: suggestion(field.name, previewSettings, what: "setting"))
            }
            guard table.array.isEmpty else { throw LuaError("preview takes a customer, or { sample = n }") }
            guard case .integer(let number) = table["sample"] else {
                throw LuaError("'sample' of preview takes a number, got \(table["sample"].described)")
            }
            count = try whole(Double(number), of: 1...PreviewText.sampleLimit, "the sample of preview")
        default: customer = try call.namedCustomer(2).id(self)
        }
        noteUnsaved()
        var source = try bench.rules(at: try bench.clock(), templates: true)
        source.messageOptions.notesBranches = customer == nil
        let writer = try source.makeHost()
        let data = bench.data(snapshot)
        writer.attach(data)
        _ = try writer.findPopulations(
            writer.populationsNeeded(by: [name]), kept: snapshot.keptPopulation)
        let preview = CampaignPreview(writer, data, try writer.campaign(name), channels: bench.channels)
        let sample =
            try customer.map { CampaignPreview.Sample(messages: try preview.messages(to: $0)) }
            ?? preview.sample(count)
        guard !sample.messages.isEmpty else {
            throw LuaError(
                customer == nil
                    ? "nobody in the audience of '\(name)' gets a message"
                    : "the journey asks for no message",
                hint: "explain \"\(name)\" shows who is in the audience")
        }
        return PreviewObject(sample, of: customer == nil ? count : sample.enough, self)
    }
}
