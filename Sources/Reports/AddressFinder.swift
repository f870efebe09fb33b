/// Finds what has the form of an address in a text, and replaces it.
///
/// Regular expressions would try each place of a long word anew, and take minutes for a text of some megabytes.
enum AddressFinder {
    /// Replaces e-mail addresses: `[\w.+\-]+@[\w\-]+(\.[\w\-]+)+`.
    static func mails(in text: String, _ replace: (String) -> String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        let scalars = text.unicodeScalars
        var result = ""
        var done = scalars.startIndex
        var rest = scalars[...]
        while let at = rest.firstIndex(of: "@") {
            let behind = scalars.index(after: at)
            rest = scalars[behind...]
            let start = scalars[done..<at].reversed().prefix(while: isInMailbox).endIndex.base
            guard start < at, let end = endOfDomain(in: rest) else { continue }
            result += String(scalars[done..<start]) + replace(String(scalars[start..<end]))
            done = end
            rest = scalars[end...]
        }
        return result + String(scalars[done...])
    }

    /// Replaces mobile numbers that stand alone: `+` and 9 to 14 digits, or 11 digits of which the first is 1.
    static func mobileNumbers(in text: String, _ replace: (String) -> String) -> String {
        guard text.utf8.count >= leastNumber, text.utf8.contains(where: { (48...57).contains($0) }) else {
            return text
        }
        let scalars = text.unicodeScalars
        var result = ""
        var done = scalars.startIndex
        var rest = scalars[...]
        while let first = rest.firstIndex(where: isDigit) {
            let digits = scalars[first...].prefix(while: isDigit)
            rest = scalars[digits.endIndex...]
            var start = first
            if first > done, case let before = scalars.index(before: first), scalars[before] == "+" {
                guard (9...14).contains(digits.count) else { continue }
                start = before
            } else {
                guard digits.count == 11, digits.first == "1" else { continue }
            }
            // A word boundary depends on what stands around, and no further away than this.
            let from = scalars.index(start, offsetBy: -context, limitedBy: done) ?? done
            let to = scalars.index(digits.endIndex, offsetBy: context, limitedBy: scalars.endIndex)
            let around = Substring(scalars[from..<(to ?? scalars.endIndex)])
            let match = around.firstMatch(of: #/(\+\d{9,14}|\b1\d{10})\b/#)
            guard match?.range.lowerBound == start else { continue }
            result += String(scalars[done..<start]) + replace(String(scalars[start..<digits.endIndex]))
            done = digits.endIndex
        }
        return result + String(scalars[done...])
    }

    private static let leastNumber = 10
    private static let context = 8

    /// Behind the last label of a domain that the text begins with; nil where it has no two.
    private static func endOfDomain(in text: Substring.UnicodeScalarView) -> String.Index? {
        var rest = text
        var end: String.Index?
        var hasDot = false
        while true {
            let label = rest.prefix { isWord($0) || $0 == "-" }
            guard !label.isEmpty else { return end }
            if hasDot { end = label.endIndex }
            rest = text[label.endIndex...]
            guard rest.first == "." else { return end }
            hasDot = true
            rest = rest.dropFirst()
        }
    }

    private static func isInMailbox(_ scalar: Unicode.Scalar) -> Bool {
        isWord(scalar) || scalar == "." || scalar == "+" || scalar == "-"
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }

    /// Letters, marks, digits and what joins words (UTS #18, `\w`).
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
        default: scalar.properties.isAlphabetic || scalar.properties.isJoinControl
        }
    }
}
