import Testing

@testable import Rules

@Suite("require")
struct RequireTests {
    private func value(_ expression: String, _ scripts: [ScriptFile]) throws -> String {
        try Workshop("INSERT INTO customers (id) VALUES (1)").value(expression, scripts)
    }

    private func value(_ expression: String, _ files: [String: String]) throws -> String {
        try value(expression, files.map { script($0.key, $0.value) }.sorted { $0.path < $1.path })
    }

    @Test("a script gives another what it returns, with all keys and functions, and runs once")
    func values() throws {
        let files = [
            "lib/prices":
                "return { [10] = 'ten', [2.5] = 'half', [true] = 'yes', vip = 99, double = function(x) return 2 * x end }",
            "lib/count": "local t = require 'lib.prices'\nt.runs = (t.runs or 0) + 1\nreturn t.runs",
            "a": "require 'lib.count' require 'lib.count'",
        ]
        let cases = [
            ("(require 'lib.prices')[10]", "'ten'"), ("(require 'lib.prices')[2.5]", "'half'"),
            ("(require 'lib.prices')[true]", "'yes'"), ("require('lib.prices').vip", "99"),
            ("require('lib.prices').double(4)", "8"),
            ("require('lib.prices') == require('lib.prices')", "true"),
            ("require('lib.prices').runs", "1"), ("require 'lib.count'", "1"), ("require 'a'", "nil"),
        ]
        for (expression, expected) in cases {
            #expect(try value(expression, files) == expected, "\(expression)")
        }
    }

    @Test(
        "a name leads to a script that was read with the workspace, or nowhere",
        arguments: [
            "nothing", "../secret", "..secret", "/etc/passwd", "a.lua", "scripts.a", "", "a/../a", "A",
        ])
    func noWayOut(_ name: String) throws {
        let path =
            "scripts/\(name.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "/")).lua"
        #expect(
            try value("require '\(name)'", ["a": "return 1"])
                == "error: there is no script \(path) to require = require takes a name such as lib.prices")
    }

    @Test("the argument is a text")
    func argument() throws {
        #expect(
            try value("require(5)", [:] as [String: String])
                == "error: require takes a text as argument 1, got the number 5")
    }

    @Test("scripts that require each other are refused")
    func circular() throws {
        let files = [script("a", "require 'b'"), script("b", "local x = 1\nrequire 'a'")]
        let error = try failure { try value("1", files) }
        #expect(
            rendered(error, files) == """
                error: the script scripts/a.lua requires itself, directly or through others
                 --> scripts/b.lua:2
                  |
                2 | require 'a'
                  = move what both need into a third script
                  = called at scripts/a.lua:1
                """)
    }

    @Test("an error in a required script is shown where it is")
    func errorInside() throws {
        let files = [script("a", "require 'z'"), script("z", "local x = 1\nsegmnt \"x\" {}")]
        let error = try failure { try value("1", files) }
        #expect(
            rendered(error, files) == """
                error: unknown word 'segmnt'
                 --> scripts/z.lua:2:1
                  |
                2 | segmnt "x" {}
                  | ^^^^^^
                  = did you mean 'segment'?
                  = called at scripts/a.lua:1
                """)
    }

    @Test("a syntax error in a required script is shown where it is")
    func syntaxErrorInside() throws {
        let files = [script("a", "require 'z'"), script("z", "local x = 1\nif x then")]
        let error = try failure { try value("1", files) }
        #expect(
            rendered(error, files) == """
                error: 'end' expected near <eof>
                 --> scripts/z.lua:2
                  |
                2 | if x then
                """)
    }

    @Test("a long chain of scripts ends in an error, not in a crash")
    func chain() throws {
        func files(_ count: Int) -> [ScriptFile] {
            (1...count).map { script("s\($0)", $0 == count ? "return 1" : "return 1 + require 's\($0 + 1)'") }
        }
        #expect(try value("require 's1'", files(50)) == "50")
        let error = try failure { try value("1", files(51)) }
        #expect(message(of: error) == "more than 50 scripts require each other in a row")
    }
}
