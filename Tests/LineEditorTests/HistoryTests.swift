import Foundation
import TestSupport
import Testing

@testable import LineEditor

@Suite("History")
struct HistoryTests {
    @Test("chunks come back in the next session, with their lines, and can be changed")
    func sessions() throws {
        let first = try Probe(history: "folder/history")
        try first.enter("one \\n")
        try first.enterLine("f {")
        try first.enter("}")
        try first.leave()
        #expect(try first.folder.read("folder/history") == "one \\\\n\nf {\\n}\n")

        let second = try Probe(in: first.folder, history: "folder/history")
        try second.terminal.press(.up)
        try second.wait(forLine: "}")
        #expect(second.terminal.transcript == "probe> f {\n}\n")
        try second.terminal.press(.left)
        try second.terminal.type("2")
        try second.wait(forLine: "2")
        try second.enter()
        #expect(second.terminal.screen.contains("got \"f {\\n2}\""))
        // Two chunks of two lines each come before it.
        try second.terminal.press(.up, .up, .up, .up, .up)
        try second.wait(forLine: "probe> one \\n")
        try second.enter()
        #expect(try second.folder.read("folder/history") == "one \\\\n\nf {\\n}\nf {\\n2}\none \\\\n\n")
    }

    @Test("Up and Down go through the lines of a chunk before they go through the history")
    func rows() throws {
        let probe = try Probe()
        try probe.enter("before")
        try probe.terminal.paste("one 张\n\nthree")
        try probe.wait(forLine: "three")
        try probe.enter()
        try probe.terminal.press(.up, .up, .up)
        try probe.terminal.type("<")
        try probe.terminal.press(.down)
        try probe.terminal.type("<")
        try probe.terminal.press(.down)
        try probe.terminal.type("<")
        try probe.terminal.press(.up, .up)
        try probe.terminal.type("!")
        try probe.terminal.press(.up)
        try probe.wait(forLine: "probe> before")
        try probe.terminal.press(.down)
        try probe.wait(forLine: "t<hree")
        try probe.enter()
        #expect(probe.terminal.screen.contains(#"got "<!one 张\n<\nt<hree""#))
    }

    @Test("what begins with a blank, is blank, or is the same again is not kept; the file is for its owner")
    func kept() throws {
        let probe = try Probe(history: "history")
        for line in ["a", "a", " secret", "", "   ", "b", "a"] { try probe.enter(line) }
        #expect(try probe.folder.read("history") == "a\nb\na\n")
        let attributes = try FileManager.default.attributesOfItem(atPath: probe.folder.path("history"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("two sessions at once lose nothing of each other")
    func together() throws {
        let first = try Probe(history: "history")
        let second = try Probe(in: first.folder, history: "history")
        try first.enter("1")
        try second.enter("2")
        try first.enter("3")
        #expect(try first.folder.read("history") == "1\n2\n3\n")
    }

    @Test("the last 5,000 are kept")
    func bounded() throws {
        let folder = try TemporaryFolder()
        try folder.write((1...5003).map { "line \($0)\n" }.joined(), to: "history")
        let probe = try Probe(in: folder, history: "history")
        #expect(try folder.read("history") == (4...5003).map { "line \($0)\n" }.joined())
        try probe.enter("new")
        #expect(try folder.read("history").hasSuffix("line 5003\nnew\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["history"])
    }

    @Test("sessions that append at once lose nothing, also while others put a shorter file in place")
    func crowd() throws {
        let folder = try TemporaryFolder()
        try folder.write((1...5001).map { "line \($0)\n" }.joined(), to: "history")
        let file = HistoryFile(url: folder.url.appending(path: "history"))
        DispatchQueue.concurrentPerform(iterations: 40) { number in
            try? file.append("of \(number)\n\\n")
            _ = try? file.load()
        }
        let chunks = try file.load()
        #expect(chunks.count == 5000)
        #expect(Set(chunks.suffix(40)) == Set((0..<40).map { "of \($0)\n\\n" }))
    }

    @Test("Ctrl-R searches, and .inputrc can bind a search by prefix to keys")
    func search() throws {
        let folder = try TemporaryFolder()
        try folder.write("customers:count()\nfind \"王\"\ncustomers:first()\nother\n", to: "history")
        let probe = try Probe(
            in: folder, history: "history", inputrc: "\"\\e[A\": history-search-backward")
        try probe.terminal.press(.controlR)
        try probe.terminal.type("count")
        try probe.terminal.wait(for: "(reverse-i-search)`count': customers:count()")
        try probe.enter()
        #expect(probe.terminal.screen.contains(#"got "customers:count()""#))
        try probe.terminal.press(.controlR)
        try probe.terminal.type("王")
        try probe.terminal.wait(for: "`王': find \"王\"")
        try probe.terminal.press(.controlC)
        try probe.waitCleared()
        try probe.terminal.type("cust")
        try probe.terminal.press(.up, .up)
        try probe.terminal.wait(until: "the older line") {
            $0.screen[$0.display.cursor.row] == "probe> customers:first()"
        }
    }

    @Test("a history that cannot be used is told once, and editing goes on")
    func unusable() throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "history/file")
        let probe = try Probe(in: folder, history: "history", columns: 200)
        try probe.enter("one")
        try probe.enter("two")
        try probe.terminal.press(.up, .up)
        try probe.wait(forLine: "probe> one")
        #expect(
            probe.terminal.transcript == """
                warning: the history of the prompt cannot be kept in \(folder.path("history")): Is a directory
                  lines of this session are forgotten at its end; make it a file that you can write, or move it away
                probe> one
                got "one"
                probe> two
                got "two"
                probe> one

                """)
    }

    @Test("a pipe in the place of the history does not hold the prompt up")
    func pipe() throws {
        let folder = try TemporaryFolder()
        #expect(mkfifo(folder.path("history"), 0o600) == 0)
        let probe = try Probe(in: folder, history: "history", columns: 200)
        #expect(probe.terminal.screen[0].hasSuffix("history: it is not a file"))
        try probe.enter("one")
    }
}
