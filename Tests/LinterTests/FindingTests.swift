import Diagnostics
import Linter
import ScriptSyntax
import TestSupport
import Testing

/// What is told, beside that something is found.
@Suite struct FindingTests {
    @Test("every finding is told with its place, its reason and the next step")
    func messages() throws {
        let world = try LintWorld.workshop()
        let parts = LintRule.all.flatMap { rule in
            rule.triggering.map { example in
                let findings = world.findings(example).filter { $0.rule == rule.id }
                let lines = findings.map { finding in
                    let place = finding.diagnostic.location.map { "\($0.line):\($0.column ?? 0)" } ?? "?"
                    return "\(place) [\(finding.diagnostic.token ?? "")] \(finding.diagnostic.message)"
                        + (finding.diagnostic.hint.map { "\n    \($0)" } ?? "")
                }
                // Some are long, and say the same again and again.
                let text = example.description.prefix(400).split(separator: "\n").prefix(9).map {
                    "  | \($0)\n"
                }.joined()
                return "\(text)\(rule.id)\n\(lines.joined(separator: "\n"))"
            }
        }
        try expectGolden(parts.joined(separator: "\n\n") + "\n", "lint-findings.txt")
    }

    @Test("a comment silences its line or the line below it, and nothing else")
    func silences() throws {
        let world = try LintWorld.workshop()
        func ids(_ source: String) -> [String] { world.findings(source).map(\.rule) }
        #expect(ids("local a = 1\nlocal b = 2 -- check: ignore unused-local") == ["unused-local"])
        #expect(ids("-- check: ignore unused-local\n-- and why\nlocal a = 1") == [])
        #expect(ids("-- check: ignore unused-local\nlocal a = 1\nlocal b = 2") == ["unused-local"])
        #expect(ids("--[[ check: ignore unused-local ]] local a = 1") == [])
        #expect(ids("local a = 1 -- check: ignore-file unused-local, global-write\nlocal b = 2\nx = 1") == [])
        #expect(ids("local date = 1 -- check: ignore shadowed-word") == ["unused-local"])
        #expect(ids("x = = 1 -- check: ignore syntax") == ["syntax"])
    }

