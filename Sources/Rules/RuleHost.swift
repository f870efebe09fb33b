public import Basics
public import Catalog
internal import Diagnostics
public import LuaRuntime
internal import RuleCompiler
internal import ScriptSyntax

/// A script as it was read.
public struct ScriptFile: Sendable {
    /// The path as errors show it: `scripts/win-back.lua`.
    public let path: String
    /// The text.
    public let text: String

    /// A script from its path and text.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}

/// The scripts of a workspace, loaded: what they define, and the Lua state that runs it.
///
/// Load once, ``attach(_:)`` customers, then walk them. Not safe to share between threads.
public final class RuleHost {
    /// The virtual time; ``moveTime(to:)`` moves it.
    public private(set) var clock: RuleClock
    /// The segments, by name.
    public private(set) var segments: [String: Segment] = [:]
    /// The traits, by name.
    public private(set) var traits: [String: Trait] = [:]
    /// The models, by name.
    public private(set) var models: [String: Model] = [:]
    /// What is known of traits over the whole population and of models. They hold for the instant they were found for,
    /// whatever is simulated since and wherever the time moves.
    public var populations = Populations() {
        didSet {
            data?.populationFields = populations.fields
            noteChange()
        }
    }
    /// What of them was asked for and is not known.
    var missingPopulation: String?
    /// What of them was asked for.
    var usedPopulations: Set<String> = []
    /// How people respond, by name.
    public private(set) var responses: [String: Response] = [:]
    /// The tests, in the order of files and lines.
    public internal(set) var tests: [ScriptTest] = []
    /// The campaigns, sorted by name.
    public var campaigns: [Campaign] { campaignsByName.values.sorted { $0.name < $1.name } }

    /// Whether SQL answers what it can; plain Lua gives the same.
    public let pushdown: Bool
    /// The Lua that scripts run in.
    package let state: LuaState
    let seed: UInt64
    /// How messages are written; set it before templates are loaded.
    public var messageOptions = MessageOptions()
    var templateCache = TemplateCache()
    /// The language of messages for customers who have none of their own.
    let language: LanguageTag?
    /// What the statements of this host are given when they run.
    let computed = ComputedArguments()
    private var analyses: [String: ScriptAnalysis] = [:]
    private(set) lazy var words = Set(state.words)
    private(set) lazy var wordNames = makeWordNames()
    /// The templates as they were read.
    var templateFiles: [ScriptFile] = []
    private(set) lazy var relationMethods = RelationMethods(self)
    /// Where the rows of relations come from.
    private(set) lazy var streams = makeStreams()
    private(set) lazy var segmentKind = SegmentObject.makeKind(self)
    private(set) lazy var recordKind = RecordObject.makeKind(self)
    /// The plugins, in the order of their names.
    private(set) var guests: [PluginGuest] = []
    /// The plugin whose own host this is; nil for the host of a workspace.
    weak var guest: PluginGuest?
    /// What its customers are, as far as it is a plugin's.
    private(set) lazy var guestCustomerKind = GuestCustomer.makeKind(self)
    /// What plugins provide beside definitions, in the order of plugins and their lines.
    private(set) var provisions: [Provision] = []
    /// What went wrong with plugins, which were left out.
    public private(set) var pluginProblems: [PluginProblem] = []
    /// What plugins define, which stays when scripts are loaded again.
    private var pluginDefinitions = Definitions()
    private var guestFunctions: [UInt: GuestFunction] = [:]
    /// Reads a part of a customer as scripts do.
    private lazy var partReader = try? state.loadTrusted("local c, name = ... return c[name]", name: "part")
    private var campaignsByName: [String: Campaign] = [:]
    private(set) var scripts: [String: ScriptFile] = [:]
    private var loaded: Set<String> = []
    private var loading: [String] = []
    private(set) var modules: ModuleTable?
    private(set) var testTable: TestTable?
    /// The test that runs; nil where none does.
    var session: TestSession?
    private(set) lazy var storyKind = StoryObject.makeKind(self)
    /// What a person typed as Lua.
    var lineText = ""
    /// What a person at the prompt has typed and defined; nil where there is none.
    package internal(set) var prompt: Prompt?
    /// What the words of the prompt ask; the room above puts it there.
    package weak var explorer: AnyObject?
    /// Counts all customers for commands and sections of plugins, while one runs; the room above puts it there.
    package weak var population: (any PopulationCounts)?
    /// The latest error that a host word raised.
    var raised: Raised?
    /// The segments that are being asked about the customer, outermost first.
    var asking: [String] = []
    /// What a rule asks just now; nil while only the walk asks.
    var askedAudience: AudienceFilter?
    var namedAudiences: [String: Audience] = [:]
    /// The customers as rules see them: as they are stored, with what is simulated of them.
    public private(set) var data: (any CustomerData)?
    /// What is simulated of them.
    private(set) var history: SimulatedHistory?
    /// Another number for each change of what rules see of one and the same customer.
    private(set) var revision: UInt64 = 0
    private var begun: [(what: String, name: String, location: SourceLocation)] = []
    private(set) var library: TemplateLibrary?
    /// The customers that are being walked; set by the walk itself.
    weak var walk: CustomerWalk?
    /// The campaign whose journey runs now.
    var runningCampaign: Campaign?
    /// What the workspace says about calendars, for campaigns.
    var calendars = CampaignCalendars()
    /// The metatable of what a journey asks for.
    private(set) lazy var stepKind = state.makeKind("step", [])

