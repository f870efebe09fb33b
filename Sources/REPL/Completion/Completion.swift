internal import LineEditor

/// What Tab offers at a place in a line.
typealias Completion = LineEditor.Completion

extension Completion {
    /// Something that may stand there.
    typealias Candidate = LineEditor.Candidate

    /// Nothing, at a place; and what is said of that.
    static func nothing(at start: Int, _ note: String? = nil) -> Completion {
        Completion(start: start, candidates: [], note: note)
    }
}
