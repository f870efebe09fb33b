import Foundation
import TestSupport
import Testing

@Suite("Typing a line")
struct TypingTests {
    @Test("a line is read, edited, and read again; Ctrl-D leaves")
    func lines() throws {
        let probe = try Probe()
        try probe.enter("hello")
        try probe.terminal.type("world")
        try probe.terminal.press(.left, .left, .backspace, .home)
        try probe.enter("张 ")
        try probe.enter("")
        try probe.leave()
        #expect(
            probe.terminal.transcript == """
                probe> hello
                got "hello"
                probe> 张 wold
                got "张 wold"
                probe>
                got ""
                probe>
                end

                """)
    }

    @Test("a chunk goes on until it is complete, and is one text")
    func chunk() throws {
        let probe = try Probe()
        try probe.enterLine("f {")
        try probe.enterLine("  1,")
        try probe.enter("}")
        #expect(
            probe.terminal.transcript == """
                probe> f {
                    ..   1,
                    .. }
                got "f {\\n  1,\\n}"
                probe>

                """)
    }

    @Test("Ctrl-D within a chunk gives the chunk as it is")
    func halfChunk() throws {
        let probe = try Probe()
        try probe.enterLine("f {")
        try probe.terminal.press(.controlD)
        try probe.terminal.wait(forPrompt: Probe.prompt)
        #expect(probe.terminal.transcript == "probe> f {\n    ..\ngot \"f {\"\nprobe>\n")
        try probe.leave()
    }

    @Test("a paste of several lines is one chunk that waits for Enter")
    func paste() throws {
        let probe = try Probe()
        try probe.terminal.type("<")
        try probe.terminal.paste("first\nsecond\r\nthird\rfourth")
        try probe.terminal.wait(for: "fourth")
        try probe.enter(">")
        #expect(
            probe.terminal.transcript == """
                probe> <first
                second
                third
                fourth>
                got "<first\\nsecond\\nthird\\nfourth>"
                probe>

                """)
    }

    @Test("a paste is undone in one step")
    func undo() throws {
        let probe = try Probe()
        try probe.terminal.type("a")
        try probe.terminal.paste("bcd")
        try probe.wait(forLine: "probe> abcd")
        try probe.terminal.press(.controlUnderscore)
        try probe.wait(forLine: "probe> a")
    }

    @Test("a long line is laid out anew when the terminal changes its size")
    func resize() throws {
        let probe = try Probe(columns: 60)
        let text = String(repeating: "0123456789", count: 6)
        try probe.terminal.type(text)
        try probe.terminal.wait(for: "3456789")
        probe.terminal.resize(columns: 100, rows: 16)
        try probe.wait(forLine: "probe> " + text)
        probe.terminal.resize(columns: 30, rows: 10)
        try probe.terminal.wait(until: "three rows") {
            $0.transcript == "probe> 01234567890123456789012\n345678901234567890123456789012\n3456789\n"
        }
        probe.terminal.resize(columns: 100, rows: 10)
        try probe.wait(forLine: "probe> " + text)
        try probe.enter()
        #expect(probe.terminal.screen.contains("got \"\(text)\""))
    }

    @Test("a notice stands above the prompt, with what was typed drawn again")
    func notice() throws {
        let probe = try Probe()
        try probe.enterLine("f {")
        try probe.terminal.type("half")
        try probe.wait(forLine: "    .. half")
        try probe.folder.write("segment dormant: 2,977 → 3,104 customers", to: "notice")
        try probe.terminal.wait(for: "3,104")
        try probe.wait(forLine: "    .. half")
        try probe.enter("way }")
        #expect(
            probe.terminal.transcript == """
                probe> f {
                segment dormant: 2,977 → 3,104 customers
                probe> f {
                    .. halfway }
                got "f {\\nhalfway }"
                probe>

                """)
    }

    @Test(".inputrc chooses the vi mode, and may ask for the program's name")
    func viMode() throws {
        let probe = try Probe(
            inputrc: """
                set editing-mode vi
                $if moonletter
                "Q": "by name"
                $endif
                """)
        try probe.terminal.type("one twoQ")
        try probe.wait(forLine: "probe> one twoby name")
        try probe.terminal.press(.escape)
        try probe.terminal.settle()
        try probe.terminal.type("0dwA!")
        try probe.wait(forLine: "probe> twoby name!")
        try probe.enter()
        #expect(probe.terminal.screen.contains("got \"twoby name!\""))
    }

    @Test("in vi's command mode a paste is text, not commands")
    func viPaste() throws {
        let probe = try Probe(inputrc: "set editing-mode vi")
        try probe.terminal.type("ab")
        try probe.terminal.press(.escape)
        try probe.terminal.settle()
        try probe.terminal.paste("dd0x")
        try probe.terminal.wait(for: "dd0x")
        try probe.enter()
        #expect(probe.terminal.screen.contains("got \"add0xb\""))
    }

    @Test("text is UTF-8 whatever the environment says", arguments: ["C", "POSIX", "de_DE.ISO-8859-1"])
    func locale(name: String) throws {
        let probe = try Probe(environment: ["LC_ALL": name])
        try probe.terminal.type("张经理")
        try probe.terminal.press(.left, .backspace)
        try probe.wait(forLine: "probe> 张")
        try probe.enter()
        #expect(probe.terminal.screen.contains("got \"张理\""))
        // The program's own stays what it was.
        try probe.enter("locale")
        #expect(probe.terminal.screen.contains("C"))
    }
}
