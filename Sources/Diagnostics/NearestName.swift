/// The known name that a mistyped one most likely meant; nil where none is near.
///
/// Near means an optimal string alignment distance (insert, delete, replace, swap of neighbours) of at
/// most a third of the length, and at least one for names of two letters. Ties go to the first in
/// alphabetical order, so the answer does not depend on the order of `names`.
public func nearestName(to name: String, in names: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    guard wanted.count > 1 else { return nil }
    let limit = max(1, wanted.count / 3)
    var best: (distance: Int, name: String)?
    for candidate in names {
        let distance = editDistance(wanted, Array(candidate.lowercased()))
        guard distance <= limit else { continue }
        if let current = best, (current.distance, current.name) <= (distance, candidate) { continue }
        best = (distance, candidate)
    }
    return best?.name
}

/// What to say about an unknown name: the nearest known one, or a choice of them; `what` is what they name.
public func suggestion(_ name: String, _ known: [String], what: String) -> String {
    if let nearest = nearestName(to: name, in: known) { return "did you mean '\(nearest)'?" }
    if known.isEmpty { return "there is no \(what) yet" }
    let names = known.sorted()
    return "known are: \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")"
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    if a == b { return 0 }
    var before = [Int]()
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
        var row = [i + 1]
        for (j, y) in b.enumerated() {
            var cost = min(previous[j + 1] + 1, row[j] + 1, previous[j] + (x == y ? 0 : 1))
            if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { cost = min(cost, before[j - 1] + 1) }
            row.append(cost)
        }
        before = previous
        previous = row
    }
    return previous[b.count]
}
