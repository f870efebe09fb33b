internal import Diagnostics
internal import RuleCompiler
internal import ScriptSyntax

extension LintRule {
    static let globalWrite = LintRule(
        "global-write", .error, "Scripts share nothing: writing a global is an error when the line runs.",
        triggering: [
            "limit = 5", "function helper() end", "local function f() count = 1 end f()",
        ],
        nonTriggering: ["local limit = 5 return limit", "local t = {} t.limit = 5 return t"]
    ) { context in
        guard !context.script.chunk.variables.contains(where: { $0.name.text == "_ENV" }) else { return }
        for name in context.script.globalWrites {
            context.report(
                name.range, "'\(name.text)' is global, and scripts share nothing",
                hint: "write local before it")
        }
    }

    static let unusedLocal = LintRule(
        "unused-local", .warning,
        "A local that nothing reads is left over, or misspelt where it should be read.",
        triggering: [
            "local limit = 5", "local function helper() end", "local n = 0 n = 1",
            "segment \"x\" { where = function(c) local spent = c.total_spent return c.total_spent > 5 end }",
            "campaign \"x\" { audience = segment.vip, goal = function(c, entered_at) return c.orders:any() end }",
            "local function again() return again() end", "local ok = pcall(tostring, 1)",
            "local a, b = 1, 2 return a",
        ],
        nonTriggering: [
            "local limit = 5 return limit", "local _unused = 5",
            "segment \"x\" { where = function(c) return true end }",
            "local function pick(first, second) return second end return pick",
            "for i = 1, 3 do segment(\"x\" .. 1) { where = segment.vip } end",
            "for _, x in ipairs({}) do return x end",
            "local ok, err = pcall(tostring, 1) return ok",
            "local function first(...) local one, rest = ... return one end return first",
        ]
    ) { context in
        let lists = context.script.index.variableLists
        for list in lists {
            for (place, variable) in list.variables.enumerated().reversed() {
                guard context.isUnused(variable) else {
                    // What stands before a variable that is used has to be there.
                    if list.isPositional { break }
                    continue
                }
                // To leave out what a call gives beside the value that is wanted says nothing.
                if place >= list.required { continue }
                // A loop counts in its first variable, whether it is used or not.
                if list.isLoop, place == 0 { continue }
                context.reportUnused(variable)
            }
        }
    }

    static let shadowedWord = LintRule(
        "shadowed-word", .warning,
        "A local with the name of a word hides it, and the word cannot be used there.",
        triggering: [
            "local date = \"2026-11-11\" return date", "local function days(n) return n end return days(3)",
            "local function f(table) return table end return f",
        ],
        nonTriggering: ["local day = \"2026-11-11\" return day"]
    ) { context in
        let words = Set(context.world.words.map(\.name))
        for variable in context.script.chunk.variables {
            let name = variable.name.text
            guard words.contains(name) || context.world.libraries.contains(name) else { continue }
            context.report(
                variable.name.range,
                "'\(name)' hides the word of \(words.contains(name) ? "Moonletter" : "Lua")",
                hint: "choose another name")
        }
    }

    static let shadowedLocal = LintRule(
        "shadowed-local", .warning, "A local that hides another of its name is easily taken for it.",
        triggering: [
            "local limit = 5 do local limit = 6 return limit end",
            "local n = 1 for n = 1, 3 do segment(\"x\" .. n) { where = segment.vip } end return n",
        ],
        nonTriggering: [
            "local limit = 5 return limit",
            "do local n = 1 segment(n) {} end do local n = 2 segment(n) {} end",
            "local limit = 5 local function f() local limit = limit return limit end return f",
            "local function f(c) return function(c) return c end end return f",
        ]
    ) { context in
        let chunk = context.script.chunk
        for (index, variable) in chunk.variables.enumerated() {
            let name = variable.name.text
            guard let other = variable.shadows, !["c", "event", "self"].contains(name), !name.hasPrefix("_"),
                !context.keepsItsValue(index, of: other)
            else { continue }
            let line = chunk.source.line(of: chunk.variables[other].name.range.start)
            context.report(
                variable.name.range, "'\(name)' hides the local '\(name)' of line \(line)",
                hint: "choose another name")
        }
    }
}

extension LintContext {
    fileprivate func isUnused(_ index: Int) -> Bool {
        let variable = script.chunk.variables[index]
        let name = variable.name.text
        guard !["c", "event", "self", "_ENV"].contains(name), !name.hasPrefix("_"),
            variable.attribute != "close"
        else { return false }
        guard variable.origin == .function, let body = script.analysis.namedFunctions[index] else {
            return variable.reads.isEmpty
        }
        // A function that only calls itself is never called.
        return variable.reads.allSatisfy { body.range.contains($0.range) }
    }

    fileprivate mutating func reportUnused(_ index: Int) {
        let variable = script.chunk.variables[index]
        let name = variable.name.text
        let what =
            switch variable.origin {
            case .parameter: "the parameter"
            case .function: "the function"
            case .loop: "the variable"
            case .local: "the local"
            }
        let isWritten = !variable.writes.isEmpty
        report(
            variable.name.range,
            "\(what) '\(name)' is \(isWritten ? "written, but never read" : "never used")",
            hint: variable.origin == .parameter
                ? "leave it out, or call it '_\(name)'" : "remove it, or call it '_\(name)'")
    }

    /// `local x = x`, which is the same value once more.
    fileprivate func keepsItsValue(_ index: Int, of other: Int) -> Bool {
        guard case .name(let name)? = script.analysis.initializers[index]?.kind else { return false }
        return name.variable == other
    }
}
