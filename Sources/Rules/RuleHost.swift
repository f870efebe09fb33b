internal import Catalog
internal import Diagnostics
internal import LuaRuntime

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
    /// The virtual time.
    public let clock: RuleClock
    /// The segments, by name.
    public private(set) var segments: [String: Segment] = [:]
    /// The campaigns, sorted by name.
    public var campaigns: [Campaign] { campaignsByName.values.sorted { $0.name < $1.name } }

    let state: LuaState
    private(set) lazy var relationMethods = RelationMethods(self)
    private(set) lazy var segmentKind = SegmentObject.makeKind(self)
    private(set) lazy var recordKind = RecordObject.makeKind(self)
    private var campaignsByName: [String: Campaign] = [:]
    private(set) var scripts: [String: ScriptFile] = [:]
    private var loaded: Set<String> = []
    private var loading: [String] = []
    private lazy var modules = ModuleTable(self)
    /// The latest error that a host word raised.
    var raised: Raised?
    /// The segments that are being asked about the customer, outermost first.
    private var asking: [String] = []
    private(set) var data: (any CustomerData)?
    private var library: TemplateLibrary?
    /// The customers that are being walked; set by the walk itself.
    weak var walk: CustomerWalk?
    /// Takes the requests of the journey that runs now.
    var runningJourney: ((SendRequest) throws -> Void)?

    /// A host whose scripts see the time of `clock`.
    public init(clock: RuleClock) throws {
        self.clock = clock
        state = try LuaState()
        for word in hostWords { state.define(word.name, word.value(self)) }
        let known = state.words
        state.seal(
            unknown: { [unowned self] call in
                try remembering {
                    let name = try call.text(2)
                    throw RuleError.unknown(what: "word", name: name, at: nil, known: known)
                }
            },
            written: { [unowned self] call in
                try remembering {
                    throw LuaError(
                        "'\(try call.text(2))' is global, and scripts share nothing",
                        hint: "write local before it")
                }
            })
    }

    // MARK: Loading

    /// Runs scripts, which define segments and campaigns; then checks every name they use.
    ///
    /// - Throws: the first error as a ``Diagnosable``; the host is then of no further use.
    public func load(_ files: [ScriptFile]) throws {
        for file in files { scripts[file.path] = file }
        for file in files.sorted(by: { $0.path < $1.path }) { _ = try run(file) }
        for segment in segments.values.sorted(by: { $0.name < $1.name }) {
            try checkNames(in: segment.members)
        }
        for campaign in campaigns { try checkNames(in: campaign.audience) }
    }

    /// The audience that an expression in Lua describes: `segment.dormant - segment.complained`.
    public func audience(_ text: String) throws -> SegmentExpression {
        let value = try state.call(try state.load("return \(text)", name: "the command line"))
        switch value {
        case .object(let object as SegmentObject):
            try checkNames(in: object.expression)
            return object.expression
        case .function(let function):
            let location = SourceLocation(file: "the command line", line: 1)
            return .predicate(
                RulePredicate(function: function, owner: "the function given", location: location))
        case let other: throw LuaError("an audience is a segment or a function, got \(other.described)")
        }
    }

    private func checkNames(in expression: SegmentExpression) throws {
        for (name, location) in expression.names where segments[name] == nil {
            throw RuleError.unknown(
                what: "segment", name: name, at: location, known: Array(segments.keys))
        }
    }

    private func run(_ file: ScriptFile) throws -> LuaValue {
        if let value = loaded[file.path] { return value }
        guard !loading.contains(file.path) else { throw RuleError.circularRequire(path: file.path) }
        loading.append(file.path)
        defer { loading.removeLast() }
        let value = try state.call(try state.load(file.text, name: file.path))
        loaded[file.path] = value
        return value
    }

    func require(_ name: String) throws -> LuaValue {
        // Only scripts that were read with the workspace can be named, so no path leads out of it.
        let path = "scripts/\(name.replacing(".", with: "/")).lua"
        guard let file = scripts[path] else {
            throw LuaError(
                "there is no script \(path) to require", hint: "require takes a name such as lib.prices")
        }
        return try run(file)
    }

    func define(_ segment: Segment) throws {
        if let first = segments[segment.name] {
            throw RuleError.duplicate(
                what: "segment", name: segment.name, at: segment.location, first: first.location)
        }
        segments[segment.name] = segment
    }

    func define(_ campaign: Campaign) throws {
        if let first = campaignsByName[campaign.name] {
            throw RuleError.duplicate(
                what: "campaign", name: campaign.name, at: campaign.location, first: first.location)
        }
        campaignsByName[campaign.name] = campaign
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
    func makeFunction(_ word: String, _ body: @escaping (HostCall, RuleHost) throws -> Int32) -> LuaFunction {
        state.makeFunction(word) { [unowned self] call in try body(call, self) }
    }

    func makeSegment(_ expression: SegmentExpression) -> SegmentObject {
        SegmentObject(expression, kind: segmentKind)
    }

    func location(of call: HostCall) -> SourceLocation {
        call.line.map { SourceLocation(file: $0.file, line: $0.line) } ?? SourceLocation(file: "?", line: 0)
    }

    /// The templates, set up when they are first needed: a count of a segment needs none.
    func templates() throws -> TemplateLibrary {
        if let library { return library }
        let made = try TemplateLibrary(self)
        library = made
        return made
    }

    // MARK: Customers

    /// Gives the rules their customers.
    public func attach(_ data: any CustomerData) {
        self.data = data
    }

    func requireData() throws -> any CustomerData {
        guard let data else {
            throw LuaError("there are no customers while scripts load", hint: "ask inside a function(c)")
        }
        return data
    }

    /// Whether the customer whose turn it is belongs to the audience.
    ///
    /// - Throws: ``RuleError`` where a predicate raises or answers neither true nor false.
    public func includes(_ expression: SegmentExpression, in walk: CustomerWalk) throws -> Bool {
        try includes(expression, walk.row)
    }

    func includes(_ expression: SegmentExpression, _ row: LuaRow) throws -> Bool {
        switch expression {
        case .predicate(let predicate):
            guard let answer = try state.test(predicate.function, row) else {
                let got = try state.call(predicate.function, .row(row)).described
                throw RuleError.notABoolean(
                    rule: predicate.owner, got: got, at: predicate.location, customer: walk?.current)
            }
            return answer
        case .named(let name, _): return try includes(try segment(name).members, row)
        case .both(let a, let b): return try includes(a, row) && includes(b, row)
        case .either(let a, let b): return try includes(a, row) || includes(b, row)
        case .without(let a, let b): return try includes(a, row) && !includes(b, row)
        case .not(let a): return try !includes(a, row)
        }
    }
}
