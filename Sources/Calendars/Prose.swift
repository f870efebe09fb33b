/// Words as a sentence lists them: `a`, `a and b`, `a, b and c`.
func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
}

/// `1st`, `22nd`, `13th`.
func nth(_ number: Int) -> String {
    let isTeen = (11...13).contains(number % 100)
    return switch (isTeen, number % 10) {
    case (false, 1): "\(number)st"
    case (false, 2): "\(number)nd"
    case (false, 3): "\(number)rd"
    default: "\(number)th"
    }
}

/// The number that ASCII digits alone write, at most nine of them; nil for anything else.
func wholeNumber(_ text: some StringProtocol) -> Int? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
        return nil
    }
    return Int(text)
}
