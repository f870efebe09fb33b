extension Layout {
    /// How evenly a delimiter cuts the first records.
    struct Fit {
        /// The field count that most records have.
        var fieldCount = 1
        /// The share of records that have it.
        var share = 0.0
        /// Whether the first record has it too.
        var firstFits = false
        /// Whether a record has a digit at the start of a field after the first.
        var hasNumbers = false

        /// Records that mostly have the same number of fields, more than one.
        var isConsistent: Bool { fieldCount > 1 && share > 0.5 }
        /// Larger is better; the first record, mostly a header, counts for much.
        var score: Double { isConsistent ? share + (firstFits ? 1 : 0) : 0 }
    }

    /// The delimiter that gives the same field count, above one, on most records.
    ///
    /// Of equal ones the rarer sign wins: a comma may be part of every number, a tab hardly is part of
    /// anything. Blanks are tried last, since every text has them; a file of one column counts as comma.
    static func detectDelimiter(
        _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, endsInCR: Bool
    ) -> Delimiter {
        var best: (delimiter: Delimiter, score: Double) = (.comma, 0)
        for delimiter in [Delimiter.tab, .semicolon, .pipe, .comma] {
            let parser = RecordParser(delimiter: delimiter, endsInCR: endsInCR)
            let score = fit(sample, isWhole: isWhole, parser: parser).score
            if score > best.score { best = (delimiter, score) }
        }
        if best.score > 0 { return best.delimiter }
        let parser = RecordParser(delimiter: .blanks, endsInCR: endsInCR)
        let blanks = fit(sample, isWhole: isWhole, parser: parser)
        // Names and sentences have blanks too; columns of data have numbers.
        return blanks.share >= 0.9 && blanks.firstFits && blanks.fieldCount > 1 && blanks.hasNumbers
            ? .blanks : .comma
    }

    private static func fit(
        _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, parser: RecordParser
    ) -> Fit {
        var counts: [Int] = []
        var fit = Fit()
        forEachRecord(sample, isWhole: isWhole, parser: parser) { base in
            counts.append(parser.fieldCount)
            for i in 1..<max(1, parser.fieldCount) where !parser.fields[i].isUnescaped {
                let field = parser.fields[i]
                if field.start < field.end, (0x30...0x39).contains(base[field.start]) {
                    fit.hasNumbers = true
                }
            }
        }
        guard let first = counts.first else { return fit }
        let tally = Dictionary(counts.map { ($0, 1) }, uniquingKeysWith: +)
        // Of two equally frequent counts the larger, so that the answer is always the same.
        let most = tally.max { ($0.value, $0.key) < ($1.value, $1.key) }
        fit.fieldCount = most?.key ?? 1
        fit.share = Double(most?.value ?? 0) / Double(counts.count)
        fit.firstFits = first == fit.fieldCount
        return fit
    }
}
