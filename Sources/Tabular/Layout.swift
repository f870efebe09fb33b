/// How a file is laid out, judged by a sample from its start.
struct Layout {
    var delimiter: Delimiter
    var endsInCR: Bool
    var hasHeader: Bool

    /// How many records are looked at.
    static let recordCount = 100

    /// Finds what the options leave open. `isWhole` says that the sample is the whole file.
    init(_ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, options: TabularOptions) {
        let endsInCR = Self.endsInCR(sample)
        let delimiter =
            options.delimiter ?? Self.detectDelimiter(sample, isWhole: isWhole, endsInCR: endsInCR)
        self.endsInCR = endsInCR
        self.delimiter = delimiter
        switch options.header {
        case .present: hasHeader = true
        case .absent, .names: hasHeader = false
        case .automatic:
            let parser = RecordParser(delimiter: delimiter, endsInCR: endsInCR)
            var evidence = HeaderEvidence()
            Self.forEachRecord(sample, isWhole: isWhole, parser: parser) { base in evidence.add(parser, base)
            }
            hasHeader = evidence.hasHeader
        }
    }

    /// Whether lines end in a bare CR: the first line end outside quotes decides.
    static func endsInCR(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        var isQuoted = false
        for (i, byte) in sample.enumerated() {
            switch byte {
            case 0x22: isQuoted.toggle()
            case 0x0A where !isQuoted: return false
            // A CR that ends the sample may be the half of a CRLF, but then it is the only line end.
            case 0x0D where !isQuoted: return i + 1 < sample.count && sample[i + 1] != 0x0A
            default: break
            }
        }
        // A stray quotation mark may hide all line ends.
        return isQuoted && sample.contains(0x0D) && !sample.contains(0x0A)
    }

    /// Calls `body` with the base of the text after each of the first records was parsed.
    static func forEachRecord(
        _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, parser: RecordParser,
        _ body: (UnsafePointer<UInt8>) -> Void
    ) {
        guard let base = sample.baseAddress else { return }
        var position = 0
        var seen = 0
        while position < sample.count, seen < recordCount {
            guard parser.parse(base, from: position, to: sample.count, isLast: isWhole) == .record else {
                return
            }
            position = parser.next
            if parser.isBlank { continue }
            seen += 1
            body(base)
        }
    }
}
