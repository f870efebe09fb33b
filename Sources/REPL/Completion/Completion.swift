package import LineEditor

/// What Tab offers at a place in a line.
package typealias Completion = LineEditor.Completion

extension Completion {
    /// Something that may stand there.
    package typealias Candidate = LineEditor.Candidate

    /// Nothing, at a place; and what is said of that.
    package static func nothing(at start: Int, _ note: String? = nil) -> Completion {
        Completion(start: start, candidates: [], note: note)
    }
}
