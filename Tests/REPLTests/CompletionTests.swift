import Foundation
import LineEditor
import Reports
import Rules
import TestSupport
import Testing

@testable import Commands
@testable import REPL

@Suite("Completion")
struct CompletionTests {
    /// The byte of the line where the replaced text begins, and what may stand there, or what is said.
    private static func told(_ completion: Completion) -> String {
        let note = completion.note.map { "-- \($0)" }
        let texts = completion.candidates.map { "`\($0.text)`" }.joined(separator: " ")
        return "\(completion.start): " + [texts, note ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Completes at the `|` of a text, of which the last line is the current one.
    private static func complete(_ typed: String, _ completer: Completer) throws -> Completion {
        let cursor = try #require(typed.range(of: "|", options: .backwards))
        let text = typed.replacingCharacters(in: cursor, with: "")
        let head = typed[..<cursor.lowerBound]
        let lineStart = head.lastIndex(of: "\n").map { head.index(after: $0) } ?? head.startIndex
        let before = lineStart == head.startIndex ? "" : String(head[..<lineStart].dropLast())
        let line = String(text.dropFirst(before.isEmpty ? 0 : before.count + 1))
        return completer.complete(before: before, line: line, cursor: head[lineStart...].utf8.count)
    }

    @Test("each place in a line is completed with what may stand there")
    func places() throws {
        let golden = try String(
            contentsOf: checkout.appending(path: "Tests/Golden/repl/completion.txt"), encoding: .utf8)
        try CompletionWorld.shared.get().look { session, output in
            for line in Self.variables { #expect(session.run(line), "\(output.take())") }
            let completer = Completer(session)
            var told = ""
            // What is typed stands in the first column, what is told is indented.
            for line in golden.split(separator: "\n") where !line.hasPrefix("    ") {
                told += line + "\n"
                guard line.contains("|") else { continue }
                let completion = try Self.complete(String(line).replacing("⏎", with: "\n"), completer)
                told += "    \(Self.told(completion))\n"
            }
            try expectGolden(told, "repl/completion.txt")
        }
    }

    /// What was typed before.
    private static let variables = [
        "local ann = customer(2)", "answer = 42", "prices = { tea = 3, ['green tea'] = 4, list = { 1 } }",
        "quiet = segment.buyers - segment.vip", "bought = ann.orders", "latest = bought:last()",
        "cities = customers:group_by(\"city\"):count()", "ann",
    ]

    @Test("every candidate goes on from what is typed, wherever the examples of words are cut off")
    func examples() throws {
        let texts = (hostWords + promptWords + objectMethods + customerMethods + relationMethods).map(
            \.example)
        try CompletionWorld.shared.get().look { session, output in
            let completer = Completer(session)
            for text in texts {
                let bytes = Array(text.utf8)
                for cursor in (0...8).map({ bytes.count * $0 / 8 }) {
                    let completion = completer.complete(before: "", line: text, cursor: cursor)
                    #expect((0...cursor).contains(completion.start), "\(text) at \(cursor)")
                    let typed = String(decoding: bytes[completion.start..<cursor], as: UTF8.self).lowercased()
                    for candidate in completion.candidates where !candidate.text.hasPrefix(":") {
                        var rest = Substring(candidate.text.lowercased())
                        let isKept = typed.trimmingPrefix(".").allSatisfy { letter in
                            guard let place = rest.firstIndex(of: letter) else { return false }
                            rest = rest[place...].dropFirst()
                            return true
                        }
                        #expect(isKept, "\(typed) → \(candidate.text) in \(text)")
                    }
                }
            }
            #expect(output.take() == "")
        }
    }

    @Test("no text makes it fail, finished or not")
    func hostileTexts() throws {
        let texts = [
            "", "\0", "((((((((((", "))))", "end end end", "c.", "c:", ".", ":", "::", "[[", "[==[ c.",
            "--[[ c.",
            "x = x.x.x:y", "local x = x; x.", "local a = b local b = a a.", "for for for in do x.", "?", "??",
            "?.",
            "\"\\", "'\\u{", "f{{{{{{", "function(c", "function c(", "c.orders:", "c:orders.", "#!", "🙂.",
            "c.🙂",
            String(repeating: "c.", count: 5_000), String(repeating: "(", count: 5_000) + "c.",
            String(repeating: "{ x = function(c) ", count: 500) + "c.",
            String(repeating: "a = b.c ", count: 2_000) + "b.",
            String(repeating: "local a = a.b; ", count: 1_000) + "a.",
        ]
        try CompletionWorld.shared.get().look { session, _ in
            let completer = Completer(session)
            for text in texts {
                for cursor in [text.utf8.count, text.utf8.count / 2, -5, 1 << 40] {
                    let completion = completer.complete(before: "", line: text, cursor: cursor)
                    #expect((0...text.utf8.count).contains(completion.start), "\(text.prefix(40))")
                }
            }
        }
    }

    @Test("an address is completed only where addresses are revealed")
    func addresses() throws {
        try CompletionWorld.shared.get().look { session, _ in
            let completer = Completer(session)
            let line = "customer \"ann"
            let masked = completer.complete(before: "", line: line, cursor: line.utf8.count)
            #expect(masked.candidates.map(\.text) == ["Ann Lee\"", "Ann Other\""])
            session.mask(.revealed)
            let revealed = completer.complete(before: "", line: line, cursor: line.utf8.count)
            #expect(revealed.candidates.map(\.text) == ["Ann Lee\"", "Ann Other\"", "ann@example.com\""])
        }
    }

    @Test(
        "what is said of a candidate is its type and one sentence, and of a value how many customers have it")
    func details() throws {
        try CompletionWorld.shared.get().look { session, _ in
            let completer = Completer(session)
            func details(_ line: String) -> [String] {
                completer.complete(before: "", line: line, cursor: line.utf8.count).candidates.map(\.detail)
            }
            #expect(details("c.total_sp") == ["money  Sum of all purchases."])
            #expect(details("c.stag") == ["trait  How far a customer has come"])
            #expect(details("segment.bu") == ["segment  Bought at least once"])
            #expect(details("c:has_t") == ["c:has_tag(tag)  Whether the customer has the tag."])
            #expect(details("c.city == \"上") == ["3 customers"])
            #expect(details("send { template = \"win") == ["email, sms"])
        }
    }
}
