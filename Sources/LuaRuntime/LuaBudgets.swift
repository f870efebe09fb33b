/// What one call into Lua may use. A call that uses more is ended, whatever its script does to go on.
public struct LuaLimits: Hashable, Sendable {
    /// Bytes that it may hold beyond those that were held when it began.
    public var memory: Int
    /// Instructions of Lua, and steps of library functions: a character that a pattern looks at, an element that
    /// is moved, 64 bytes that are copied. Instructions count from the first 5 milliseconds of a call on.
    public var steps: Int
    /// Seconds of processor time.
    public var seconds: Double

    /// Limits of a kind of call.
    public init(memory: Int, steps: Int, seconds: Double) {
        self.memory = memory
        self.steps = steps
        self.seconds = seconds
    }
}

/// The limits of every kind of call, and of all that a state holds.
public struct LuaBudgets: Hashable, Sendable {
    /// What a call is for.
    public enum Kind: String, CaseIterable, Sendable {
        /// Running a script once, so that it defines what it has to.
        case load
        /// Asking a rule about one customer.
        case predicate
        /// Writing one message, its values included.
        case template
        /// A journey from one verb to the next.
        case journey
        /// A line that a person types.
        case line
        /// A test of a script, with all that it simulates.
        case test
        /// Making the numbers of a model.
        case fit

        /// What it is called in errors: "a message".
        public var described: String {
            switch self {
            case .load: "loading a script"
            case .predicate: "a rule"
            case .template: "a message"
            case .journey: "a step of a journey"
            case .line: "a line"
            case .test: "a test"
            case .fit: "a fit"
            }
        }

        /// What one call is about, where its name does not say it: " for a customer".
        public var extent: String { self == .predicate ? " for a customer" : "" }
    }

    /// Bytes that scripts may hold at a time, all together.
    public var memory: Int
    /// The file that sets them, for errors; nil where that is `workspace.lua`.
    public var manifest: String?
    private var limits: [Kind: LuaLimits]

    /// The limits of a kind of call.
    public subscript(kind: Kind) -> LuaLimits {
        get { limits[kind] ?? LuaLimits(memory: memory, steps: .max, seconds: .infinity) }
        set { limits[kind] = newValue }
    }

    /// The limits that hold where a workspace sets no others: some hundred times what real rules use, and little
    /// enough that a rule without end is found in less than a second.
    public static let standard = LuaBudgets(
        memory: 256 << 20,
        limits: [
            .load: LuaLimits(memory: 96 << 20, steps: 100_000_000, seconds: 5),
            .predicate: LuaLimits(memory: 96 << 20, steps: 20_000_000, seconds: 1),
            .template: LuaLimits(memory: 96 << 20, steps: 20_000_000, seconds: 1),
            .journey: LuaLimits(memory: 96 << 20, steps: 20_000_000, seconds: 1),
            .line: LuaLimits(memory: 192 << 20, steps: 2_000_000_000, seconds: 60),
            .test: LuaLimits(memory: 96 << 20, steps: 100_000_000, seconds: 20),
            .fit: LuaLimits(memory: 192 << 20, steps: 2_000_000_000, seconds: 60),
        ])
}
