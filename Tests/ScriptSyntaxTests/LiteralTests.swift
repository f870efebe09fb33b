import Basics
import ScriptSyntax
import Testing

/// Literals mean what they mean in Lua.
@Suite struct LiteralTests {
    static let literals = [
        "0", "00", "007", "1e1", "1E+1", "1.", ".5", "0.1", "1e400", "1e-400", "4.9e-324",
        "3.14159265358979323846",
        "9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999999999",
        "0x0",
        "0X1F", "0xabcdefABCDEF", "0x7fffffffffffffff", "0xffffffffffffffff", "0x10000000000000001", "0x.1",
        "0x1.",
        "0x1.8", "0xA.8p1", "0x1P-2", "0x1p+3", "0x1p1024", "0x1p-1074", "0x123456789abcdef0.8",
        "1e0000000000000001",
        "0.0000000000000000000000000000000000000000000001", "123456789012345678.9", "nil", "true", "false",
        #""""#, #"''"#, #"'a"b'"#, #""a'b""#, #""\a\b\f\n\r\t\v\\\"\'""#, #"'\0\00\000\1\12\123\255'"#,
        #"'\x00\xfF\x7f'"#,
        #"'\u{0}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}\u{1fffff}\u{200000}\u{3ffffff}\u{4000000}\u{7fffffff}'"#,
        #"'\u{d800}\u{00000041}'"#, "'a\\\nb'", "'a\\\r\nb'", "'a\\\n\rb'", "'a\\\rb'",
        "'a\\z  \n\t\u{0C}\u{0B}\r\n  b'",
        "[[]]", "[[\n]]", "[[\n\na]]", "[[\r\na\r\nb\rc\n\rd]]", "[[a]b]]", "[=[a]]b]=]", "[==[]=]]==]",
        "[[\\n]]",
        "'é中😀'", "'\u{0}'", "[[\u{0}]]", "'\\\\'", "'\\'\"'",
    ]

    @Test("a literal has the value that Lua gives it", arguments: literals)
    func value(_ literal: String) throws {
        #expect(try Self.parsed(literal) == (try LuaReference().value(of: literal)))
    }

    @Test("generated numbers have the value that Lua gives them")
    func generatedNumbers() throws {
        let lua = try LuaReference()
        var random = SplitMix64(seed: 9)
        var compared = 0
        for _ in 0..<3000 {
            let isHex = random.chance(30)
            let alphabet = isHex ? "0123456789abcdefABCDEF.p+-" : "0123456789.eE+-"
            let digits = (0..<(1 + random.below(24))).map { _ in random.pick(Array(alphabet)) }
            let literal = (isHex ? "0x" : "\(random.below(10))") + String(digits)
            // Signs between digits make a sum.
            guard !literal.contains("--"), let expected = try? lua.value(of: literal),
                let parsed = Self.parsed(literal)
            else { continue }
            compared += 1
            #expect(parsed == expected, "\(literal)")
        }
        #expect(compared > 300)
    }

    /// The value of a text that is one literal, as ``LuaReference`` writes it.
    private static func parsed(_ literal: String) -> String? {
        let chunk = LuaChunk(parsing: "return \(literal)", path: "s")
        guard chunk.errors.isEmpty, case .return(let values)? = chunk.block.statements.first?.kind else {
            return nil
        }
        switch values.first?.kind {
        case .nil: return "nil"
        case .boolean(let value): return "\(value)"
        case .integer(let value): return "\(value)"
        case .number(let value): return "float \(value.bitPattern)"
        case .string(let bytes): return "text \(bytes.map { Int($0) })"
        default: return nil
        }
    }
}
