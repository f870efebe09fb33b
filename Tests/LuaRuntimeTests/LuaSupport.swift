import Diagnostics
import LuaRuntime

/// How many objects of a kind live; a deinit that a jump skipped shows here.
final class Census {
    private(set) var born = 0
    private(set) var living = 0

    func enter() {
        born += 1
        living += 1
    }

    func leave() { living -= 1 }
}

/// Counts itself: held by a Swift frame, or as a host object by Lua.
final class Witness: LuaObject {
    private let census: Census
    /// Something of Lua's that goes with it.
    var held: LuaReference?

    init(_ census: Census, kind: LuaObjectKind) {
        self.census = census
        census.enter()
        super.init(kind: kind)
    }

    deinit { census.leave() }
}

extension LuaState {
    /// A state whose scripts may hold so much together.
    static func holding(megabytes: Int) throws -> LuaState {
        var budgets = LuaBudgets.standard
        budgets.memory = megabytes << 20
        return try LuaState(budgets: budgets)
    }

    /// Runs a script and gives its first result.
    @discardableResult
    func run(_ script: String, name: String = "scripts/rule.lua") throws -> LuaValue {
        try call(try load(script, name: name))
    }

    /// Adds a word `pause` that makes a coroutine wait.
    func definePause() {
        let kind = makeKind("a pause", [])
        define("pause", .function(makeFunction("pause") { try $0.waits(for: LuaObject(kind: kind)) }))
    }

    /// The error of a script as a person sees it, `file:line: message`; "no error" where it ran.
    func failure(of script: String, name: String = "scripts/rule.lua") -> String {
        do {
            try run(script, name: name)
            return "no error"
        } catch let error as LuaError {
            return (error.location.map { "\($0): " } ?? "") + error.message
        } catch {
            return "\(error)"
        }
    }
}

/// A value written out, with the types that Lua tells apart.
func written(_ value: LuaValue) -> String {
    switch value {
    case .missing: "nil"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "float \(value)"
    case .text(let value): "'\(value)'"
    case .function: "function"
    case .object: "object"
    case .other(let name): name
    case .table(let table):
        "{"
            + (table.array.map(written) + table.fields.map { "\($0.name) = \(written($0.value))" })
            .joined(separator: ", ") + "}"
    }
}
