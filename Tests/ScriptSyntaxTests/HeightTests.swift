import ScriptSyntax
import Testing

/// Expressions that Lua reads in a loop, of any length.
@Suite struct HeightTests {
    static let chains = [
        ("return ", "a or ", "a"), ("return ", "a + ", "a"), ("return a", ".b", ""), ("a", ".b", " = 1"),
        ("a", ".b", "()"), ("a", ":b()", ""), ("a", "()", ""), ("a", "[1]", " = 2"),
        ("local x = 1 x = function() return ", "a == ", "x end"),
    ]

    @Test("a chain of any length is Lua, and told to be too tall from a thousand on", arguments: chains)
    func chain(_ chain: (head: String, link: String, tail: String)) throws {
        func chunk(_ count: Int, _ tail: String) -> LuaChunk {
            LuaChunk(
                parsing: chain.head + String(repeating: chain.link, count: count) + tail, path: "s")
        }
        var verdicts = try Verdicts()
        for count in [20, 900, 1100, 2000, 5000] {
            let chunk = chunk(count, chain.tail)
            verdicts.compare(chunk.source.text)
            #expect(chunk.errors.isEmpty)
            #expect(chunk.isTooTall == (count > 1000))
            #expect(chunk.block.statements.isEmpty == chunk.isTooTall)
            #expect(!chunk.isTooTall || chunk.variables.isEmpty)
        }
        #expect(verdicts.differences == [])
        // What follows is read too.
        let broken = chunk(2000, "\(chain.tail) x = = 1")
        #expect(broken.isTooTall)
        #expect(!broken.errors.isEmpty)
    }

    @Test("the target of an assignment is one, and a value none, also where it is too tall")
    func statements() throws {
        var verdicts = try Verdicts()
        let fields = String(repeating: ".b", count: 2000)
        let calls = String(repeating: "()", count: 2000)
        for text in ["a\(fields)", "a\(calls) = 1", "a\(fields)", "(a\(fields)) = 1", "a\(fields), x = 1, 2"]
        {
            verdicts.compare(text)
        }
        #expect(verdicts.differences == [])
        #expect(verdicts.accepted == 1)
    }
}