    /// A host whose scripts see the time of `clock` and may use what `budgets` say; `seed` decides their random
    /// numbers. Without `pushdown` all rules run in Lua. Messages are in `language` where a customer's own has none.
    public convenience init(
        clock: RuleClock, budgets: LuaBudgets = .standard, seed: UInt64 = 1, pushdown: Bool = true,
        language: LanguageTag? = nil
    ) throws {
        try self.init(
            clock: clock, budgets: budgets, seed: seed, pushdown: pushdown, language: language,
            words: hostWords)
    }

    private init(
        clock: RuleClock, budgets: LuaBudgets, seed: UInt64, pushdown: Bool, language: LanguageTag?,
        words: [HostWord]
    ) throws {
        self.language = language
        self.clock = clock
        self.seed = seed
        self.pushdown = pushdown
        state = try LuaState(budgets: budgets, seed: seed)
        modules = try ModuleTable(self)
        testTable = try TestTable(self)
        for word in words { state.define(word.name, word.value(self)) }
        state.seal(
            unknown: { [unowned self] call in
                try remembering {
                    let name = try call.withoutSubject.arguments(.text("name"))
                    throw RuleError.unknown(what: "word", name: name, at: nil, known: state.words)
                }
            },
            written: { [unowned self] call in
                try remembering {
                    var name = try call.value(2).described
                    if case .text(let text) = try call.value(2) { name = "'\(text)'" }
                    throw LuaError(
                        "\(name) is global, and scripts share nothing",
                        hint: "write local before it")
                }
            })
    }

    // MARK: Loading

    /// Runs scripts, which define segments, traits and campaigns; then checks every name they use.
    ///
    /// - Throws: the first error as a ``Diagnosable``; the host is then of no further use.
    public func load(_ files: [ScriptFile]) throws {
        for file in files { scripts[file.path] = file }
        try explaining {
            for file in files.sorted(by: { $0.path < $1.path }) { try run(file) }
            try checkBegun()
            for segment in segments.values.sorted(by: { $0.name < $1.name }) {
                try checkNames(in: segment.members)
            }
            try checkCircles()
            for audience in campaigns.compactMap(\.audience) { try checkNames(in: audience) }
            try checkPopulations()
        }
    }

    /// Refuses what is made among segments that there are not.
    private func checkPopulations() throws {
        for among in traits.values.sorted(by: { $0.name < $1.name }).compactMap(\.among) {
            try checkNames(in: among)
        }
        for among in models.values.sorted(by: { $0.name < $1.name }).compactMap(\.among) {
            try checkNames(in: among)
        }
    }

    /// Loads scripts again, some of which have changed, into the same state: what was typed and the variables stay. What a
    /// script defines goes before what was typed under that name.
    ///
    /// - Throws: the first error as a ``Diagnosable``; all is then as it was.
    package func reload(_ files: [ScriptFile]) throws {
        let before = (definitions(), scripts, loaded, tests, analyses, data)
        let retired = state.retired
        for file in files where scripts[file.path].map({ $0.text != file.text }) ?? true {
            state.retire(file.path)
            analyses[file.path] = nil
        }
        restore(pluginDefinitions)
        (scripts, loaded, tests, data) = ([:], [], [], nil)
        defer { data = before.5 }
        do {
            try load(files)
            restore(before.0.typed(self).replaced(by: definitions()))
        } catch {
            begun = []
            restore(before.0)
            (scripts, loaded, tests, analyses) = (before.1, before.2, before.3, before.4)
            state.reinstate(retired)
            throw error
        }
    }

