internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import RuleCompiler

/// A plugin in a host: its own Lua state, and the way between the two states.
///
/// A function of the plugin that the host keeps stands there as a host function that runs it here. Customers come as
/// ``GuestCustomer``, which knows what the plugin may read; plain values and tables are copied.
final class PluginGuest {
    let code: PluginCode
    /// The host that the plugin is part of.
    unowned let main: RuleHost
    /// The plugin's own host: its words, its scripts, its state.
    private(set) var host: RuleHost
    /// The time at which it was loaded.
    private let loadedAt: RuleClock
    /// Whether its Lua runs for the first time, which is when it may register things.
    private(set) var isLoading = false
    /// Whether it runs again in a new state, where the host knows already what it registers.
    private var isRenewing = false
    /// Its functions that the host knows, in the order in which they were registered.
    private var functions: [LuaFunction] = []
    /// Those of them that were made from another one and a text, in their order behind the registered ones.
    private var remakes: [(number: Int, text: String)] = []
    private var registered: [PluginKind: Set<String>] = [:]

    init(_ code: PluginCode, in main: RuleHost) throws {
        self.code = code
        self.main = main
        loadedAt = main.clock
        host = try main.makeGuestHost(code, at: loadedAt)
        host.guest = self
    }

    // MARK: Loading

