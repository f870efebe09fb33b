internal import LuaRuntime

/// A word that the host adds to Lua: it says itself what it is. Help, completion, suggestions and the
/// reference are made from these entries.
public struct HostWord: Sendable {
    /// The name in scripts.
    public let name: String
    /// The call, as help shows it: `days_ago(n)`.
    public let signature: String
    /// One sentence.
    public let doc: String
    /// A line or two of Lua that use it.
    public let example: String
    let value: @Sendable (RuleHost) -> LuaValue

    init(
        _ name: String, _ signature: String, _ doc: String, example: String,
        _ value: @escaping @Sendable (RuleHost) -> LuaValue
    ) {
        self.name = name
        self.signature = signature
        self.doc = doc
        self.example = example
        self.value = value
    }

    /// A word that is a function; `body` must hold the host weakly, which `host` is.
    init(
        function name: String, _ signature: String, _ doc: String, example: String,
        _ body: @escaping @Sendable (HostCall, RuleHost) throws -> Int32
    ) {
        self.init(name, signature, doc, example: example) { host in
            .function(host.makeFunction(name, body))
        }
    }
}

/// All words, in the order of the reference.
public let hostWords: [HostWord] = definitionWords + timeWords + verbWords
