import TestSupport
import Testing

@Suite("Hostile input")
struct HostileInputTests {
    @Test(
        "a byte that is no UTF-8 becomes a replacement character, half a character is dropped, and Tab works")
    func invalid() throws {
        let probe = try Probe()
        try probe.terminal.send([0x61, 0xFF, 0x62, 0xE5, 0xBC, 0x20])
        try probe.terminal.type("ci\t")
        try probe.terminal.wait(for: "cit")
        try probe.enter("y")
        #expect(
            probe.terminal.screen.contains("got \"a\u{FFFD}b city\""), "\(probe.terminal.transcript)")
    }

    @Test("a paste of 100 KB is one chunk")
    func long() throws {
        let probe = try Probe()
        try probe.terminal.paste(String(repeating: "0123456789 张\n", count: 7_000))
        try probe.terminal.type("\r")
        try probe.terminal.wait(for: "got 105000 bytes")
        try probe.terminal.wait(until: "the prompt") { $0.display.lineToCursor == Probe.prompt }
        try probe.enter("on")
    }

    @Test("a byte 0 is dropped from a paste, and no text from a line")
    func zero() throws {
        let probe = try Probe()
        try probe.terminal.paste("a\0b")
        try probe.terminal.send([0x00])
        try probe.terminal.type("c")
        try probe.wait(forLine: "probe> abc")
        try probe.enter()
        #expect(probe.terminal.screen.contains("got \"abc\""))
    }

    @Test("every single byte can be typed")
    func bytes() throws {
        let probe = try Probe()
        // Not those that end a line or the session, or stop the output.
        let ends: Set<UInt8> = [0x03, 0x04, 0x0A, 0x0D, 0x0F, 0x11, 0x13, 0x1A, 0x1C]
        for byte in UInt8.min...UInt8.max where !ends.contains(byte) {
            try probe.terminal.send([byte, 0x78])
        }
        try probe.terminal.settle()
        try probe.terminal.press(.controlC)
        try probe.waitCleared()
        try probe.enter("on")
        #expect(probe.terminal.screen.contains("got \"on\""))
    }
}