    /// Runs the plugin's entry, which registers what it provides.
    ///
    /// - Throws: the error of its Lua, or what it says and does not do.
    func load() throws {
        isLoading = true
        defer { isLoading = false }
        try host.load(plugin: code)
        for (kind, names) in code.provides.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for name in names where registered[kind]?.contains(name) != true {
                throw LuaError(
                    "\(code.folder)/plugin.json provides the \(kind.described) '\(name)', which no code registers",
                    hint: "register it with plugin.\(kind.rawValue), or take it out of provides")
            }
        }
    }

    /// A new state in the place of one whose script was ended by force.
    private func renew() throws {
        let before = (host, functions)
        // At the time of the first loading, so that what its variables hold is the same.
        host = try main.makeGuestHost(code, at: loadedAt)
        host.guest = self
        functions = []
        isRenewing = true
        isLoading = true
        defer { (isRenewing, isLoading) = (false, false) }
        do {
            try host.load(plugin: code)
            for (number, text) in remakes where functions.indices.contains(number) {
                functions.append(try host.state.remade(functions[number], as: text))
            }
            guard functions.count == before.1.count else {
                throw LuaError("plugin '\(code.name)' registers other things when it is loaded again")
            }
        } catch {
            // The stopped state answers every call with its error.
            (host, functions) = before
            throw error
        }
        main.lendCustomers(to: self)
    }

    /// Refuses to register what `plugin.json` does not say, or twice, or when rules run.
    func register(_ kind: PluginKind, _ name: String) throws {
        guard isLoading else {
            throw LuaError(
                "plugin.\(kind.rawValue) works only while the plugin loads, not inside a function that is called later"
            )
        }
        guard code.provides[kind]?.contains(name) == true else {
            throw LuaError(
                "plugin '\(code.name)' registers the \(kind.described) '\(name)', which its plugin.json does not provide",
                hint: "add \"\(kind.manifestKey)\": [\"\(name)\"] to provides in \(code.folder)/plugin.json")
        }
        guard isRenewing || registered[kind]?.contains(name) != true else {
            throw LuaError("plugin '\(code.name)' registers the \(kind.described) '\(name)' twice")
        }
        registered[kind, default: []].insert(name)
    }

    /// Hands a definition to the host, its functions as functions of the host.
    func define(
        _ word: String, _ name: String, _ settings: Settings,
        _ define: (String, Settings, RuleHost) throws -> LuaValue?
    ) throws {
        if let kind = PluginKind(rawValue: word), let entry = PluginKindEntry.all[kind] {
            return try provide(kind, name, settings, entry)
        }
        try checkFields(of: settings)
        let table = try bridged(settings.table, owner: settings.owner)
        guard !isRenewing else { return }
        _ = try define(name, Settings(settings.owner, table, main, at: settings.location), main)
    }

    /// Refuses settings that name fields which the plugin may not read: the ties of ranks, and what campaigns come before.
    private func checkFields(of settings: Settings) throws {
        for key in ["rank", "quantiles"] {
            if case .table(let table) = settings[key], case .text(let name) = table["ties"],
                main.isKnownField(name)
            {
                try check(field: name)
            }
        }
        if case .table(let table) = settings["before"], case .text(let name)? = table.array.first,
            main.isKnownField(name)
        {
            try check(field: name)
        }
    }

    /// Hands something to the host that scripts do not define.
    private func provide(_ kind: PluginKind, _ name: String, _ settings: Settings, _ entry: PluginKindEntry)
        throws
    {
        try settings.allow(entry.settings.map(\.name))
        for key in entry.required {
            if case .missing = settings[key] { throw settings.missing(key, example: entry.example) }
        }
        try entry.check(name, settings)
        let table = try bridged(settings.table, owner: settings.owner)
        guard !isRenewing else { return }
        try main.add(
            Provision(
                kind: kind, name: name, plugin: code.name, location: settings.location, settings: table))
    }

    // MARK: Permissions

    /// Refuses what the plugin was not allowed.
    func check(_ kind: PluginPermission.Kind, _ name: String) throws {
        if code.granted.contains(PluginPermission(kind, name)) { return }
        let permission = PluginPermission(kind, name)
        guard code.declared.contains(permission) else {
            let list = kind == .act ? "act" : "read.\(kind.rawValue)s"
            throw LuaError(
                "plugin '\(code.name)' may not \(permission.phrase): its plugin.json does not ask for \(permission.text)",
                hint: "add \"\(name)\" to permissions.\(list) in \(code.folder)/plugin.json")
        }
        throw LuaError(
            "plugin '\(code.name)' may not \(permission.phrase): \(permission.text) was not granted",
            hint: "moonletter plugins grant \(code.name) \(permission.text)")
    }

    /// Refuses a field that the plugin neither provides itself nor was allowed to read.
    func check(field name: String) throws {
        if code.provides[.trait]?.contains(name) == true { return }
        try check(.field, name)
    }

    /// The table that a method of customers reads; nil for one of a plugin.
    static func table(ofMethod name: String) -> String? {
        switch name {
        case "has_tag": "tags"
        case "likes", "interests": "interests"
        case "favourite": "orders"
        case "consents_to": "consents"
        default: nil
        }
    }

    /// The table that rows of a kind are of: an order's lines are the orders'.
    private static func table(ofRow singular: String) -> String {
        if singular == "product" { return "products" }
        return relations.first { $0.singular == singular }?.name ?? "orders"
    }

    /// Whether the plugin may see more of an event than its name and time.
    func mayReadDetails(of event: JourneyEvent) -> Bool {
        let table =
            switch event.name {
            case "order": "orders"
            case "feedback": "feedback"
            case "tag": "tags"
            case "sent", "delivered", "open", "click", "bounce", "complaint", "unsubscribe": "messages"
            default: "events"
            }
        return (try? check(.table, table)) != nil
    }

    /// Refuses a segment or a model that the plugin does not provide: to use it is to know who is in it, or what it says.
    func check(own kind: PluginKind, _ name: String) throws {
        guard code.provides[kind]?.contains(name) == true else {
            throw LuaError(
                "plugin '\(code.name)' may use its own \(kind.described)s only, not '\(name)'",
                hint: "what others define is theirs; read a trait that was granted")
        }
    }

    /// Refuses a method that tells what the plugin may not read.
    func check(method name: String) throws {
        if let table = Self.table(ofMethod: name) { return try check(.table, table) }
        if name == "birthday_within" { try check(.field, "birthday") }
    }

    /// What its functions may reach where SQL answers for them.
    var scope: RuleScope {
        let words = Set(host.state.words)
        return RuleScope(
            reads: { [unowned self] in mayRead($0) },
            readsModel: { [code] in code.provides[.model]?.contains($0) == true },
            knows: { words.contains($0) })
    }

    private func mayRead(_ name: String) -> Bool {
        if relations.contains(where: { $0.name == name }) { return (try? check(.table, name)) != nil }
        if customerMethodNames.contains(name) { return (try? check(method: name)) != nil }
        return (try? check(field: name)) != nil
    }

    // MARK: Between the states

    /// A function of the plugin with another text and the same variables around it, as a function of the host.
    func remade(_ number: Int, as text: String, named name: String) throws -> LuaFunction {
        let function = try host.state.remade(try function(number), as: text)
        remakes.append((number, text))
        return bridged(function, name, .predicate)
    }

    /// The function of the plugin behind a number.
    func function(_ number: Int) throws -> LuaFunction {
        if host.state.isStopped { try renew() }
        return functions[number]
    }

    /// The methods of a kind that the plugin itself provides, as its own Lua calls them.
    func methods(_ kind: PluginKind) -> [(String, LuaValue)] {
        main.provisions(of: kind).filter { $0.plugin == code.name }.compactMap { provision in
            guard let bridge = provision.function("call"), let behind = main.guestFunction(bridge) else {
                return nil
            }
            return (provision.name, .function(functions[behind.number]))
        }
    }

    /// A customer as the plugin sees them.
    func customer(_ id: Int64) -> LuaValue { .object(GuestCustomer(id, kind: host.guestCustomerKind)) }

    /// Runs a function of the plugin with the arguments of a call of the host; gives its first two results.
    func run(_ number: Int, _ call: HostCall, _ kind: LuaBudgets.Kind) throws -> (LuaValue, LuaValue) {
        let function = try function(number)
        let arguments = try (0..<call.count).map { place in
            LuaArgument.value(try guestValue(argument: place + 1, of: call))
        }
        host.state.customer = main.walk?.row.current ?? 0
        let (first, second) = try host.explaining {
            try host.state.callForTwo(function, arguments, within: kind)
        }
        return (try mainValue(first), try mainValue(second))
    }

    private func guestValue(argument place: Int, of call: HostCall) throws -> LuaValue {
        if let id = call.customer(place) { return customer(id) }
        if let relation = main.relation(at: place, of: call) { return try guestValue(.object(relation)) }
        if let row = try main.record(at: place, of: call) { return try guestValue(.object(row)) }
        return try guestValue(try call.value(place))
    }

    private func guestValue(_ value: LuaValue) throws -> LuaValue {
        switch value {
        case .table(let table): return .table(try mapped(table, guestValue))
        case .object(let relation as RelationObject):
            try check(.table, relation.query.relation.name)
            return .object(RelationObject(relation.query, kind: host.relationMethods.kind))
        case .object(let row as RecordObject):
            try check(.table, Self.table(ofRow: row.singular))
            return .object(RecordObject(row.singular, row.fields, row.values, kind: host.recordKind))
        case .object(let person as LuaCustomer): return customer(person.id)
        case .function, .object, .other:
            throw LuaError(
                "what is handed to plugin '\(code.name)' is a plain value, a table, a customer or a relation, got \(value.described)"
            )
        case .missing, .boolean, .integer, .number, .text: return value
        }
    }

    private func mainValue(_ value: LuaValue) throws -> LuaValue {
        switch value {
        case .table(let table): return .table(try mapped(table, mainValue))
        case .object(let relation as RelationObject):
            return .object(RelationObject(relation.query, kind: main.relationMethods.kind))
        case .object(let row as RecordObject):
            return .object(RecordObject(row.singular, row.fields, row.values, kind: main.recordKind))
        case .function, .object, .other:
            throw LuaError(
                "plugin '\(code.name)' gives plain values, tables, relations and rows, got \(value.described)"
            )
        case .missing, .boolean, .integer, .number, .text: return value
        }
    }

    private func mapped(_ table: LuaTable, _ map: (LuaValue) throws -> LuaValue) throws -> LuaTable {
        var result = LuaTable(array: try table.array.map(map))
        result.fields = try table.fields.map { ($0.name, try map($0.value)) }
        return result
    }

    /// A table of settings whose functions are functions of the host.
    private func bridged(_ table: LuaTable, owner: String) throws -> LuaTable {
        var result = LuaTable(
            array: try table.array.map { try bridged($0, "a function of \(owner)", .predicate) })
        result.fields = try table.fields.map { name, value in
            (name, try bridged(value, "'\(name)' of \(owner)", Self.budget(ofSetting: name)))
        }
        return result
    }

    private func bridged(_ value: LuaValue, _ name: String, _ kind: LuaBudgets.Kind) throws -> LuaValue {
        switch value {
        case .function(let function): return .function(bridged(function, name, kind))
        case .table(let table): return .table(try bridged(table, owner: name))
        case .object(let segment as SegmentObject):
            return .object(
                main.makeSegment(
                    segment.expression.mapped { predicate in
                        var predicate = predicate
                        predicate.function = bridged(predicate.function, predicate.owner, .predicate)
                        return predicate
                    }))
        case .object, .other:
            throw LuaError("\(name) is a value, a table, a function or a segment, got \(value.described)")
        case .missing, .boolean, .integer, .number, .text: return value
        }
    }

    private func bridged(_ function: LuaFunction, _ name: String, _ kind: LuaBudgets.Kind) -> LuaFunction {
        let number = functions.count
        functions.append(function)
        host.state.name(function, name)
        // Known to the host already; a function that nobody asks for costs nothing.
        guard !isRenewing else { return function }
        let bridge = main.makeFunction(name) { [unowned self] call, _ in
            let (first, second) = try run(number, call, kind)
            return call.returns(first, second)
        }
        main.note(bridge, as: GuestFunction(guest: self, number: number))
        return bridge
    }

    /// What a function under a key may use.
    private static func budget(ofSetting key: String) -> LuaBudgets.Kind {
        switch key {
        case "content", "render": .template
        case "fit", "read", "report", "run", "text": .line
        default: .predicate
        }
    }
}

