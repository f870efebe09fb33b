import Foundation
import TestSupport
import Testing

/// The prompt of a shop on a terminal.
struct PromptTerminal {
    static let prompt = "moonletter> "
    let terminal: ScriptedTerminal

    init(
        _ shop: Shop, _ arguments: [String] = [], columns: Int = 80, rows: Int = 24,
        environment: [String: String] = [:]
    ) throws {
        terminal = try ScriptedTerminal(
            "moonletter", arguments, in: shop.url, environment: ["NO_COLOR": "1"].merging(environment) { $1 },
            columns: columns, rows: rows)
        try terminal.wait(forPrompt: Self.prompt)
    }

    /// Types lines and waits for the prompt behind the last.
    func say(_ lines: String...) throws {
        for line in lines.dropLast() {
            try terminal.type(line)
            try terminal.press(.enter)
            try terminal.wait(forPrompt: "        ... ")
        }
        try terminal.type(lines.last ?? "")
        try terminal.press(.enter)
        try terminal.wait(forPrompt: Self.prompt)
    }

    /// What was said from a line on, to the prompt at the end.
    func said(from line: String) -> String {
        let transcript = terminal.transcript
        guard let start = transcript.range(of: line) else { return transcript }
        return String(transcript[start.lowerBound...])
    }
}

@Suite("The prompt at a terminal")
struct TerminalTests {
    @Test("lines, chunks of several lines and Chinese are typed, run, and found again in the next session")
    func typing() throws {
        let shop = try Shop.filled()
        let first = try PromptTerminal(shop)
        try first.say("segment \"rich\" {", "  where = function(c) return c.city == \"上海\" end,", "}")
        try first.say("segment.rich:includes(customer(1))")
        #expect(
            first.said(from: "moonletter> segment") == """
                moonletter> segment "rich" {
                        ...   where = function(c) return c.city == "上海" end,
                        ... }
                segment rich
                moonletter> segment.rich:includes(customer(1))
                true
                moonletter>

                """)
        try first.terminal.press(.controlD)
        #expect(try first.terminal.waitForExit() == 0)
        let second = try PromptTerminal(shop)
        try second.terminal.press(.up, .up, .enter)
        try second.terminal.wait(for: "segment rich")
        try second.terminal.wait(forPrompt: PromptTerminal.prompt)
        try second.terminal.press(.controlR)
        try second.terminal.type("includes")
        try second.terminal.wait(for: "(customer(1))")
        try second.terminal.press(.enter)
        try second.terminal.wait(for: "true")
    }

    @Test(
        "Ctrl-C ends a line without end, also one that swallows errors, and all that was set is still there")
    func interruption() throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop)
        try prompt.say("kept = 42")
        for line in [
            "while true do end", "while true do pcall(function() while true do end end) end",
            "(\"x\"):rep(5000):find((\".-\"):rep(40) .. \"y\")",
        ] {
            try prompt.terminal.type(line)
            try prompt.terminal.press(.enter)
            try prompt.terminal.settle(milliseconds: 300)
            try prompt.terminal.press(.controlC)
            try prompt.terminal.wait(for: "error: interrupted")
            try prompt.terminal.wait(forPrompt: PromptTerminal.prompt)
            try prompt.say("kept")
            #expect(prompt.terminal.transcript.hasSuffix("moonletter> kept\n42\nmoonletter>\n"))
            try prompt.terminal.press(.controlL)
            try prompt.terminal.wait(forPrompt: PromptTerminal.prompt)
        }
    }

    @Test("Ctrl-C at the prompt clears what was typed, of several lines too")
    func clearing() throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop)
        try prompt.terminal.type("segment \"half\" {")
        try prompt.terminal.press(.enter)
        try prompt.terminal.wait(forPrompt: "        ... ")
        try prompt.terminal.type("  where = func")
        // A terminal forgets what nobody has read yet when Ctrl-C comes; and what was typed is drawn once more.
        try prompt.terminal.wait(for: "where = func")
        try prompt.terminal.press(.controlC)
        try prompt.terminal.wait(for: "^C")
        try prompt.terminal.wait(forPrompt: PromptTerminal.prompt)
        try prompt.say("1 + 1")
        #expect(prompt.terminal.transcript.hasSuffix("moonletter> 1 + 1\n2\nmoonletter>\n"))
    }

    @Test("a script that changes is read again while the prompt waits, and what is typed stays")
    func news() throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop)
        try prompt.terminal.type("1 + ")
        try shop.write(
            """
            segment "buyers" {
              description = "Bought twice",
              where = function(c) return c.order_count > 1 end,
            }

            segment "new here" { where = function(c) return c.registered_at > days_ago(2) end }

            """, to: "scripts/buyers.lua")
        try prompt.terminal.wait(for: "new here")
        try prompt.terminal.wait(forPrompt: PromptTerminal.prompt + "1 + ")
        try shop.write("segment \"buyers\" {", to: "scripts/buyers.lua")
        try prompt.terminal.wait(for: "stay in force")
        try prompt.terminal.wait(forPrompt: PromptTerminal.prompt + "1 + ")
        try prompt.say("1")
        #expect(
            prompt.said(from: "scripts/buyers.lua") == """
                scripts/buyers.lua read again
                  segment buyers: 2 → 1 customer
                  segment new here: 2 customers
                error: unexpected symbol near <eof>
                 --> scripts/buyers.lua:1
                  |
                1 | segment "buyers" {
                The scripts of before stay in force until that is mended.
                moonletter> 1 + 1
                2
                moonletter>

                """)
    }

    @Test("what is longer than the screen goes through the pager, and what is shorter does not")
    func paging() throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop, rows: 10, environment: ["PAGER": "sed 's/^/| /'"])
        try prompt.say("show(1, 2, 3)")
        try prompt.say("show(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")
        #expect(
            prompt.said(from: "moonletter> show(1, 2, 3)") == """
                moonletter> show(1, 2, 3)
                1
                2
                3
                moonletter> show(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
                | 1
                | 2
                | 3
                | 4
                | 5
                | 6
                | 7
                | 8
                | 9
                | 10
                | 11
                moonletter>

                """)
    }

    @Test("a file is edited in $EDITOR, and what that changes is said")
    func editing() throws {
        let shop = try Shop.filled()
        let editor = try shop.write(
            "#!/bin/sh\nsed -i 's/order_count > 0/order_count > 1/' \"$1\"\n", to: "editor")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor)
        let prompt = try PromptTerminal(shop, environment: ["EDITOR": editor])
        try prompt.say("edit \"buyers.lua\"")
        #expect(
            prompt.said(from: "moonletter> edit") == """
                moonletter> edit "buyers.lua"
                scripts/buyers.lua read again
                  segment buyers: 2 → 1 customer
                moonletter>

                """)
    }

    @Test("the terminal may change its size while a line is typed")
    func resizing() throws {
        let shop = try Shop.filled()
        let prompt = try PromptTerminal(shop)
        try prompt.terminal.type("{ \"一二三四五六七八九十\", \"abcdefghijklmnopqrst\" }")
        prompt.terminal.resize(columns: 40, rows: 12)
        try prompt.terminal.settle()
        try prompt.terminal.press(.enter)
        try prompt.terminal.wait(for: "  \"abcdefghijklmnopqrst\",")
    }
}
