import TestSupport
import Testing

@Suite("Completion")
struct CompletionTests {
    @Test("one candidate is taken as it is, without a blank behind it")
    func one() throws {
        let probe = try Probe()
        try probe.terminal.type("c.col\t!")
        try probe.enter()
        #expect(probe.terminal.transcript == "probe> c.colour!\ngot \"c.colour!\"\nprobe>\n")
    }

    @Test(
        "Tab completes what all candidates have in common; the next one lists them below, and the line again")
    func many() throws {
        let probe = try Probe()
        try probe.terminal.type("c.ci rest")
        try probe.terminal.press(.left, .left, .left, .left, .left, .tab)
        try probe.wait(forLine: "probe> c.cit")
        #expect(probe.terminal.transcript == "probe> c.cit rest\n")
        try probe.terminal.press(.tab)
        try probe.terminal.wait(for: "where the customer lives")
        try probe.wait(forLine: "probe> c.cit")
        #expect(
            probe.terminal.transcript == """
                probe> c.cit rest
                city   text · where the customer lives
                cited  number · how often others name the customer
                probe> c.cit rest

                """)
        try probe.terminal.type("y\t")
        try probe.terminal.wait(for: "city rest")
        try probe.enter()
        #expect(probe.terminal.screen.contains("got \"c.city rest\""))
    }

    @Test(
        "candidates without details stand beside each other; a word that is one of them is listed with the rest"
    )
    func columns() throws {
        let probe = try Probe()
        try probe.terminal.type("wh\t")
        try probe.terminal.wait(for: "whale")
        try probe.wait(forLine: "probe> wh")
        #expect(probe.terminal.screen[1] == "where     wherever  whale")
        try probe.terminal.type("e\t")
        try probe.wait(forLine: "probe> where")
        try probe.terminal.press(.tab)
        try probe.terminal.wait(until: "the second list") { $0.screen.contains("where     wherever") }
    }

    @Test("capitals do not keep a word from being completed")
    func capitals() throws {
        let probe = try Probe()
        try probe.terminal.type("CI\t")
        try probe.wait(forLine: "probe> cit")
    }

    @Test("candidates with blanks, quotation marks and Chinese are taken whole")
    func values() throws {
        let probe = try Probe()
        try probe.terminal.type("c.city == \"北\t")
        try probe.terminal.wait(for: "1,204")
        try probe.wait(forLine: "probe> c.city == \"北")
        #expect(Array(probe.terminal.screen[1...2]) == ["北京  1,204", "北海  31"])
        try probe.terminal.type("京\t")
        try probe.wait(forLine: "probe> c.city == \"北京\"")
        try probe.terminal.press(.controlU)
        try probe.terminal.type("x \"new y\t")
        try probe.wait(forLine: "probe> x \"New York \"Big Apple\"")
    }

    @Test("where nothing completes the note says so, and the line stays")
    func note() throws {
        let probe = try Probe()
        try probe.terminal.type("c.zzz\t")
        try probe.terminal.wait(for: "no word")
        try probe.wait(forLine: "probe> c.zzz")
        #expect(probe.terminal.transcript == "probe> c.zzz\nno word 'zzz'\nprobe> c.zzz\n")
    }

    @Test("more than a screenful is cut with the number of the rest, without a question")
    func screenful() throws {
        let probe = try Probe(columns: 40, rows: 8)
        try probe.terminal.type("many\t\t")
        try probe.terminal.wait(for: "more")
        try probe.wait(forLine: "probe> many")
        #expect(
            probe.terminal.screen == [
                "probe> many",
                "many1    many6    many11   many16",
                "many2    many7    many12   many17",
                "many3    many8    many13   many18",
                "many4    many9    many14   many19",
                "many5    many10   many15   many20",
                "… 180 more",
                "probe> many",
            ])
    }

    @Test("what steers a terminal does not come out of a list")
    func escapes() throws {
        let probe = try Probe()
        try probe.terminal.type("esca\t\t")
        try probe.terminal.wait(for: "steers")
        #expect(probe.terminal.screen[2] == "escape [31m  steers the [2Jterminal")
    }

    @Test("the chunk above the line is told, also where it comes from the history")
    func above() throws {
        let probe = try Probe()
        try probe.enterLine("f {")
        try probe.enterLine("g,")
        try probe.terminal.type("x here y")
        try probe.terminal.press(.left, .left, .tab)
        try probe.terminal.wait(for: #"above "f {\ng,", line "x here y", cursor 6"#)
        try probe.enter(" }")
        try probe.terminal.press(.up)
        try probe.terminal.wait(until: "the chunk again") { $0.display.lineToCursor == "x here } y" }
        for _ in 0..<4 { try probe.terminal.press(.left) }
        try probe.terminal.press(.tab)
        try probe.terminal.wait(for: #"above "f {\ng,", line "x here } y", cursor 6"#)
    }

    @Test("readline's other commands complete the same, never names of files")
    func menu() throws {
        let probe = try Probe(inputrc: "TAB: menu-complete\n\"\\C-t\": insert-completions")
        try probe.folder.write("", to: "zebra.txt")
        try probe.terminal.type("c.ci\t")
        try probe.wait(forLine: "probe> c.city")
        try probe.terminal.press(.tab)
        try probe.wait(forLine: "probe> c.cited")
        try probe.terminal.press(.controlU)
        try probe.terminal.type("zeb\t!")
        try probe.wait(forLine: "probe> zeb!")
    }
}