/// A function of a plugin behind a function of the host.
struct GuestFunction {
    unowned let guest: PluginGuest
    let number: Int
    /// Keeps the function of the host, whose place in memory another one would take.
    private var kept: LuaFunction?

    init(guest: PluginGuest, number: Int) {
        self.guest = guest
        self.number = number
    }

    /// The same behind a function of the host.
    func keeping(_ function: LuaFunction) -> GuestFunction {
        var result = self
        result.kept = function
        return result
    }
}

/// A customer in the hands of a plugin, which sees of them what it was allowed to.
final class GuestCustomer: LuaCustomer {
    /// The metatable: fields, traits, relations and methods as a rule's `c` has them.
    static func makeKind(_ host: RuleHost) -> LuaObjectKind {
        let own = host.guest?.methods(.method) ?? []
        let methods = Dictionary(
            uniqueKeysWithValues: customerMethods.map { ($0.name, $0.value(host)) } + own)
        return host.state.makeKind(
            "customer",
            [
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            guard let guest = host.guest else { throw LuaError("the plugin is gone") }
                            let (customer, name) = try call.arguments(.customer("c"), .text("name"))
                            if let method = methods[name] {
                                try guest.check(method: name)
                                return call.returns(method)
                            }
                            if let relation = relations.first(where: { $0.name == name }) {
                                try guest.check(.table, name)
                                return call.returns(
                                    RelationObject(
                                        RelationQuery(relation, of: customer), kind: host.relationMethods.kind
                                    ))
                            }
                            if let other = guest.main.provision(.method, name) {
                                throw LuaError(
                                    "c:\(name) is a method of plugin '\(other.plugin)', and plugins call only their own"
                                )
                            }
                            if guest.main.isField(name) { try guest.check(field: name) }
                            return call.returns(try guest.main.read(name, of: customer))
                        }
                    }
                ),
                (
                    "__newindex",
                    { [unowned host] _ in
                        try host.remembering {
                            throw LuaError("a customer cannot be changed; rules only read")
                        }
                    }
                ),
                (
                    "__eq",
                    { call in
                        let (one, other) = try call.arguments(.customer("c"), .customer("c"))
                        return call.returns(.boolean(one == other))
                    }
                ),
            ])
    }
}
