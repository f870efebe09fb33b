extension TextEncoding {
    /// The most likely encoding of a file, judged by a sample of its bytes; nil where they are no text
    /// (NUL bytes that are not those of UTF-16).
    ///
    /// The sample must not start in the midst of a character. With `whole` false it may end there.
    /// In this order: a byte order mark, UTF-16 by its NUL bytes, valid UTF-8, then GB 18030, MacRoman,
    /// Windows-1252 and Latin-1 by statistics. Cost: linear.
    public static func detect(_ sample: UnsafeBufferPointer<UInt8>, whole: Bool) -> TextEncoding? {
        if let mark = byteOrderMark(sample) { return mark.encoding }
        if sample.contains(0) { return utf16Order(sample) }
        guard let base = sample.baseAddress else { return .utf8 }
        let check = UTF8Check(base, count: sample.count)
        if check.valid == sample.count || (!whole && check.endsInMidst) { return .utf8 }
        if isLikelyGB18030(sample, whole: whole) { return .gb18030 }
        return westernEncoding(sample)
    }

    /// UTF-16 without a mark: ASCII signs put a NUL on one side of each pair, and a text has no controls.
    private static func utf16Order(_ sample: UnsafeBufferPointer<UInt8>) -> TextEncoding? {
        let pairs = sample.count / 2
        var nulsFirst = 0
        var nulsSecond = 0
        for pair in 0..<pairs {
            if sample[2 * pair] == 0 { nulsFirst += 1 }
            if sample[2 * pair + 1] == 0 { nulsSecond += 1 }
        }
        let isLittle = nulsSecond > nulsFirst
        guard max(nulsFirst, nulsSecond) * 20 >= pairs,
            max(nulsFirst, nulsSecond) > 4 * min(nulsFirst, nulsSecond)
        else { return nil }
        for pair in 0..<pairs {
            let low = sample[2 * pair + (isLittle ? 0 : 1)]
            let high = sample[2 * pair + (isLittle ? 1 : 0)]
            if high == 0, low < 0x20, low != 0x09, low != 0x0A, low != 0x0D { return nil }
        }
        return isLittle ? .utf16LittleEndian : .utf16BigEndian
    }

    /// Every high byte starts a valid sequence, and most land in the rows of GB 2312 that texts use:
    /// Hanzi and full-width signs. Accented Latin letters mostly pair with ASCII and so fall outside.
    private static func isLikelyGB18030(_ sample: UnsafeBufferPointer<UInt8>, whole: Bool) -> Bool {
        var all = 0
        var usual = 0
        var i = 0
        while i < sample.count {
            let lead = sample[i]
            if lead < 0x80 {
                i += 1
                continue
            }
            guard (0x81...0xFE).contains(lead) else { return false }
            guard i + 1 < sample.count else { return !whole && all > 0 && usual * 10 >= all * 7 }
            let second = sample[i + 1]
            all += 1
            if (0x30...0x39).contains(second) {
                guard i + 3 < sample.count else { return !whole && usual * 10 >= all * 7 }
                guard (0x81...0xFE).contains(sample[i + 2]), (0x30...0x39).contains(sample[i + 3]) else {
                    return false
                }
                i += 4
            } else {
                guard second >= 0x40, second != 0x7F, second != 0xFF else { return false }
                let isUsualRow = (0xB0...0xF7).contains(lead) || lead == 0xA1 || lead == 0xA3
                if isUsualRow, second >= 0xA1 { usual += 1 }
                i += 2
            }
        }
        return all > 0 && usual * 10 >= all * 7
    }

    /// MacRoman has letters where Latin-1 has controls (and Windows-1252 has punctuation), and punctuation
    /// where Latin-1 has letters; each high byte beside an ASCII letter votes for the one it is a letter in.
    private static func westernEncoding(_ sample: UnsafeBufferPointer<UInt8>) -> TextEncoding {
        // Only the old Mac OS ended lines with a bare CR.
        if sample.contains(0x0D), !sample.contains(0x0A) { return .macRoman }
        var mac = 0
        var western = 0
        var hasControls = false
        for (i, byte) in sample.enumerated() where byte >= 0x80 {
            let before: UInt8 = i > 0 ? sample[i - 1] : 0x20
            let after: UInt8 = i + 1 < sample.count ? sample[i + 1] : 0x20
            let isInWord = isLetter(before) || isLetter(after)
            switch byte {
            case 0x80...0x9F:
                hasControls = true
                if isPunctuationInWindows1252(byte, before: before, after: after) {
                    western += 1
                } else if isInWord {
                    mac += 1
                }
            case 0xC0...0xDE:
                // Capitals: not after a small letter, where MacRoman would have a quotation mark.
                if isInWord, !(0x61...0x7A).contains(before) { western += 1 }
            case 0xDF...0xFF:
                if isInWord { western += 1 }
            default: break
            }
        }
        if mac > western { return .macRoman }
        return hasControls ? .windows1252 : .latin1
    }

    private static func isPunctuationInWindows1252(_ byte: UInt8, before: UInt8, after: UInt8) -> Bool {
        switch byte {
        case 0x91, 0x93: !isLetter(before)  // an opening quotation mark
        case 0x94, 0x85: !isLetter(after)  // a closing quotation mark, an ellipsis
        // An apostrophe: it's, don't, we'll, they're, I've, I'm, I'd.
        case 0x92: !isLetter(after) || [0x73, 0x74, 0x6C, 0x72, 0x76, 0x6D, 0x64].contains(after)
        case 0x80, 0x95, 0x96, 0x97, 0x99: !(isLetter(before) && isLetter(after))  // the euro, dashes, signs
        default: false
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte & 0xDF)
    }
}
