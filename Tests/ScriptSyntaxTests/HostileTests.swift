import ScriptSyntax
import Testing

/// Texts that nest or repeat without end.
@Suite struct HostileTextTests {
    static let pieces = [
        "(", "{", "[", "f(", "f{", "a[", "not ", "-", "- -", "~", "#", "1..", "1^", "a.", "a.b.c.", "a:b().",
        "a+", "a or ",
        "do ", "if a then ", "if a then else ", "while a do ", "repeat ", "for i=1,2 do ", "function f() ",
        "x=function() ", "local a=function() ", "return ", "local a ", "local a=", "local function f() ",
        "goto a ",
        "::a::", "::a", "break ", "end ", "else ", "until ", "elseif a then ", "then ", ")", "}", "]", ";",
        ",", "=", "a,",
        "a=", "a ", "1 ", "\"", "'", "\"\\", "\"a\" ", "[[", "[[\n", "[=[", "--[[", "--[=[", "--\n", "\\",
        "@", "é", "（",
        "\u{0}", "\n", "\r", " ", "0x", "1e", "1.1.1", "...", "..", ".", "::", ":", "a={", "{a=", "{[",
        "{{},", "a.b=1 ",
        "f'' ", "(f)()", "(a).b=", "a,b=c,d ", "if ", "for a ", "for a in ", "function ", "function a.",
        "local ",
        "local a<const>=1 ", "local a<", "\\u{", "'\\u{FFFFFFFF}' ", "'\\999' ", "x=x x=x\n", "f()\n",
        "goto a;::a::",
        "do goto a end ", "if a then else if b then ",
    ]

    @Test("64 KB of any piece end soon, and with few errors", arguments: pieces)
    func repetition(_ piece: String) {
        let count = (64 << 10) / piece.utf8.count
        let clock = ContinuousClock()
        var chunk: LuaChunk?
        let time = clock.measure {
            chunk = LuaChunk(parsing: String(repeating: piece, count: count) + " end", path: "s")
        }
        #expect((chunk?.errors.count ?? 99) <= 20)
        // Linear work takes some tenths of a second without optimization; work by the square takes minutes.
        #expect(time < .seconds(8))
    }

    @Test("labels and jumps by the thousand take linear time")
    func manyLabels() {
        let gotos = (1...4000).map { "goto l\($0) " }.joined()
        let labels = (1...4000).reversed().map { "::l\($0):: x = 1 " }.joined()
        let clock = ContinuousClock()
        let time = clock.measure { #expect(LuaChunk(parsing: gotos + labels, path: "s").errors.isEmpty) }
        #expect(time < .seconds(8))
    }
}
