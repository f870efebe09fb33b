import Testing

@testable import Rules

@Suite("Segments")
struct SegmentTests {
    private let workshop: Workshop
    private let numbers = script(
        "numbers",
        """
        segment "even" { where = function(c) return c.id % 2 == 0 end }
        segment "by three" { where = function(c) return c.id % 3 == 0 end }
        segment "small" { description = "Up to six", where = function(c) return c.id <= 6 end }
        """)

    init() throws {
        workshop = try Workshop(
            "WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO customers (id) SELECT i FROM n"
        )
    }

    @Test(
        "combinations are those of sets",
        arguments: [
            ("segment.even", [2, 4, 6, 8, 10, 12]), ("segment[\"by three\"]", [3, 6, 9, 12]),
            ("segment.even & segment[\"by three\"]", [6, 12]),
            ("segment.even | segment[\"by three\"]", [2, 3, 4, 6, 8, 9, 10, 12]),
            ("segment.even - segment[\"by three\"]", [2, 4, 8, 10]),
            ("~segment.even", [1, 3, 5, 7, 9, 11]), ("~~segment.even", [2, 4, 6, 8, 10, 12]),
            ("segment.small - (segment.even | segment[\"by three\"])", [1, 5]),
            ("segment.small & ~segment.even", [1, 3, 5]),
            ("function(c) return c.id > 10 end", [11, 12]),
            (
                "function(c) return segment.even:includes(c) and not segment.small:includes(c) end",
                [8, 10, 12]
            ),
            ("function(c) return (segment.even - segment.small):includes(c) end", [8, 10, 12]),
            ("segment.even - segment.even", []),
        ] as [(String, [Int64])])
    func algebra(_ audience: String, _ expected: [Int64]) throws {
        #expect(try workshop.members(audience, [numbers]) == expected)
    }

    @Test(
        "an expression is written back as a person would write it",
        arguments: [
            ("segment.even", "even"), ("segment.even - segment.small", "even - small"),
            ("~segment.even & segment.small", "~even & small"),
            ("segment.small - (segment.even | segment[\"by three\"])", "small - (even | by three)"),
            ("~(segment.small & segment.even)", "~(small & even)"),
            ("function(c) return true end", "a function"),
        ])
    func text(_ audience: String, _ expected: String) throws {
        let text = try workshop.rules([numbers]) { host, _ in try host.expression(audience).text }
        #expect(text == expected)
    }

    @Test("a segment may name others that are defined later or in another file")
    func forwardReferences() throws {
        let scripts = [
            script(
                "a",
                "segment \"first\" { where = segment.second - segment.elsewhere }\nsegment \"second\" { where = function(c) return c.id < 4 end }"
            ),
            script("z", "segment \"elsewhere\" { where = function(c) return c.id == 2 end }"),
        ]
        #expect(try workshop.members("segment.first", scripts) == [1, 3])
    }

    @Test("nothing and false both mean not in it")
    func nothing() throws {
        #expect(try workshop.members("function(c) if c.id == 3 then return true end end") == [3])
    }

    @Test("a definition gives the segment back")
    func value() throws {
        let scripts = [
            script(
                "a",
                "local odd = segment \"odd\" { where = function(c) return c.id % 2 == 1 end }\nsegment \"rest\" { where = ~odd }"
            )
        ]
        #expect(try workshop.members("segment.rest", scripts) == [2, 4, 6, 8, 10, 12])
    }

    // MARK: Circles

    @Test(
        "segments that are made of each other are refused when they load",
        arguments: [
            ("segment \"a\" { where = segment.a }", "segment 'a' asks for itself"),
            ("segment \"a\" { where = ~segment.a & segment.a }", "segment 'a' asks for itself"),
            (
                "segment \"a\" { where = segment.b }\nsegment \"b\" { where = segment.c - segment.c }\nsegment \"c\" { where = segment.a }",
                "segment 'a' asks for itself: a → b → c → a"
            ),
            (
                "segment \"a\" { where = segment.b }\nsegment \"b\" { where = segment.c }\nsegment \"c\" { where = segment.b }",
                "segment 'b' asks for itself: b → c → b"
            ),
        ])
    func circles(_ text: String, _ expected: String) throws {
        let error = try failure { try workshop.members("segment.a", [script("a", text)]) }
        #expect(message(of: error) == expected)
    }

    @Test(
        "segments that ask for each other inside their functions are stopped with a clear error",
        arguments: [
            (
                "segment \"a\" { where = function(c) return segment.a:includes(c) end }",
                "segment 'a' asks for itself"
            ),
            (
                "segment \"a\" { where = function(c) return segment.b:includes(c) end }\nsegment \"b\" { where = function(c) return not (~segment.a):includes(c) end }",
                "segment 'a' asks for itself: a → b → a"
            ),
            (
                "segment \"a\" { where = function(c) return segment.b:includes(c) end }\nsegment \"b\" { where = segment.a }",
                "segment 'b' asks for itself: b → a → b"
            ),
        ])
    func circlesInFunctions(_ text: String, _ expected: String) throws {
        let error = try failure { try workshop.members("segment.a", [script("a", text)]) }
        #expect(message(of: error) == expected)
    }

    @Test("a circle that swallows its errors still ends")
    func swallowed() throws {
        let text =
            "segment \"a\" { where = function(c) local ok, yes = pcall(function() return segment.a:includes(c) end) return not ok end }"
        #expect(try workshop.members("segment.a", [script("a", text)]).count == 12)
    }

    @Test(
        "fifty segments may ask for each other in a row, and one more is refused", arguments: [true, false])
    func depth(_ inFunctions: Bool) throws {
        func chain(_ length: Int) -> [ScriptFile] {
            let links = (1..<length).map { number in
                inFunctions
                    ? "segment \"s\(number)\" { where = function(c) return segment.s\(number + 1):includes(c) end }"
                    : "segment \"s\(number)\" { where = segment.s\(number + 1) }"
            }
            return [
                script(
                    "chain",
                    (links + ["segment \"s\(length)\" { where = function(c) return c.id == 7 end }"]).joined(
                        separator: "\n"))
            ]
        }
        #expect(try workshop.members("segment.s1", chain(50)) == [7])
        let error = try failure { try workshop.members("segment.s1", chain(51)) }
        #expect(
            message(of: error)
                == "segment 's51' is the last of more than 50 segments that ask for each other")
    }

    @Test(
        "a combination of more than two hundred segments is refused",
        arguments: ["s = s & segment.even", "s = s | s", "s = ~(s - segment.even)"])
    func size(_ step: String) throws {
        let text = "local s = segment.even\nfor i = 1, 100000 do \(step) end\nsegment \"huge\" { where = s }"
        let error = try failure { try workshop.members("segment.huge", [numbers, script("s", text)]) }
        #expect(message(of: error) == "more than 200 segments are combined into one")
    }
}