    private func run(_ file: ScriptFile) throws {
        if loaded.contains(file.path) { return }
        guard !loading.contains(file.path) else { throw RuleError.circularRequire(path: file.path) }
        // Each level takes a piece of the C stack.
        guard loading.count < 50 else {
            throw LuaError("more than 50 scripts require each other in a row")
        }
        loading.append(file.path)
        defer { loading.removeLast() }
        try modules?.run(file, in: state)
        loaded.insert(file.path)
    }

    /// Runs the script of that name, where it has not run yet; gives its path.
    func require(_ name: String) throws -> String {
        // Only scripts that were read with the workspace can be named, so no path leads out of it.
        guard name.utf8.count <= 200 else { throw LuaError("require takes a name of at most 200 bytes") }
        let path = "\(scriptFolder)/\(name.replacing(".", with: "/")).lua"
        guard let file = scripts[path] else {
            throw LuaError(
                "there is no script \(path) to require", hint: "require takes a name such as lib.prices")
        }
        try explaining { try run(file) }
        return path
    }

    /// Where `require` finds scripts.
    private var scriptFolder: String { guest?.code.folder ?? "scripts" }

    /// A script wrote `segment "name"`; the table that defines it must follow.
    func begin(_ what: String, _ name: String, at location: SourceLocation) throws {
        if let guest, let kind = PluginKind(rawValue: what) {
            try guest.register(kind, name)
            begun.append((what, name, location))
            return
        }
        guard data == nil || isTyped(location) else {
            throw LuaError("\(what) works only at the top of a script, not inside a function that rules call")
        }
        begun.append((what, name, location))
    }

    /// Names that were begun and not defined: `segment "vip"` without its table.
    ///
    /// - Throws: an error about the first.
    func checkBegun() throws {
        guard let (what, name, location) = begun.first else { return }
        begun = []
        throw RuleError.noBody(what: what, name: name, at: location)
    }

    /// The table has followed.
    func end(_ what: String, _ name: String) {
        if let index = begun.firstIndex(where: { $0.what == what && $0.name == name }) {
            begun.remove(at: index)
        }
    }

    func define(_ segment: Segment) throws {
        if let first = segments[segment.name], !isTyped(segment.location) {
            throw RuleError.duplicate(
                what: "segment", name: segment.name, at: segment.location, first: first.location)
        }
        segments[segment.name] = segment
    }

    package func define(_ trait: Trait) throws {
        if let first = traits[trait.name], !isTyped(trait.location) {
            throw RuleError.duplicate(
                what: "trait", name: trait.name, at: trait.location, first: first.location)
        }
        traits[trait.name] = trait
    }

    /// Forgets a trait that was defined for one question.
    func undefineTrait(_ name: String) {
        traits[name] = nil
    }

    package func define(_ model: Model) throws {
        if let first = models[model.name], !isTyped(model.location) {
            throw RuleError.duplicate(
                what: "model", name: model.name, at: model.location, first: first.location)
        }
        models[model.name] = model
    }

    func define(_ response: Response) throws {
        if let first = responses[response.name], !isTyped(response.location) {
            throw RuleError.duplicate(
                what: "response", name: response.name, at: response.location, first: first.location)
        }
        responses[response.name] = response
    }

    func define(_ campaign: Campaign) throws {
        if let first = campaignsByName[campaign.name], !isTyped(campaign.location) {
            throw RuleError.duplicate(
                what: "campaign", name: campaign.name, at: campaign.location, first: first.location)
        }
        campaignsByName[campaign.name] = campaign
    }

    /// What has been defined, so that it can be so again.
    func definitions() -> Definitions {
        Definitions(
            segments: segments, traits: traits, models: models, responses: responses,
            campaigns: campaignsByName)
    }

    /// Lets the definitions be what they were, or became at the prompt; what was made from others is made anew.
    func restore(_ definitions: Definitions) {
        segments = definitions.segments
        traits = definitions.traits
        models = definitions.models
        responses = definitions.responses
        campaignsByName = definitions.campaigns
        namedAudiences = [:]
        noteChange()
    }

    /// The campaign of that name.
    ///
    /// - Throws: an error with the nearest name where there is none.
    public func campaign(_ name: String) throws -> Campaign {
        guard let campaign = campaignsByName[name] else {
            throw RuleError.unknown(what: "campaign", name: name, at: nil, known: Array(campaignsByName.keys))
        }
        return campaign
    }

    /// The segment of that name.
    ///
    /// - Throws: an error with the nearest name where there is none.
    public func segment(_ name: String) throws -> Segment {
        guard let segment = segments[name] else {
            throw RuleError.unknown(what: "segment", name: name, at: nil, known: Array(segments.keys))
        }
        return segment
    }

