internal import Diagnostics

/// How candidates are listed on a terminal.
struct CandidateList {
    /// The cells of a row.
    let columns: Int
    /// The rows of a screen.
    let rows: Int
    /// Whether details stand there without being faint.
    let isPlain: Bool

    /// The list: with details one candidate per row, without them as many beside each other as fit, top down. What a
    /// screen with room for the line cannot hold is counted.
    func rows(_ candidates: [LineEditor.Candidate]) -> [String] {
        // Candidates are data of customers.
        let labels = candidates.map { withoutControls($0.label) }
        let hasDetails = candidates.contains { !$0.detail.isEmpty }
        let gap = 2
        // Behind the last cell a terminal begins a new row.
        let room = max(columns - 1, 1)
        let width = min(labels.map { displayWidth(of: $0) }.max() ?? 0, hasDetails ? max(room / 2, 1) : room)
        let beside = hasDetails ? 1 : max(1, (room + gap) / (width + gap))
        let limit = max(rows - 2, 2)
        var count = (labels.count + beside - 1) / beside
        var shown = labels.count
        if count > limit {
            count = limit - 1
            shown = count * beside
        }
        var list = (0..<count).map { row in
            let places = stride(from: row, to: shown, by: count)
            if hasDetails {
                return line(labels[row], candidates[row].detail, width: width, room: room - width - gap)
            }
            let cells = places.map { padded(labels[$0], to: width) }
            return trimmed(cells.joined(separator: String(repeating: " ", count: gap)))
        }
        if shown < labels.count { list.append("… \(labels.count - shown) more") }
        return list
    }

    private func line(_ label: String, _ detail: String, width: Int, room: Int) -> String {
        let detail = trimmed(padded(withoutControls(detail), to: room))
        guard !detail.isEmpty else { return trimmed(padded(label, to: width)) }
        return padded(label, to: width) + "  " + (isPlain ? detail : "\u{1B}[2m\(detail)\u{1B}[0m")
    }

    private func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }
}
