import LineEditor

/// What the probe completes: the word before the cursor, or the text behind a quotation mark.
enum Words {
    private static let known: [LineEditor.Candidate] = [
        .init("city", detail: "text · where the customer lives"),
        .init("cited", detail: "number · how often others name the customer"),
        .init("colour", label: "colour", detail: "text"),
        .init("where"), .init("wherever"), .init("whale"),
        .init("escapade"), .init("escape\u{1B}[31m", detail: "steers the\u{1B}[2Jterminal"),
    ]
    private static let quoted: [LineEditor.Candidate] = [
        .init("北京\"", label: "北京", detail: "1,204"), .init("北海\"", label: "北海", detail: "31"),
        .init("New York \"Big Apple\"", label: "New York", detail: "7"),
    ]

    static func complete(before: String, line: String, cursor: Int) -> LineEditor.Completion {
        let ahead = String(decoding: line.utf8.prefix(cursor), as: UTF8.self)
        if let quote = ahead.lastIndex(of: "\"") {
            let start = ahead.index(after: quote)
            return among(quoted, start: start, of: ahead)
        }
        let word = ahead.reversed().prefix { $0.isLetter }.count
        let start = ahead.index(ahead.endIndex, offsetBy: -word)
        if ahead[start...] == "here" {
            let place = "above \(before.debugDescription), line \(line.debugDescription), cursor \(cursor)"
            return .init(start: 0, candidates: [], note: place)
        }
        if ahead[start...] == "many" {
            return .init(start: 0, candidates: (1...200).map { .init("many\($0)") })
        }
        return among(known, start: start, of: ahead)
    }

    private static func among(
        _ all: [LineEditor.Candidate], start: String.Index, of ahead: String
    ) -> LineEditor.Completion {
        let typed = ahead[start...]
        let fitting = all.filter { $0.text.lowercased().hasPrefix(typed.lowercased()) }
        let offset = ahead.utf8.distance(from: ahead.startIndex, to: start)
        return .init(
            start: offset, candidates: fitting, note: fitting.isEmpty ? "no word '\(typed)'" : nil)
    }
}
