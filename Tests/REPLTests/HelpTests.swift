@testable import REPL
import Rules
import TestSupport
import Testing

@testable import Commands

@Suite("Help at the prompt")
struct HelpTests {
    /// What the prompt prints for lines, each behind the line itself.
    private static func told(_ lines: [String]) throws -> String {
        try CompletionWorld.shared.get().look { session, output in
            lines.map { line in
                session.run(line)
                return "> \(line)\n\(output.take())"
            }.joined(separator: "\n")
        }
    }

    @Test("help tells what there is, and about words, fields, kinds and what scripts define")
    func pages() throws {
        let told = try Self.told([
            "?", "help(customers)", "?customers:hist", "help \"win-back\"",
            "?win-back",
            "help \"low score\"", "?segment.buyers", "?segment[\"birthday soon\"]", "?stage", "?total_spent",
            "?city",
            "?gender", "?shoe_size", "?c", "?c.orders", "?c.orders:since", "?c.orders:purchased",
            "?c.orders:last()",
            "?c:has_tag", "?send", "?segment", "?VIP", "?welcome", "?string", "?string.upper", "?days_ago",

            "help(customer(2))", "help(customer(2).orders)", "help(segment.vip)",
            "help(segment.vip - segment.buyers)",
            "help { 1 }", "help(5)", "?customers:group_by(\"city\")", "?find", "?explain", "?opened",
            "customer",
        ])
        try expectGolden(told, "repl/help.txt")
    }

    @Test("what nobody knows gets the nearest name")
    func misses() throws {
        let told = try Self.told([
            "?custommers", "?c.citty", "?c.orders:sinc", "help \"win-bak\"", "?xyzzy", "?segment.vop",
        ])
        #expect(
            told == """
                > ?custommers
                error: help knows nothing of 'custommers'
                  did you mean 'customers'?

                > ?c.citty
                error: there is no field 'citty'
                  did you mean 'city'?

                > ?c.orders:sinc
                error: there is no method 'sinc'
                  did you mean 'since'?

                > help "win-bak"
                error: help knows nothing of 'win-bak'
                 --> input 4:1
                  |
                1 | help "win-bak"
                  = did you mean 'win-back'?

                > ?xyzzy
                error: help knows nothing of 'xyzzy'
                  help shows what there is

                > ?segment.vop
                error: there is no segment 'vop'
                  did you mean 'vip'?

                """)
    }

    @Test("usual first mistakes get the next step")
    func mistakes() throws {
        let told = try Self.told([
            "customers.count()", "customers:count", "customer[2]", "segment.buyers:count()", "c.name", "=1+1",
            "SELECT * FROM customers", "show tables", "ls -l", "print customers", "customers.city",
            "customers:group_by(city)", "buyers",
        ])
        try expectGolden(told, "repl/mistakes.txt")
    }

    @Test("every setting of a word says what it is")
    func settings() {
        let silent = (ruleWords + promptWords).flatMap { word in
            word.settings.filter { word.doc(ofSetting: $0).isEmpty }.map { "\(word.name).\($0)" }
        }
        #expect(silent == [])
    }

    @Test("exit and quit, typed alone, leave")
    func farewells() throws {
        for line in ["exit", "quit", "exit()", "quit();", " exit "] {
            try CompletionWorld.shared.get().look { session, output in
                #expect(session.run(line))
                #expect(session.isOver)
                #expect(output.take() == "")
            }
        }
    }

    @Test("a first-time visitor gets three lines with things to try, others one")
    func welcome() throws {
        try CompletionWorld.shared.get().look { session, output in
            #expect(
                session.welcome(isFirst: true) == [
                    "shop: 6 customers, 2026-12-01 12:00. Lines are Lua: an expression prints its value.",
                    "Try  customers:where(segment.buyers):count()    explain \"win-back\"    customer(1)",
                    "Tab completes, ?word explains, help shows what there is, Ctrl-D leaves.",
                ])
            #expect(session.welcome(isFirst: false) == ["shop: 6 customers, 2026-12-01 12:00"])
            for line in session.firstSteps { #expect(session.run(line), "\(output.take())") }
        }
    }
}
