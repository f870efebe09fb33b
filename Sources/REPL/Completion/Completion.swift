/// What Tab offers at a place in a line.
package struct Completion: Hashable, Sendable {
    /// Something that may stand there.
    package struct Candidate: Hashable, Sendable {
        /// What stands in the line when it is taken, from ``Completion/start`` to the cursor.
        package var text: String
        /// What the list shows.
        package var label: String
        /// What is said of it: its type and one sentence; may be empty.
        package var detail: String

        /// A candidate, shown as it is written unless said otherwise.
        package init(_ text: String, label: String? = nil, detail: String = "") {
            self.text = text
            self.label = label ?? text
            self.detail = detail
        }
    }

    /// The byte of the line from which on the text before the cursor is replaced.
    package var start: Int
    /// What may stand there, the likeliest first.
    package var candidates: [Candidate]
    /// What is said where nothing fits: "no field 'citty'; did you mean 'city'?".
    package var note: String?

    /// Nothing, at a place.
    package static func nothing(at start: Int, _ note: String? = nil) -> Completion {
        Completion(start: start, candidates: [], note: note)
    }
}
