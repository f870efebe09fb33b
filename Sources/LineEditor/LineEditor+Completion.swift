internal import CReadline
internal import Diagnostics
internal import Foundation

/// Tab, and readline's other commands that complete.
extension LineEditor {
    /// Tab: completes as far as all candidates agree; lists them where that is nothing more than what stands there.
    func completeAtCursor() {
        let (completion, typed) = completionAtCursor()
        let common = commonPrefix(completion.candidates.map(\.text))
        let isFurther =
            common != typed
            && (completion.candidates.count == 1 || common.lowercased().hasPrefix(typed.lowercased()))
        if isFurther {
            insert(common, replacing: typed.utf8.count)
        } else {
            show(completion)
        }
    }

    /// Lists what can stand at the cursor.
    func listAtCursor() {
        show(completionAtCursor().completion)
    }

    /// What readline's own commands choose among: the whole line up to the cursor as it would be with each candidate,
    /// behind what is common to all; nil for none. Readline frees it.
    func matches(before cursor: Int) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
        let (completion, typed) = completionAtCursor()
        found = completion.candidates
        guard !found.isEmpty else { return nil }
        let kept = String(decoding: bytesBeforeCursor.dropLast(typed.utf8.count), as: UTF8.self)
        var texts = found.map { kept + $0.text }
        if texts.count > 1 { texts.insert(commonPrefix(texts), at: 0) }
        let size = MemoryLayout<UnsafeMutablePointer<CChar>?>.stride * (texts.count + 1)
        guard let list = malloc(size)?.assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self) else {
            return nil
        }
        for (index, text) in texts.enumerated() { list[index] = strdup(text) }
        list[texts.count] = nil
        return list
    }

    /// The rows of a list of candidates on this terminal.
    func list(_ candidates: [Candidate]) -> [String] {
        var rows: Int32 = 0
        var columns: Int32 = 0
        rl_get_screen_size(&rows, &columns)
        // On a tall screen, what was printed before stays in view.
        let height = min(Int(rows), max(12, Int(rows) / 2 + 4))
        return CandidateList(columns: Int(columns), rows: height, isPlain: Self.isPlain).rows(candidates)
    }

    /// no-color.org, and terminals that know no escapes.
    private static let isPlain: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb"
    }()

    private func show(_ completion: Completion) {
        if !completion.candidates.isEmpty {
            showBelow(list(completion.candidates))
        } else if let note = completion.note {
            showBelow([withoutControls(note)])
        } else {
            rl_ding()
        }
    }

    /// Asks for completions; `typed` is what they replace.
    private func completionAtCursor() -> (completion: Completion, typed: String) {
        repairLine()
        let ahead = bytesBeforeCursor
        let start = ahead.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let behind = bytes[ahead.count...].prefix { $0 != UInt8(ascii: "\n") }
        // A chunk from the history has several lines in one.
        let above =
            earlier.map(\.text) + (start > 0 ? [String(decoding: ahead[..<(start - 1)], as: UTF8.self)] : [])
        let line = String(decoding: ahead[start...] + behind, as: UTF8.self)
        let cursor = ahead.count - start
        let completion = Self.inLocale(locale) { complete(above.joined(separator: "\n"), line, cursor) }
        let replaced = ahead[start...].dropFirst(min(max(completion.start, 0), cursor))
        return (completion, String(decoding: replaced, as: UTF8.self))
    }

    /// The line as it is.
    var bytes: [UInt8] {
        Array(UnsafeRawBufferPointer(start: mlr_line(), count: Int(mlr_length())))
    }

    private var bytesBeforeCursor: [UInt8] { Array(bytes.prefix(Int(mlr_cursor()))) }
}

/// What all texts begin with, by Unicode scalars.
func commonPrefix(_ texts: [String]) -> String {
    guard var common = texts.first?.unicodeScalars[...] else { return "" }
    for text in texts.dropFirst() {
        let count = zip(common, text.unicodeScalars).prefix { $0 == $1 }.count
        common = common.prefix(count)
    }
    return String(common)
}
