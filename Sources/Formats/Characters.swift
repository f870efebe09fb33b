/// Characters as people see them: extended grapheme clusters (Unicode Standard Annex 29), Swift's
/// `Character`.
public enum Characters {
    /// `count` characters from the character `first`, which counts from 0; less where the text ends before.
    ///
    /// Takes time by the length up to the last of them.
    public static func slice(_ text: String, from first: Int, count: Int) -> Substring {
        text.dropFirst(max(0, first)).prefix(max(0, count))
    }

    /// The text up to the end of its word number `count`, its white space made single blanks; nil where it
    /// has no more words than that.
    ///
    /// White space parts words. Scripts that are written without it are counted by characters: two ideographs
    /// or kana are a word, as in most words of Chinese, and four characters of Thai, Lao, Burmese or Khmer.
    /// The marks behind such a word belong to it, and an opening bracket or quote to what follows. No word in
    /// other letters is cut. A rule, not a dictionary: the same text is cut at the same place by every
    /// version of Unicode.
    ///
    /// Takes time by the length of what it gives.
    public static func words(_ text: String, atMost count: Int) -> String? {
        var kept = ""
        var words = 0
        for piece in text.split(whereSeparator: isBlank) {
            var run: Run?
            for index in piece.indices {
                guard begins(piece[index], in: &run) else { continue }
                words += 1
                guard words > count else { continue }
                if index > piece.startIndex {
                    if !kept.isEmpty { kept.append(" ") }
                    kept += piece[..<index]
                }
                return kept
            }
            if !kept.isEmpty { kept.append(" ") }
            kept += piece
        }
        return nil
    }

    /// What the latest word of a piece is made of.
    private enum Run {
        /// Marks alone, until a letter joins them.
        case marks
        /// Letters and digits of scripts that part words by blanks.
        case letters
        /// So many characters of a script that has none, of which a word has `size`.
        case unspaced(count: Int, size: Int)
        /// The marks behind those.
        case ended
    }

    /// Whether a word begins with the character.
    private static func begins(_ character: Character, in run: inout Run?) -> Bool {
        let scalar = character.unicodeScalars.first?.properties
        if let size = wordSize(character) {
            switch run {
            case .marks:
                run = .unspaced(count: 1, size: size)
                return false
            case .unspaced(let count, size) where count < size:
                run = .unspaced(count: count + 1, size: size)
                return false
            default:
                run = .unspaced(count: 1, size: size)
                return true
            }
        }
        if character.isLetter || character.isNumber {
            defer { run = .letters }
            switch run {
            case .marks, .letters: return false
            case .unspaced, .ended, nil: return true
            }
        }
        switch (run, scalar?.generalCategory) {
        case (nil, _), (.unspaced, .openPunctuation), (.unspaced, .initialPunctuation),
            (.ended, .openPunctuation), (.ended, .initialPunctuation):
            run = .marks
            return true
        case (.unspaced, _):
            run = .ended
            return false
        default: return false
        }
    }

    /// How many characters of its script count as a word; nil where blanks part words.
    private static func wordSize(_ character: Character) -> Int? {
        guard let first = character.unicodeScalars.first else { return nil }
        return switch first.value {
        // Iteration marks and the ideographic zero, kana, ideographs with their extensions, kana in half
        // width.
        case 0x3005...0x3007, 0x3041...0x3096, 0x309D...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF,
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x1B000...0x1B16F,
            0x20000...0x3FFFD:
            2
        // Thai and Lao, Burmese, Khmer.
        case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E80...0x0EFF, 0x1000...0x109F, 0x1780...0x17DD: 4
        default: nil
        }
    }

    private static func isBlank(_ character: Character) -> Bool {
        switch character {
        case " ", "\t", "\n", "\r", "\r\n", "\u{B}", "\u{C}", "\0": true
        default: false
        }
    }
}
