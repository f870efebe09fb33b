internal import LineEditor

/// Which candidates fit what is typed of a name.
struct Fitting {
    private let typed: [Character]

    init(_ prefix: String) {
        typed = Array(prefix.lowercased())
    }

    /// Those that begin so, whatever their case; where none does, those that have its letters in this order, the closest
    /// together first.
    func choose(_ candidates: [Completion.Candidate]) -> [Completion.Candidate] {
        guard !typed.isEmpty else { return candidates }
        let beginning = candidates.filter { candidate in
            candidate.text.lowercased().starts(with: typed)
                || candidate.label.lowercased().starts(with: typed)
        }
        guard beginning.isEmpty, typed.count > 1 else { return beginning }
        let spread = candidates.enumerated().compactMap { place, candidate in
            width(in: Array(candidate.label.lowercased())).map {
                (width: $0, place: place, candidate: candidate)
            }
        }
        return spread.sorted { ($0.width, $0.place) < ($1.width, $1.place) }.map(\.candidate)
    }

    /// Over how many letters of a name those that are typed are spread, from where the first of them stands; nil where they
    /// are not in it.
    private func width(in name: [Character]) -> Int? {
        var first: Int?
        var next = 0
        for (place, letter) in name.enumerated() where letter == typed[next] {
            if first == nil {
                // The first letter begins a word.
                guard place == 0 || !(name[place - 1].isLetter || name[place - 1].isNumber) else { continue }
                first = place
            }
            next += 1
            if next == typed.count { return place + (place - (first ?? 0)) }
        }
        return nil
    }
}
