import Foundation
import TestSupport
import Testing

@Suite("Ctrl-C and other signals")
struct SignalTests {
    @Test("Ctrl-C clears the line, a half-typed chunk and a search, and the prompt is back")
    func clears() throws {
        let probe = try Probe()
        try probe.terminal.type("half")
        try probe.wait(forLine: "probe> half")
        try probe.terminal.press(.left, .left, .controlC)
        try probe.waitCleared()
        try probe.enterLine("f {")
        try probe.terminal.type("x")
        try probe.wait(forLine: "    .. x")
        try probe.terminal.press(.controlC)
        try probe.waitCleared()
        try probe.enter("whole")
        #expect(
            probe.terminal.transcript == """
                probe> half^C
                cleared
                probe> f {
                    .. x^C
                cleared
                probe> whole
                got "whole"
                probe>

                """)
    }

    @Test("Ctrl-C in a search leaves nothing of it")
    func search() throws {
        let probe = try Probe()
        try probe.enter("one")
        try probe.terminal.press(.controlR)
        try probe.terminal.type("on")
        try probe.terminal.wait(for: "`on': one")
        try probe.terminal.press(.controlC)
        try probe.waitCleared()
        try probe.enter("two")
        #expect(probe.terminal.screen.contains("got \"two\""))
    }

    @Test("between lines the program has its own Ctrl-C, and a plain terminal")
    func between() throws {
        let probe = try Probe()
        #expect(!probe.terminal.isPlain)
        try probe.terminal.type("wait\r")
        try probe.terminal.wait(for: "waiting")
        #expect(probe.terminal.isPlain)
        try probe.terminal.press(.controlC)
        try probe.terminal.wait(for: "[its own Ctrl-C]")
        try probe.terminal.wait(until: "the prompt") { $0.display.lineToCursor == Probe.prompt }
        try probe.enter("on")
        try probe.leave()
    }

    @Test("a signal that ends the program leaves a plain terminal", arguments: [SIGTERM, SIGHUP, SIGQUIT])
    func ends(number: Int32) throws {
        let probe = try Probe(environment: ["SWIFT_BACKTRACE": "enable=no"])
        try probe.terminal.type("half")
        try probe.wait(forLine: "probe> half")
        probe.terminal.signal(number)
        #expect(try -probe.terminal.waitForExit() & 0x7F == number)
        #expect(!probe.terminal.display.marksPastes)
        #expect(probe.terminal.isPlain)
    }

    @Test("a program that is stopped and goes on draws its line again")
    func continued() throws {
        let probe = try Probe()
        try probe.terminal.type("half")
        try probe.wait(forLine: "probe> half")
        probe.terminal.signal(SIGSTOP)
        probe.terminal.signal(SIGCONT)
        try probe.terminal.settle()
        try probe.enter("way")
        #expect(probe.terminal.screen.contains("got \"halfway\""))
    }

    @Test("Ctrl-Z where nobody could continue the program draws the line again")
    func stopped() throws {
        let probe = try Probe()
        try probe.terminal.type("half")
        try probe.wait(forLine: "probe> half")
        try probe.terminal.press(.controlZ)
        try probe.terminal.wait(until: "the line twice") {
            $0.screen[1] == "probe> half" && $0.display.lineToCursor == "probe> half"
        }
        try probe.enter("way")
        #expect(probe.terminal.screen.contains("got \"halfway\""))
    }

    @Test("an endless paste is ended by Ctrl-C")
    func paste() throws {
        let probe = try Probe()
        try probe.terminal.type("\u{1B}[200~never ends")
        try probe.terminal.settle()
        try probe.terminal.press(.controlC)
        try probe.waitCleared()
        try probe.enter("on")
        #expect(probe.terminal.screen.contains("got \"on\""))
    }
}