    /// A Lua function of the host; it holds the host weakly, for the host owns the state that owns it.
    package func makeFunction(
        _ word: String, _ body: @escaping (HostCall, RuleHost) throws -> Int32
    ) -> LuaFunction {
        state.makeFunction(word) { [unowned self] call in try remembering { try body(call, self) } }
    }

    /// The same for a method of relations that the bridge answers where it can.
    func makeFunction(
        _ word: String, _ fast: LuaRelationWord, _ body: @escaping (HostCall, RuleHost) throws -> Int32
    ) -> LuaFunction {
        state.makeFunction(word, fast) { [unowned self] call in try remembering { try body(call, self) } }
    }

    func makeSegment(_ expression: SegmentExpression) -> SegmentObject {
        SegmentObject(expression, kind: segmentKind)
    }

    func location(of call: HostCall) -> SourceLocation {
        call.line.map { SourceLocation(file: $0.file, line: $0.line) } ?? SourceLocation(file: "?", line: 0)
    }

    /// The templates, set up when they are first needed: a count of a segment needs none.
    func templates() throws -> TemplateLibrary {
        // A journey of a plugin sends the workspace's.
        if let guest { return try guest.main.templates() }
        if let library { return library }
        let made = try TemplateLibrary(self, language: language)
        library = made
        return made
    }

    // MARK: Plugins

