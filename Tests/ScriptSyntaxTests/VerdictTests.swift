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
                try String(contentsOf: root.appending(path: $0), encoding: .utf8)
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
