internal import LuaRuntime
internal import Rules

extension HostWord {
    /// A word of the prompt that reads its arguments itself.
    init(
        prompt name: String, _ signature: String, _ doc: String, example: String, settings: [String] = [],
        _ body: @escaping @Sendable (HostCall, PromptSession) throws -> Int32
    ) {
        self.init(name, signature, doc, example: example, place: .prompt, settings: settings) { host in
            .function(host.makeFunction(name) { call, host in try body(call, try host.session) })
        }
    }

    /// A word of the prompt with these parameters; where `body` gives nil, a call gives nothing that could be printed.
    init<each Argument>(
        prompt name: String, _ parameters: repeat LuaParameter<each Argument>, doc: String, example: String,
        _ body: @escaping @Sendable (PromptSession, repeat each Argument) throws -> LuaValue?
    ) {
        let infos = Self.infos(repeat each parameters)
        self.init(
            name, "\(name)\(Self.list(infos))", doc, example: example, place: .prompt, parameters: infos
        ) { host in
            .function(
                host.makeFunction(name) { call, host in
                    try body(host.session, repeat each call.arguments(repeat each parameters))
                        .map { call.returns($0) } ?? call.returnsNothing()
                })
        }
    }

    /// A method of objects of a class, which the prompt calls `object`; `shown` is how an example writes one. Where
    /// `body` gives nil, a call gives nothing.
    init<Object: LuaObject, each Argument>(
        of object: String, _ type: Object.Type, shown: String, _ name: String,
        _ parameters: repeat LuaParameter<each Argument>, doc: String, example: String,
        _ body: @escaping @Sendable (PromptSession, Object, repeat each Argument) throws -> LuaValue?
    ) {
        let infos = Self.infos(repeat each parameters)
        let signature = "\(shown):\(name)\(Self.list(infos))"
        self.init(
            name, signature, doc, example: example, place: .object(object), parameters: infos
        ) { host in
            .function(
                host.makeFunction("\(object):\(name)") { call, host in
                    guard case .object(let subject) = try call.value(1), let subject = subject as? Object
                    else { throw LuaError("'\(name)' is called with a colon: \(signature)") }
                    let call = call.withoutSubject
                    return try body(
                        host.session, subject, repeat each call.arguments(repeat each parameters)
                    ).map { call.returns($0) } ?? call.returnsNothing()
                })
        }
    }
}

extension RuleHost {
    /// The session that the prompt's words belong to.
    var session: PromptSession {
        get throws {
            guard let session = explorer as? PromptSession else { throw LuaError("there is no prompt here") }
            return session
        }
    }
}
