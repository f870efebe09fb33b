import Foundation
import TestSupport
import Testing

@Suite("What a prompt is given that means it no good")
struct HostileLineTests {
    @Test("a text of a megabyte without a blank is printed as it is")
    func longWord() throws {
        let shop = try Shop.filled()
        let said = try shop.say("print((\"x\"):rep(1000000))", "(\"1\"):rep(1000000)")
        let (letters, digits) = (
            String(repeating: "x", count: 1_000_000), String(repeating: "1", count: 1_000_000)
        )
        #expect(said.output == "\(letters)\n\"\(digits)\"\n")
        #expect(said.errors == "")
        #expect(said.status == 0)
    }

    @Test("an address is masked wherever a rule or a name carries it, in errors too, until it is revealed")
    func addresses() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "local mail = customer(2).email", "error(\"no \" .. mail)", "customers:where(mail):count()",
            "customers[mail]", "segment[mail]", "{ segment[mail] }",
            "customers:each(function(c) error(c.phone or mail) end)",
            "commit(function() customers:limit(1):tag(mail) end)",
            "commit(function() customers:limit(1):task { title = mail } end)")
        #expect(!said.output.contains("ann@"))
        #expect(!said.errors.contains("ann@") && !said.errors.contains("13800000001"))
        #expect(
            said.output.hasPrefix(
                """
                segment a***@example.com
                { segment a***@example.com }
                tag "a***@example.com"  1 customer
                """))
        #expect(
            said.errors.split(separator: "\n").filter { $0.hasPrefix("error") } == [
                "error: no a***@example.com", "error: unknown segment 'a***@example.com'",
                "error: a query has no 'a***@example.com'", "error: 138****0001",
                "error: nobody is there to answer, so nothing was changed",
                "error: nobody is there to answer, so nothing was changed",
            ])
        let open = try shop.say("reveal(true)", "error(customer(2).email)", options: ["--yes"])
        #expect(open.errors.contains("error: ann@example.com\n"))
    }

    @Test("no text steers the terminal: not by controls, and not by turning the direction of writing")
    func steering() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "x = \"a\\27[2J\\u{202E}b\\r\\u{2066}c\"", "x", "print(x)", "error(x)")
        #expect(said.output == "\"a\\027[2J b\\r c\"\na [2J b  c\n")
        #expect(said.errors.hasPrefix("error: a [2J b  c\n"))
    }

    @Test("a file whose name holds NUL is refused, and nothing is left behind")
    func fileNames() throws {
        let shop = try Shop.filled()
        let before = try FileManager.default.contentsOfDirectory(atPath: shop.url.path).sorted()
        let said = try shop.say("customers:export(\"a\\0b.csv\")")
        #expect(said.errors.hasPrefix("error: the name of a file holds no NUL\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: shop.url.path).sorted() == before)
    }

    @Test(
        "with JSON nothing but results goes to standard output, also of ?, of a commit and of what is saved")
    func results() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "?customers", "commit(function() customers:limit(1):tag \"new\" end)", "1 + 1",
            "commit(function() customers:limit(1):tag \"new\" end)", options: ["--format", "json", "--yes"])
        let lines = said.output.split(separator: "\n")
        #expect(lines.count == 2 && lines.first?.hasPrefix("\"customers\\n") == true && lines.last == "2")
        #expect(
            said.errors == """
                tag "new"  1 customer
                  1  – → new
                Changed, and written to the audit log.
                tag "new"  0 customers (1 stay as they are)
                Nothing would change.

                """)
        #expect(said.status == 0)
        let saved = try shop.say(
            "segment \"x\" { where = function(c) return c.order_count > 1 end }", "save(\"x\", \"x\")",
            options: ["--format", "json"])
        #expect(saved.output == "\"segment x\"\n")
        #expect(saved.errors.hasPrefix("scripts/x.lua written with 2 tests\n"), "\(saved.errors)")
    }

    @Test("Ctrl-D at the question of a commit is a no, and the next question waits for its answer")
    func endOfAnswer() throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop)
        let commit = "commit(function() customers:limit(1):tag \"new\" end)"
        let question = "Make 1 change? [y/n] "
        for answer in ["", "perhaps"] {
            try prompt.terminal.type(commit)
            try prompt.terminal.press(.enter)
            try prompt.terminal.wait(forPrompt: question)
            if !answer.isEmpty {
                try prompt.terminal.type(answer)
                try prompt.terminal.press(.enter)
                try prompt.terminal.wait(forPrompt: question)
            }
            try prompt.terminal.press(.controlD)
            try prompt.terminal.wait(forPrompt: PromptTerminal.prompt)
        }
        try prompt.say("1 + 1")
        #expect(
            prompt.said(from: "Make 1 change? [y/n] perhaps") == """
                Make 1 change? [y/n] perhaps
                Make 1 change? [y/n] Nothing was changed.
                moonletter> 1 + 1
                2
                moonletter>

                """)
    }

    @Test("a loop that narrows a query again and again ends with an error in place of all memory")
    func endlessQueries() throws {
        let shop = try Shop.filled()
        let said = try shop.say(
            "q = customers", "for i = 1, 100 do q = q:limit(5) end", "q:count()",
            "while true do q = q:limit(5) end", "while true do q = q:order_by \"id\" end", "q:sample(1)",
            "q:where { city = \"Cork\" }")
        #expect(said.output == "5\n")
        #expect(
            said.errors.split(separator: "\n").filter { $0.hasPrefix("error") }
                == Array(repeating: "error: a query has at most 100 steps", count: 4))
    }

    @Test(
        "where the pager cannot be run, long results are printed all the same",
        arguments: ["/", "no-such-pager"])
    func pagers(_ pager: String) throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop, rows: 5, environment: ["PAGER": pager])
        try prompt.say("customers:show { \"id\" }")
        #expect(prompt.said(from: "id\n").hasPrefix("id\n 1\n 2\n 3\n 4\n 5\nmoonletter>"))
    }
}
