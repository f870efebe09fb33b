public import Basics
public import Catalog
public import LuaRuntime

/// All that a host is made from, so that any thread can make one of its own and all of them answer alike.
public struct RuleSource: Sendable {
    /// The rule scripts.
    public var scripts: [ScriptFile]
    /// The plugins that are enabled.
    public var plugins: [PluginCode] = []
    /// The templates and their translations; none where no message is written.
    public var templates: [ScriptFile]
    /// The virtual time.
    public var clock: RuleClock
    /// What scripts may use.
    public var budgets: LuaBudgets
    /// Decides the random numbers of scripts.
    public var seed: UInt64
    /// Whether SQL answers what it can; plain Lua gives the same.
    public var pushdown: Bool
    /// How messages are written.
    public var messageOptions = MessageOptions()
    /// The language of messages for customers who have none of their own.
    public var language: LanguageTag?
    /// Days off, for send windows.
    public var calendars = CampaignCalendars()
    /// Is told of each plugin that a host leaves out, by every host that is made.
    public var onPluginProblem: @Sendable (PluginProblem) -> Void = { _ in }
    /// What is known of traits over the whole population and of models.
    public var populations = Populations()
    var templateCache = TemplateCache()

    /// Scripts and templates under a clock, with the standard budgets unless said otherwise.
    public init(
        scripts: [ScriptFile], templates: [ScriptFile] = [], clock: RuleClock,
        budgets: LuaBudgets = .standard,
        seed: UInt64 = 1, pushdown: Bool = true, language: LanguageTag? = nil
    ) {
        self.scripts = scripts
        self.templates = templates
        self.clock = clock
        self.budgets = budgets
        self.seed = seed
        self.pushdown = pushdown
        self.language = language
    }

    /// The texts of the scripts by path.
    public var scriptTexts: [String: String] {
        Dictionary(scripts.map { ($0.path, $0.text) }) { first, _ in first }
    }

    /// A host with everything loaded, which still needs its customers: ``RuleHost/attach(_:)``.
    ///
    /// - Throws: the first error of a script or template as a ``Diagnosable``.
    public func makeHost() throws -> RuleHost {
        let host = try RuleHost(
            clock: clock, budgets: budgets, seed: seed, pushdown: pushdown, language: language)
        host.messageOptions = messageOptions
        host.templateCache = templateCache
        host.calendars = calendars
        host.load(plugins: plugins)
        host.pluginProblems.forEach(onPluginProblem)
        host.populations = populations
        try host.load(scripts)
        try host.load(templates: templates)
        return host
    }
}

extension RuleHost {
    /// A host made from the same scripts and templates, at the same time, with the same customers and what is simulated of
    /// them: it takes the place of one whose script was ended by force.
    public func makeReplacement() throws -> RuleHost {
        var source = RuleSource(
            scripts: Array(scripts.values), templates: templateFiles, clock: clock, budgets: state.budgets,
            seed: seed, pushdown: pushdown, language: language)
        source.plugins = guests.map(\.code)
        source.messageOptions = messageOptions
        source.templateCache = templateCache
        source.calendars = calendars
        source.populations = populations
        let host = try source.makeHost()
        if let data { host.attach((data as? SimulatedCustomers)?.stored ?? data, history) }
        return host
    }
}
