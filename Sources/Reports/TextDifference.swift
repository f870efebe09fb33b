/// What became of the lines of a text: `- ` before those that are gone, `+ ` before those that are new, two
/// blanks before up to `context` lines around them that stayed, and `…` for the others. Empty where nothing
/// changed.
///
/// Cost: the number of lines times the number of changes.
func changedLines(_ before: [String], _ after: [String], context: Int = 1) -> [String] {
    let difference = after.difference(from: before)
    var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
        switch change {
        case .remove(let offset, _, _): removed.insert(offset)
        case .insert(let offset, _, _): inserted.insert(offset)
        }
    }
    guard !difference.isEmpty else { return [] }
    var lines: [(text: String, isChange: Bool)] = []
    var (old, new) = (0, 0)
    while old < before.count || new < after.count {
        if removed.contains(old) {
            lines.append(("- \(before[old])", true))
            old += 1
        } else if inserted.contains(new) {
            lines.append(("+ \(after[new])", true))
            new += 1
        } else {
            lines.append(("  \(after[new])", false))
            (old, new) = (old + 1, new + 1)
        }
    }
    let changes = lines.indices.filter { lines[$0].isChange }
    var shown: [String] = []
    var last = -1
    for change in changes {
        for line in max(0, change - context)...min(lines.count - 1, change + context) where line > last {
            if line > last + 1 { shown.append("…") }
            shown.append(lines[line].text)
            last = line
        }
    }
    return last < lines.count - 1 ? shown + ["…"] : shown
}
