internal import Catalog
internal import Foundation

/// Looks for the words of a text in one customer after the other, without making anything for each.
struct CustomerSearch: ~Copyable {
    /// The columns that are searched.
    static let columns = ["name", "first_name", "last_name", "email", "phone", "company", "external_id"]
    private static let phone = 4

    private struct Word {
        var text: [UInt8]
        /// Its digits, where it may be a part of a phone number.
        var digits: [UInt8]?
    }

    private let words: [Word]
    private let whole: [UInt8]
    /// The folded values of a customer, and behind them the digits of the phone number; each ended by a byte that no text
    /// has.
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity = 4_096
    private var ends: [Int]

    /// Looks for the words of a text, which are what stands between blanks.
    init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).map { word in
            let text = TextFolding.folded(String(word))
            let digits = text.filter(Self.isDigit)
            let isNumber = text.allSatisfy { Self.isDigit($0) || "+-()".utf8.contains($0) }
            return Word(text: text, digits: isNumber && !digits.isEmpty ? digits : nil)
        }
        whole = Array(words.map(\.text).joined(separator: [UInt8(ascii: " ")]))
        buffer = .allocate(capacity: capacity)
        ends = Array(repeating: 0, count: Self.columns.count + 1)
    }

    deinit {
        buffer.deallocate()
    }

    /// Whether there is nothing to look for.
    var isEmpty: Bool { words.isEmpty }

    /// Where the words stand in the row's values, which begin at a column of the statement, and in which of them; nil
    /// where one stands in none.
    mutating func match(_ row: RawStatement, from first: Int) -> (place: CustomerMatch.Place, columns: UInt8)?
    {
        read(row, from: first)
        for word in words {
            let isNumber = word.digits.map { find($0, in: phoneDigits) != nil } ?? false
            if !isNumber, find(word.text, in: 0..<ends[ends.count - 2]) == nil { return nil }
        }
        var worst = CustomerMatch.Place.whole
        var columns: UInt8 = 0
        for word in words {
            var best: CustomerMatch.Place?
            var own: UInt8 = 0
            for column in Self.columns.indices {
                guard let place = place(of: word, in: column) else { continue }
                if let known = best, known > place { continue }
                if best != place { own = 0 }
                best = place
                own |= 1 << UInt8(column)
            }
            worst = min(worst, best ?? .inside)
            columns |= own
        }
        if words.count > 1 {
            let equal = Self.columns.indices.filter { isWhole(whole, range($0)) }
            if !equal.isEmpty { return (.whole, equal.reduce(0) { $0 | 1 << UInt8($1) }) }
        }
        return (worst, columns)
    }

    private func place(of word: Word, in column: Int) -> CustomerMatch.Place? {
        let text = place(of: word.text, in: range(column))
        guard column == Self.phone, let digits = word.digits else { return text }
        let number = place(of: digits, in: phoneDigits)
        return [text, number].compactMap { $0 }.max()
    }

    private func place(of word: [UInt8], in range: Range<Int>) -> CustomerMatch.Place? {
        if isWhole(word, range) { return .whole }
        var rest = range
        var isFound = false
        while let found = find(word, in: rest) {
            // A letter of Chinese stands alone, which makes no word.
            if found == range.lowerBound || Self.endsWord(buffer[found - 1]) { return .beginning }
            isFound = true
            rest = (found + 1)..<range.upperBound
        }
        return isFound ? .inside : nil
    }

    private func isWhole(_ word: [UInt8], _ range: Range<Int>) -> Bool {
        word.count == range.count && memcmp(word, buffer + range.lowerBound, word.count) == 0
    }

    /// The first place of the word in the range; by its last byte, which differs most in Chinese.
    private func find(_ word: [UInt8], in range: Range<Int>) -> Int? {
        let before = word.count - 1
        var place = range.lowerBound + before
        while place < range.upperBound,
            let last = memchr(buffer + place, Int32(word[before]), range.upperBound - place)
        {
            place = UnsafeRawPointer(last) - UnsafeRawPointer(buffer)
            if memcmp(buffer + (place - before), word, before) == 0 { return place - before }
            place += 1
        }
        return nil
    }

    private func range(_ column: Int) -> Range<Int> {
        (column == 0 ? 0 : ends[column - 1] + 1)..<ends[column]
    }

    private var phoneDigits: Range<Int> { range(Self.columns.count) }

    private mutating func read(_ row: RawStatement, from first: Int) {
        var length = 0
        for column in Self.columns.indices {
            if let bytes = row.bytes(first + column) {
                // There is to be room for the digits of a phone number too.
                reserve(length + TextFolding.room(for: bytes.count) + bytes.count + ends.count)
                length += TextFolding.fold(bytes, into: buffer + length)
            }
            end(column, at: &length)
        }
        let phone = range(Self.phone)
        reserve(length + phone.count + 1)
        for place in phone where Self.isDigit(buffer[place]) {
            buffer[length] = buffer[place]
            length += 1
        }
        end(Self.columns.count, at: &length)
    }

    private mutating func end(_ column: Int, at length: inout Int) {
        ends[column] = length
        buffer[length] = 0xFF
        length += 1
    }

    private mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * count)
        larger.update(from: buffer, count: capacity)
        buffer.deallocate()
        buffer = larger
        capacity = 2 * count
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    /// Whether the byte is a sign or a blank of ASCII.
    private static func endsWord(_ byte: UInt8) -> Bool {
        byte < 0x80 && !isDigit(byte) && (byte | 0x20) &- 97 >= 26
    }
}
