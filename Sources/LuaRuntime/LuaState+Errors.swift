internal import CLua
internal import CLuaBridge
internal import Diagnostics
internal import Foundation

/// Where a function of a script begins.
struct LuaDefinition: Hashable {
    /// The chunk as Lua shortens it.
    let chunk: String
    /// 0 for a whole chunk.
    let line: Int

    /// The same in every process, for random numbers.
    var hash: UInt64 {
        // FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/).
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in chunk.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return (hash ^ UInt64(bitPattern: Int64(line))) &* 0x100_0000_01b3
    }
}

extension LuaDefinition {
    /// Where the function on top of a stack is defined.
    init(ofTopOn stack: OpaquePointer) {
        var activation = lua_Debug()
        lua_pushvalue(stack, -1)
        guard lua_getinfo(stack, ">S", &activation) == 1 else {
            self.init(chunk: "", line: 0)
            return
        }
        let chunk = withUnsafeBytes(of: activation.short_src) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        let isMain = activation.what.map { $0.pointee == CChar(UInt8(ascii: "m")) } ?? false
        self.init(chunk: chunk, line: isMain ? 0 : Int(activation.linedefined))
    }
}

extension LuaState {
    /// Names a rule in traces: "segment 'dormant'". Rules of several names that begin on one line roll dice of their own.
    public func name(_ function: LuaFunction, _ name: String) {
        names[function.definition] = name
        function.place = LuaDefinition(chunk: name, line: 0).hash ^ function.definition.hash
    }

    /// Throws the error of a call that ended with another status than LUA_OK; it is popped.
    func check(_ status: Int32, _ kind: LuaBudgets.Kind) throws {
        guard status != LUA_OK else { return }
        defer { mlb_pop(stack, 1) }
        throw try error(status, on: stack, kind)
    }

    /// The error on top of a stack.
    func error(_ status: Int32, on stack: OpaquePointer, _ kind: LuaBudgets.Kind) throws -> LuaError {
        let trace = readTrace()
        if let error = stopError(kind, trace) { return error }
        let text: String
        switch lua_type(stack, -1) {
        case LUA_TSTRING: text = string(at: -1, on: stack)
        case LUA_TNIL: text = "an error without a message"
        case LUA_TTABLE: text = "an error value that is a table"
        case LUA_TFUNCTION: text = "an error value that is a function"
        case LUA_TUSERDATA: text = "an error value that is an object"
        default: text = "an error value that is \(try value(at: -1, on: stack).described)"
        }
        return LuaError(text: text, sources: sources, trace: trace)
    }

    /// The error of a state that was ended by force; nil for one that was not.
    private func stopError(_ kind: LuaBudgets.Kind, _ trace: [LuaFrame]) -> LuaError? {
        let stopped = context.pointee.stopped
        guard stopped != Int32(MLB_RUNNING.rawValue) else { return nil }
        // A state that was ended before answers as it did then.
        if let lastStop { return lastStop }
        let limits = budgets[kind]
        let stop: LuaStop
        switch UInt32(stopped) {
        case MLB_INTERRUPTED.rawValue: stop = .interrupted
        case MLB_OUT_OF_STEPS.rawValue: stop = .steps(limits.steps, kind)
        case MLB_OUT_OF_TIME.rawValue: stop = .time(seconds: limits.seconds, kind)
        default:
            stop =
                context.pointee.has_huge_table
                ? .hugeTable
                : context.pointee.is_limit_total
                    ? .totalMemory(budgets.memory) : .memory(limits.memory, kind)
        }
        let error = LuaError(stop, trace: trace, limitsOf: budgets.manifest)
        // Of nested calls, the outermost says whose budget it was.
        if context.pointee.call_depth == 0 { lastStop = error }
        return error
    }

    private func readTrace() -> [LuaFrame] {
        let count = Int(context.pointee.trace_count)
        return withUnsafeBytes(of: context.pointee.trace) { bytes in
            bytes.bindMemory(to: mlb_Frame.self).prefix(count).compactMap(frame)
        }
    }

    private func frame(_ frame: mlb_Frame) -> LuaFrame? {
        func text<Array>(_ array: Array) -> String {
            withUnsafeBytes(of: array) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        let chunk = text(frame.source)
        // What the host itself wrote in Lua is none of the script's.
        guard let file = sources[chunk] else { return nil }
        let definition = LuaDefinition(chunk: chunk, line: Int(frame.defined_at))
        let name = text(frame.name)
        let function =
            names[definition]
            ?? (definition.line == 0 || name.isEmpty ? nil : "function '\(name)'")
        return LuaFrame(
            location: SourceLocation(file: file, line: Int(frame.line)), function: function)
    }

    /// The text that Lua raises for the error. A place that is known already stands before it, as Lua's own
    /// errors have it.
    func message(of error: any Error) -> (text: String, isPlaced: Bool) {
        func hinted(_ message: String, _ hint: String?) -> String {
            hint.map { "\(message); \($0)" } ?? message
        }
        if let error = error as? LuaError {
            let text = hinted(error.message, error.hint)
            guard let location = error.location else { return (text, false) }
            sources[chunkName(of: location.file)] = location.file
            return ("\(chunkName(of: location.file)):\(location.line): \(text)", true)
        }
        if let error = error as? any Diagnosable {
            return (hinted(error.diagnostic.message, error.diagnostic.hint), false)
        }
        return ("\(error)", false)
    }

    /// The line that called the running host function.
    func callerLine(on stack: OpaquePointer) -> (file: String, line: Int)? {
        guard let (chunk, line) = chunkLine(at: mlb_calling_level(stack), on: stack), line > 0 else {
            return nil
        }
        return (sources[chunk] ?? chunk, line)
    }

    /// The nearest line of a file that led to the running host function, `file:line`; what the host itself wrote in
    /// Lua may stand between.
    func scriptLine(on stack: OpaquePointer) -> String? {
        var level: Int32 = 1
        while let (chunk, line) = chunkLine(at: level, on: stack) {
            if line > 0, let file = sources[chunk] { return "\(file):\(line)" }
            level += 1
        }
        return nil
    }

    private func chunkLine(at level: Int32, on stack: OpaquePointer) -> (chunk: String, line: Int)? {
        var activation = lua_Debug()
        guard lua_getstack(stack, level, &activation) == 1, lua_getinfo(stack, "Sl", &activation) == 1 else {
            return nil
        }
        let chunk = withUnsafeBytes(of: activation.short_src) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return (chunk, Int(activation.currentline))
    }
}