    @Test("a reason may follow the ids of a comment, and a misspelt id is told")
    func reasons() throws {
        let world = try LintWorld.workshop()
        func ids(_ comment: String) -> [String] {
            world.findings("local a = 1 \(comment)").map { "\($0.rule) \($0.diagnostic.message)" }
        }
        #expect(ids("-- check: ignore unused-local because we like it") == [])
        #expect(ids("-- check: ignore unused-local, it is kept for later") != [])
        #expect(ids("-- check: ignore unused-local (kept for later)") == [])
        #expect(
            ids("-- check: ignore unused-local , unused-lokal because")
                == ["ignore-comment unknown rule 'unused-lokal'"])
        #expect(ids("-- check: ignore unused-lokal because").count == 2)
    }

    @Test("names of other files count, and two files cannot define one name")
    func files() throws {
        let world = try LintWorld.workshop()
        let a = LuaChunk(parsing: "segment \"a\" { where = segment.b }", path: "scripts/a.lua")
        let b = LuaChunk(
            parsing: "segment \"b\" { where = function(c) return true end }", path: "scripts/b.lua")
        #expect(Linter(world).lint([a, b]).findings.isEmpty)
        #expect(Linter(world).lint([a], others: [b]).findings.isEmpty)
        #expect(Linter(world).lint([a]).findings.map(\.rule) == ["unknown-segment"])
        let c = LuaChunk(
            parsing: "local s = segment for _, name in ipairs { \"b\" } do s(name) { where = s.vip } end",
            path: "scripts/c.lua")
        #expect(Linter(world).lint([a], others: [c]).findings.isEmpty)
        let twice = Linter(world).lint([b, LuaChunk(parsing: b.source.text, path: "scripts/c.lua")])
        #expect(twice.findings.map(\.file) == ["scripts/b.lua", "scripts/c.lua"])
        #expect(
            twice.findings.map { $0.diagnostic.hint ?? "" } == [
                "the other is at scripts/c.lua:1:9; rename one of them",
                "the other is at scripts/b.lua:1:9; rename one of them",
            ])
    }

    @Test("a segment that contradicts one of another file is empty together with it")
    func contradictionAcrossFiles() throws {
        let world = try LintWorld.workshop()
        let a = LuaChunk(
            parsing: "segment \"new\" { where = function(who) return who.order_count == 0 end }",
            path: "a.lua")
        let b = LuaChunk(
            parsing: "segment \"loyal\" { where = function(c) local n = c.order_count return n > 3 end }\n"
                + "segment \"fans\" { where = function(c) return c.order_count > 3 and c.city ~= nil end }",
            path: "b.lua")
        let c = LuaChunk(
            parsing:
                "segment \"x\" { where = segment.new & segment.fans }\nsegment \"y\" { where = segment.new | segment.fans }",
            path: "c.lua")
        let found = Linter(world).lint([c], others: [a, b]).findings
        #expect(found.map(\.rule) == ["empty-audience"])
        #expect(found.first?.diagnostic.message == "nobody can be in 'segment.new & segment.fans'")
    }

    @Test("a file that is no Lua is told about as such only, and makes no name of another unknown")
    func brokenFile() throws {
        let world = try LintWorld.workshop()
        let broken = LuaChunk(parsing: "segment \"b\" { where = = 1 }\nx = 1", path: "b.lua")
        let other = LuaChunk(parsing: "segment \"a\" { where = segment.c }", path: "a.lua")
        let report = Linter(world).lint([other, broken])
        #expect(report.findings.map(\.rule) == ["syntax"])
        #expect(Linter(world, onlySyntax: true).lint([other]).findings.isEmpty)
        #expect(report.summary == "1 error in 2 scripts")
    }

    @Test("without a database only a name that is near to a known one is unknown")
    func unknownAttributes() throws {
        var world = try LintWorld.workshop()
        let source = "segment \"a\" { where = function(c) return c.shoe_size > 40 and c.total_spnet > 5 end }"
        #expect(world.findings(source).map { $0.diagnostic.token ?? "" } == ["shoe_size", "total_spnet"])
        world.attributes = nil
        #expect(world.findings(source).map { $0.diagnostic.token ?? "" } == ["total_spnet"])
    }

    @Test("without a workspace segments and templates are not looked at")
    func withoutWorkspace() throws {
        var world = try LintWorld.workshop()
        let source = """
            -- check: ignore-file unknown-segment, unknown-template
            campaign "a" { audience = segment.nope, journey = function(c) send { template = "nope" } end }
            """
        #expect(world.findings(source).isEmpty)
        world.hasAllScripts = false
        world.templates = nil
        #expect(world.findings(source).isEmpty)
    }

    @Test("scripts of any shape are looked at in linear time")
    func hostile() throws {
        let world = try LintWorld.workshop()
        let pieces = [
            "local a = b.c.d and not a or 1 == 2\n", "segment.a & ~segment.b | ", "x = ", "c.a.b.c.d.e.f.g",
            "a or ",
            "if a then end ", "local function f(c) return f(c) end\n", "{ a = 1, a = 2 },",
            "-- check: ignore x\n",
            "segment \"a\" { where = segment.a & segment.b }\n", "local x = segment.a\n",
            "c.order_count > 5 and ",
            "segment \"a\" { where = function(c) return c.order_count == 1 or ", "f(function(c) ", "a - ",
            "a & ",
            "a .. ", "a + ", "unknown()\n", "x = 1 ", "if a then elseif b then end -- c\n",
            "c.company == c.company and ",
            "segment \"a\" { where = function(c) return c.company end }\n", "local a = a + a\n",
        ]
        let clock = ContinuousClock()
        for piece in pieces {
            for (head, tail) in [
                ("", ""), ("return ", "1"), ("return function(c) return ", " true end"), ("x = {", "}"),
            ] {
                let text = head + String(repeating: piece, count: 30_000 / piece.count) + tail
                let time = clock.measure { _ = world.findings(text) }
                #expect(time < .seconds(5), "\(piece)")
            }
        }
        var locals = "local v0 = 1 local w0 = c.x local z0 = c.x\n"
        for n in 1...60 {
            locals += "local v\(n) = v\(n - 1) + v\(n - 1) local w\(n) = w\(n - 1) - w\(n - 1) "
            locals += "local z\(n) = z\(n - 1) .. z\(n - 1) if w\(n) > v\(n) or z\(n) == z\(n) then f() end\n"
        }
        #expect(clock.measure { _ = world.findings(locals) } < .seconds(5))
        var doubling = "segment \"s0\" { where = function(c) return c.order_count > 1 end }\n"
        for n in 1...40 {
            doubling += "segment \"s\(n)\" { where = segment.s\(n - 1) & segment.s\(n - 1) }\n"
        }
        let time = clock.measure { #expect(world.findings(doubling).isEmpty) }
        #expect(time < .seconds(5))
    }
}
