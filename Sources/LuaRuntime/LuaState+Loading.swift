internal import CLua
internal import CLuaBridge
internal import Diagnostics

extension LuaState {
    /// Bytes of a script. Lua cannot be interrupted while it compiles, and takes time by the square of the length for
    /// some texts: 0.13 s for the worst one of 64 KB.
    static var sourceLimit: Int { 64 << 10 }

    /// Compiles text; `name` is the file as errors show it. Its globals are those of scripts, or those of another table.
    public func load(_ text: String, name: String, globals: LuaReference? = nil) throws -> LuaFunction {
        let chunk = chunkName(of: name)
        sources[chunk] = name
        try checkSource(text, name: name)
        return try load(text, chunk: "@\(chunk)", globals: globals?.reference ?? environment)
    }

    /// Compiles text of the host itself, which sees all of Lua and is not shown in traces.
    public func loadTrusted(_ text: String, name: String) throws -> LuaFunction {
        try load(text, chunk: "=(\(name))", globals: nil)
    }

    /// Compiles text that the host wrote from a file of the person, as templates are; `name` is the file.
    public func loadTrusted(_ text: String, from name: String) throws -> LuaFunction {
        try checkIndexChains(in: text, name: name)
        let chunk = chunkName(of: name)
        sources[chunk] = name
        return try load(text, chunk: "@\(chunk)", globals: nil)
    }

    func load(_ text: String, chunk: String, globals: Int32?) throws -> LuaFunction {
        lua_checkstack(stack, 16)
        var text = text
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                mlb_load(stack, $0.baseAddress, $0.count, chunk, limits(.load))
            }
        }
        try check(status, .load)
        if let globals {
            mlb_push_ref(stack, globals)
            // The first upvalue of a chunk is its environment.
            lua_setupvalue(stack, -2, 1)
        }
        return registry.keepFunction(from: stack)
    }

    private func checkSource(_ text: String, name: String) throws {
        guard text.utf8.count <= Self.sourceLimit else {
            throw LuaError(
                "\(name) has more than \(Self.sourceLimit >> 10) KB of text",
                hint: "a script is no place for data; import it, or split the script")
        }
        try checkIndexChains(in: text, name: name)
    }

    /// The word `load` of scripts: compiles its first argument with the second as its globals; gives the function,
    /// or nothing and the error.
    func compile(_ call: HostCall) throws -> Int32 {
        let place = scriptLine(on: call.stack) ?? "?"
        do {
            guard case .text(let text) = try call.value(1) else { throw call.mismatch(1, "a text", .missing) }
            try checkSource(text, name: place)
            let function = try load(text, chunk: "=load at \(place.suffix(40))", globals: nil)
            push(.function(function), on: call.stack)
            lua_pushvalue(call.stack, 2)
            lua_setupvalue(call.stack, -2, 1)
            return 1
        } catch let error as LuaError where error.stop == nil {
            lua_pushnil(call.stack)
            // A syntax error has the place in its message.
            let location = error.location.flatMap { $0.file == place ? "\($0): " : nil } ?? ""
            push(.text(location + error.message), on: call.stack)
            return 2
        }
    }

    /// Says that a file is about to be loaded with another text: of functions that it has defined, the file is no longer
    /// known, though errors name it.
    public func retire(_ file: String) {
        retired.insert(chunkName(of: file))
        versions[file, default: 1] += 1
    }

    /// Says that what was retired since is what the files say after all.
    package func reinstate(_ before: Set<String>) {
        retired = before
    }

    /// The name that Lua knows a file by: the file's, or a short one of its own for each file whose name Lua
    /// would cut (LUA_IDSIZE is 60).
    func chunkName(of file: String) -> String {
        if let version = versions[file] { return shortName(of: "\(file)#\(version)", file) }
        return shortName(of: file, file)
    }

    private func shortName(of chunk: String, _ file: String) -> String {
        guard chunk.utf8.count >= 60 else { return chunk }
        var end = chunk.unicodeScalars.suffix(48)
        while end.reduce(0, { $0 + UTF8.width($1) }) > 48 { end = end.dropFirst() }
        var name = "…" + String(end)
        var number = 2
        while let other = sources[name], other != file {
            name = "…\(number)…" + String(end)
            number += 1
        }
        return name
    }
}