    /// Loads plugins, each into a state of its own, in the order of their names; do it before scripts are loaded. One that
    /// fails is left out with all that it defines, and ``pluginProblems`` says why.
    public func load(plugins: [PluginCode]) {
        for code in plugins.sorted(by: { $0.name < $1.name }) {
            let before = (definitions(), provisions, guestFunctions)
            do {
                let guest = try PluginGuest(code, in: self)
                try guest.load()
                guests.append(guest)
            } catch {
                restore(before.0)
                (provisions, guestFunctions) = (before.1, before.2)
                let diagnostic = (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
                pluginProblems.append(PluginProblem(plugin: code.name, diagnostic))
            }
        }
        pluginDefinitions = definitions()
        defineProvidedWords()
    }

    /// A host for the Lua of a plugin.
    func makeGuestHost(_ code: PluginCode, at clock: RuleClock) throws -> RuleHost {
        var seed = StableHash("plugin", code.name)
        seed.combine(Int64(bitPattern: self.seed))
        return try RuleHost(
            clock: clock, budgets: code.budgets, seed: seed.value, pushdown: false, language: language,
            words: guestWords)
    }

    /// Runs the entry of a plugin in the plugin's own host.
    func load(plugin code: PluginCode) throws {
        for file in code.files { scripts[file.path] = file }
        guard let entry = scripts[code.entry] else {
            throw LuaError("\(code.entry) is missing")
        }
        try explaining {
            try run(entry)
            try checkBegun()
        }
    }

    /// Keeps what a plugin provides.
    func add(_ provision: Provision) throws {
        // Each plugin may know other headers of the same kind.
        if provision.kind != .headers,
            let first = provisions.first(where: { $0.kind == provision.kind && $0.name == provision.name })
        {
            throw LuaError(
                "the \(provision.kind.described) '\(provision.name)' is provided by plugin '\(first.plugin)' already",
                hint: "moonletter plugins disable \(first.plugin)")
        }
        try check(provision)
        provisions.append(provision)
    }

    /// Notes what stands behind a function of the host.
    func note(_ function: LuaFunction, as guestFunction: GuestFunction) {
        guestFunctions[state.info(of: function).identity] = guestFunction.keeping(function)
    }

    /// The function of a plugin behind a function of the host; nil where it is none.
    func guestFunction(_ function: LuaFunction) -> GuestFunction? {
        guestFunctions.isEmpty ? nil : guestFunctions[state.info(of: function).identity]
    }

    /// A field, a fact or a trait of a customer as scripts read it.
    func read(_ name: String, of customer: Int64) throws -> LuaValue {
        guard let reader = partReader, let walk = try walk(of: customer), walk.row.current == customer else {
            throw LuaError("the turn of this customer is over", hint: "read what you need and keep that")
        }
        return try state.call(reader, .row(walk.row), .value(.text(name)), within: .predicate)
    }

    /// Gives a plugin the customers that the rules have.
    func lendCustomers(to guest: PluginGuest) {
        guest.host.data = data
        guest.host.clock = clock
        guest.host.state.mayQuote = state.mayQuote
    }

    // MARK: Customers

    /// Gives the rules their customers, as they are stored or with what a history says of them.
    public func attach(_ data: any CustomerData, _ history: SimulatedHistory? = nil) {
        self.data = history.map { SimulatedCustomers(data, $0) } ?? data
        data.populationFields = populations.fields
        self.history = history
        streams.forget()
        streams.isOn = true
        history?.attach(to: self, over: data)
        noteChange()
        // From now on a text may be a customer's; what a script itself says tells nobody anything new.
        state.mayQuote = { [unowned self] text in
            // What is longer is hardly meant, and takes long to look for.
            guard text.utf8.count <= 100 else { return false }
            return scripts.values.contains { $0.text.contains(text) } || lineText.contains(text)
                || prompt?.inputs.values.contains { $0.text.contains(text) } == true
                || guests.contains { $0.code.files.contains { $0.text.contains(text) } }
        }
        for guest in guests { lendCustomers(to: guest) }
    }

    /// Sets the virtual time, to later or earlier, while no rule runs.
    ///
    /// All that rules, contents and templates are told of the time moves with it: `now`, `today`, `days_ago`,
    /// `birthday_within`, the `now` of templates, what `recommend` takes for bought lately, traits, and what SQL is asked
    /// by a walk. What does not move: the customers' data, which are as of their snapshot, so that this should hold nothing
    /// later than the time; times that a script has kept in a variable; and random numbers.
    /// Cost: nothing by itself; a walk for audiences asks the store anew when it goes on at another time.
    public func moveTime(to now: Int64) {
        guard now != clock.now else { return }
        clock.now = now
        for guest in guests { guest.host.clock.now = now }
        noteChange()
    }

    /// Lets rules see what has come to the store since they asked; a walk goes to its customer again after it.
    ///
    /// What scripts have kept stays as it was read. Of a relation, only rows behind those of before may have come.
    public func renewStored() {
        streams.renew()
        history?.forgetStored()
        noteChange()
    }

    /// What rules see of the customer whose turn it is has changed: traits are computed anew.
    func noteChange() {
        revision &+= 1
    }

    /// Whether something is simulated of a customer, which SQL does not know.
    var isSimulated: Bool { history.map { !$0.isEmpty } ?? false }

    // MARK: Texts for the compiler

    /// A script, or what a person typed, as a tree; nil where it is neither.
    func analysis(of path: String) -> ScriptAnalysis? {
        if let known = analyses[path] { return known }
        guard let file = scripts[path] ?? prompt?.inputs[path] else { return nil }
        var chunk = LuaChunk(parsing: file.text, path: path)
        if !chunk.errors.isEmpty, prompt?.inputs[path] != nil {
            // What is typed may be an expression.
            let expression = LuaChunk(parsing: "return \(file.text)\n", path: path)
            if expression.errors.isEmpty { chunk = expression }
        }
        let analysis = ScriptAnalysis(chunk)
        analyses[path] = analysis
        return analysis
    }

    /// Another text has the name now.
    func forgetAnalysis(of path: String) {
        analyses[path] = nil
    }

    /// The name under which scripts find a function of the host or of Lua's libraries.
    func word(_ function: LuaFunction) -> String? {
        wordNames[state.info(of: function).identity]
    }

    private func makeWordNames() -> [UInt: String] {
        let libraries = [
            "math": ["abs", "ceil", "floor", "max", "min"],
            "string": ["find", "len", "lower", "match", "sub", "upper"],
        ]
        let names = state.words + libraries.flatMap { library, names in names.map { "\(library).\($0)" } }
        var found: [UInt: String] = [:]
        for name in names {
            if case .function(let function) = state.word(name) {
                found[state.info(of: function).identity] = name
            }
        }
        return found
    }

    /// " 'text'" to stand behind a word in an error; `instead` where the text may be a customer's.
    func mention(_ text: String, instead: String = "") -> String {
        state.mayQuote(text) ? " '\(text)'" : instead
    }

    /// Whether a script was ended by force: the host then runs nothing more, and another takes its place.
    public var isStopped: Bool { state.isStopped }

    /// Whether someone asked all scripts to end.
    public static var isInterrupted: Bool { LuaState.isInterrupted }

    /// Whether customers have a field of that name as far as is known before there are any.
    func isKnownField(_ name: String) -> Bool {
        isField(name) || (customerColumns + factFields).contains { $0.name == name }
    }

    /// Whether customers have a field of that name, or a trait gives them one.
    package func isField(_ name: String) -> Bool {
        traits[name] != nil || data?.fields.contains { $0.name == name } == true
    }

    func requireData() throws -> any CustomerData {
        guard let data else {
            throw LuaError("there are no customers while scripts load", hint: "ask inside a function(c)")
        }
        return data
    }
}
