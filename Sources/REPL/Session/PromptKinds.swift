internal import Diagnostics
internal import LuaRuntime
internal import Rules

/// The metatables of the prompt's objects, made once for a host.
final class PromptKinds {
    private var kinds: [String: LuaObjectKind] = [:]
    private var names: [LuaObjectKind: (kind: String, names: (LuaObject) -> [String])] = [:]
    private unowned let host: RuleHost

    init(_ host: RuleHost) {
        self.host = host
    }

    /// The name of an object's kind, and what the object has beside the methods of its kind; nil for an object of scripts.
    func names(of object: LuaObject) -> (kind: String, names: [String])? {
        names[object.kind].map { ($0.kind, $0.names(object)) }
    }

    /// The metatable of a kind of objects, made the first time that it is asked for.
    ///
    /// - Parameters:
    ///   - methods: What can be asked of them with a colon.
    ///   - index: What they have under any other key; where it gives nil, an error names the nearest of `names`.
    ///   - names: The keys that `index` knows, for that error and for completion.
    ///   - count: What `#object` is; without it that is an error.
    ///   - call: What a call of the object gives; without it that is an error.
    func kind(
        _ name: String, _ methods: [HostWord],
        index: @escaping (PromptSession, LuaObject, LuaValue) throws -> LuaValue? = { _, _, _ in nil },
        names: @escaping (LuaObject) -> [String] = { _ in [] },
        count: ((PromptSession, LuaObject) throws -> Int)? = nil,
        call: ((PromptSession, LuaObject, HostCall) throws -> LuaValue)? = nil
    ) -> LuaObjectKind {
        if let known = kinds[name] { return known }
        let functions = Dictionary(
            methods.map { ($0.name, $0.value(host)) }, uniquingKeysWith: { first, _ in first })
        var metamethods: [(String, HostFunction)] = [
            (
                "__index",
                { [unowned host] call in
                    try host.remembering {
                        guard case .object(let object) = try call.value(1) else {
                            throw LuaError("there is no \(name) here")
                        }
                        let key = try call.value(2)
                        if case .text(let text) = key, let function = functions[text] {
                            return call.returns(function)
                        }
                        if let value = try index(host.session, object, key) { return call.returns(value) }
                        guard case .text(let text) = key else { return call.returns(.missing) }
                        throw LuaError(
                            "\(subject(name)) no '\(text)'",
                            hint: suggestion(text, functions.keys + names(object), what: "name"))
                    }
                }
            )
        ]
        if let count {
            metamethods.append(
                (
                    "__len",
                    { [unowned host] call in
                        try host.remembering {
                            guard case .object(let object) = try call.value(1) else { return 0 }
                            return call.returns(.integer(Int64(try count(host.session, object))))
                        }
                    }
                ))
        }
        if let body = call {
            metamethods.append(
                (
                    "__call",
                    { [unowned host] call in
                        try host.remembering {
                            guard case .object(let object) = try call.value(1) else { return 0 }
                            return call.returns(try body(host.session, object, call.withoutSubject))
                        }
                    }
                ))
        }
        let kind = host.state.makeKind(name, metamethods)
        kinds[name] = kind
        self.names[kind] = (name, names)
        return kind
    }
}

/// A kind of objects before what they lack: `a query has`, `people have`.
private func subject(_ kind: String) -> String {
    kind == "people" || kind.hasSuffix("s") ? "\(kind) have" : "\(article(kind)) has"
}
