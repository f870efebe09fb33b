import Basics
import Foundation
import ScriptSyntax
import TestSupport
import Testing

/// The parser takes what Lua takes, and nothing else.
@Suite struct VerdictTests {
    /// Every script of the project, and the programs of its tests.
    static func scripts() throws -> [String] {
        let folders = ["Sources/Demo/scripts", "scripts", "Tests/Lua", "Tests/HostileTests/Cases"]
        return try folders.flatMap { folder in
            let root = checkout.appending(path: folder)
            let names = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
            return try names.filter { $0.hasSuffix(".lua") }.sorted().map {
                // Hostile cases say behind two signs what they expect.
                try String(contentsOf: root.appending(path: $0), encoding: .utf8).replacing(
                    "@@", with: "--@@")
            }
        }
    }

    @Test("scripts of the project are read as Lua reads them")
    func projectScripts() throws {
        var verdicts = try Verdicts()
        let scripts = try Self.scripts()
        #expect(scripts.count > 10)
        for script in scripts { verdicts.compare(script) }
        #expect(verdicts.differences == [])
        #expect(verdicts.accepted > 10)
    }

    @Test("generated programs, and those with a token too many, are judged as by Lua")
    func generatedPrograms() throws {
        var verdicts = try Verdicts()
        var random = SplitMix64(seed: 5)
        for seed in 0..<(1500 * Verdicts.factor) {
            var generator = ProgramGenerator(seed: UInt64(seed))
            let program = generator.program()
            verdicts.compare(program)
            var tokens = Tokens(cutting: program)
            tokens.mutate(&random)
            verdicts.compare(tokens.text)
        }
        #expect(verdicts.differences == [])
        #expect(verdicts.accepted > 1000 && verdicts.refused > 300)
    }

    @Test("scripts with a token too many, too few or elsewhere are judged as by Lua")
    func tokenMutations() throws {
        var verdicts = try Verdicts()
        var random = SplitMix64(seed: 7)
        let scripts = try Self.scripts().map { Tokens(cutting: String($0.prefix(2500))) }
        for _ in 0..<(2000 * Verdicts.factor) {
            var tokens = random.pick(scripts).slice(&random)
            for _ in 0..<(1 + random.below(2)) { tokens.mutate(&random) }
            verdicts.compare(tokens.text)
        }
        #expect(verdicts.differences == [])
        #expect(verdicts.accepted > 100 && verdicts.refused > 100)
    }

    @Test("scripts with a wrong byte are judged as by Lua")
    func byteMutations() throws {
        var verdicts = try Verdicts()
        var random = SplitMix64(seed: 11)
        let scripts = try Self.scripts()
        let signs = Array("\0\n\r\"'[]=-\\{}().:;,#~<>0xXeE_ \tpuz…é".utf8)
        for _ in 0..<(1500 * Verdicts.factor) {
            var bytes = Array(random.pick(scripts).utf8.prefix(1500))
            guard !bytes.isEmpty else { continue }
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(random.pick(signs), at: place)
            case 2: bytes[place] = random.pick(signs)
            default: bytes.swapAt(place, random.below(bytes.count))
            }
            verdicts.compare(String(decoding: bytes, as: UTF8.self))
        }
        #expect(verdicts.differences == [])
    }

    @Test("nesting, locals, upvalues and chains end where those of Lua end")
    func limits() throws {
        var verdicts = try Verdicts()
        func list(_ range: ClosedRange<Int>, _ separator: String, _ item: (Int) -> String) -> String {
            range.map(item).joined(separator: separator)
        }
        for n in Array(96...100) + Array(194...201) + Array(253...256) {
            for (open, middle, close) in Self.nests {
                let text = String(repeating: open, count: n) + middle + String(repeating: close, count: n)
                verdicts.compare(text)
                verdicts.compare("local t = \(text)")
            }
            verdicts.compare(list(1...n, " ") { "::l\($0)::" })
            verdicts.compare(list(1...n, " ; ") { "::l\($0)::" } + " goto l1")
            verdicts.compare(list(1...n, ", ") { "v\($0)" } + " = 1")
            verdicts.compare("local " + list(1...n, ", ") { "v\($0)" })
            verdicts.compare("local function f(" + list(1...n, ", ") { "v\($0)" } + ") end")
            verdicts.compare("function o:f(" + list(1...n, ", ") { "v\($0)" } + ") end")
            verdicts.compare("local " + list(1...(n - 4), ", ") { "v\($0)" } + " for i = 1, 2 do end")
            verdicts.compare("local " + list(1...(n - 5), ", ") { "v\($0)" } + " for k, v in x do end")
            verdicts.compare("local " + list(1...(n - 5), ", ") { "v\($0)" } + " for k in x do local z end")
            verdicts.compare(
                "do local " + list(1...150, ", ") { "v\($0)" } + " end local a "
                    + list(1...n, ", ") { "w\($0)" })
            for value in ["", " <const> = 1", " <const> = 1 // 0", " <const> = ('x')", " <const> = -(2 ^ 3)"]
            {
                // Upvalues of two functions, of which the inner one has those of both.
                let outer = list(1...150, " ") { "local a\($0)\(value)" }
                let inner = list(1...(n - 150 > 0 ? n - 150 : n), " ") { "local b\($0)" }
                let uses =
                    list(1...150, ", ") { "a\($0)" } + ", "
                    + list(1...(n - 150 > 0 ? n - 150 : n), ", ") { "b\($0)" }
                verdicts.compare("\(outer) function f() \(inner) function g() u = { \(uses) } end end")
                verdicts.compare(
                    "\(outer) local u function f() \(inner) function g() u = { \(uses) } end end")
            }
        }
        #expect(verdicts.differences == [])
    }

    /// What nests: the beginning, the middle and the end.
    private static let nests: [(String, String, String)] = [
        ("(", "1", ")"), ("{", "", "}"), ("f(", "", ")"), ("a[", "1", "]"), ("not ", "1", ""),
        ("- ", "1", ""),
        ("1 .. ", "1", ""), ("1 ^ ", "1", ""), ("- 2 ^ ", "1", ""), ("function() return ", "1", " end"),
        ("do ", "", " end"), ("while 1 do ", "", " end"), ("if 1 then ", "", " end"),
        ("x = function() ", "", " end "),
        ("if 1 then elseif 2 then else ", "", " end"), ("repeat ", "", " until 1"),
        ("for i = 1, 2 do ", "", " end"),
        ("{ a = ", "1", "}"), ("{ [1] = ", "1", "}"), ("f{", "", "}"), ("a:b(", "", ")"), ("1 + (", "1", ")"),
        ("a or b and ", "1", ""), ("function f() ", "", " end "), ("local function f() ", "", " end "),
        ("goto x do ", "", " end"),
    ]

    @Test("rows of random tokens are judged as by Lua")
    func tokenSoup() throws {
        var verdicts = try Verdicts()
        var random = SplitMix64(seed: 3)
        for _ in 0..<(6000 * Verdicts.factor) {
            verdicts.compare(
                (0..<(1 + random.below(9))).map { _ in random.pick(Tokens.alphabet) }.joined(separator: " "))
        }
        #expect(verdicts.differences == [])
        #expect(verdicts.accepted > 50)
    }
}
