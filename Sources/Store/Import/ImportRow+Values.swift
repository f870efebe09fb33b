internal import Basics
internal import Catalog
internal import Glibc
internal import Tabular

extension ImportRow {
    /// Reads a value that is not missing into its cell; the rejection where it cannot be read.
    func convert(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ImportColumn) -> Rejection? {
        switch column.form {
        case .text: cells[column.cell] = .text(bytes)
        case .integer, .number, .money: return readNumber(bytes, column)
        case .instant, .date: return readDate(bytes, column)
        case .email:
            let isValid = isUsableEmail(bytes)
            if !isValid { countBadEmail() }
            cells[column.cell] = isValid ? .text(bytes) : .empty
        case .phone:
            let phone = normalizedPhone(bytes, into: rewritten + column.cell * Self.room)
            if phone == nil { countBadPhone() }
            cells[column.cell] = phone.map { .text($0) } ?? .empty
        case .currency:
            let code = NumberReader.currency(bytes)
            guard code == currency else {
                return Rejection("\(column.header): another currency than \(currency)")
            }
            cells[column.cell] = .empty
        case .boolean:
            guard let index = words[column.cell]?.index(of: bytes) else {
                return Rejection("\(column.header): neither yes nor no")
            }
            cells[column.cell] = .integer(index == 0 ? 1 : 0)
        case .choice(let choice):
            guard let value = words[column.cell]?.value(of: bytes) else {
                return Rejection("\(column.header): not one of \(choice.values.joined(separator: ", "))")
            }
            cells[column.cell] = .text(value)
        }
        return nil
    }

    private func readNumber(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ImportColumn) -> Rejection? {
        let reading: NumberReading
        do throws(NumberProblem) {
            reading = try column.numbers.read(bytes)
        } catch {
            return Rejection("\(column.header): \(error == .tooLarge ? "too many digits" : "not a number")")
        }
        let isYen = reading.hasYenSign && currency != "CNY" && currency != "JPY"
        if isYen || reading.currency.map({ $0 != currency }) ?? false {
            return Rejection("\(column.header): another currency than \(currency)")
        }
        let tooLarge = Rejection("\(column.header): too large")
        switch column.form {
        case .integer:
            guard let (value, isExact) = reading.value.scaled(to: 0) else { return tooLarge }
            guard isExact else { return Rejection("\(column.header): not a whole number") }
            cells[column.cell] = .integer(value)
        case .money:
            guard let (value, isExact) = reading.value.scaled(to: moneyDigits) else { return tooLarge }
            guard value.magnitude <= Self.largestAmount else { return tooLarge }
            if !isExact { countRoundedAmount() }
            cells[column.cell] = .integer(value)
        default: cells[column.cell] = .number(reading.value)
        }
        return nil
    }

    private func readDate(_ bytes: UnsafeBufferPointer<UInt8>, _ column: ImportColumn) -> Rejection? {
        do throws(DateProblem) {
            let value = try column.dates.read(bytes)
            if column.form == .date {
                cells[column.cell] = .text(write(value.date, at: rewritten + column.cell * Self.room))
            } else if let offset = value.utcOffset {
                let seconds = value.date.daysSinceEpoch * 86_400 + (value.secondOfDay ?? 0) - offset
                cells[column.cell] = .integer(Int64(seconds))
            } else {
                cells[column.cell] = .integer(clock.instant(value.date, second: value.secondOfDay ?? 0))
            }
            return nil
        } catch {
            let problem =
                switch error {
                case .notADate: "not a date"
                case .noSuchDay: "no such day"
                case .noSuchTime: "no such time"
                case .ambiguous: "day and month cannot be told apart"
                }
            return Rejection("\(column.header): \(problem)")
        }
    }

    private func write(_ date: CivilDate, at place: UnsafeMutablePointer<UInt8>) -> UnsafeBufferPointer<UInt8>
    {
        func put(_ number: Int, _ from: Int, _ width: Int) {
            var rest = number
            for i in (from..<from + width).reversed() {
                place[i] = UInt8(0x30 + rest % 10)
                rest /= 10
            }
        }
        put(date.year, 0, 4)
        place[4] = 0x2D
        put(date.month, 5, 2)
        place[7] = 0x2D
        put(date.day, 8, 2)
        return UnsafeBufferPointer(start: place, count: 10)
    }
}

/// The phone number as the store has it, written to `place`; nil for what is none.
///
/// Digits with an optional leading +: separators go, full-width digits become plain, 00 becomes +, and a
/// Chinese mobile number goes without its country code.
func normalizedPhone(
    _ bytes: UnsafeBufferPointer<UInt8>, into place: UnsafeMutablePointer<UInt8>
) -> UnsafeBufferPointer<UInt8>? {
    var count = 0
    var hasPlus = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        let value = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        switch value {
        case 0x30...0x39:
            // No number has more than 15 digits (ITU-T E.164); some have an extension.
            guard count < 24 else { return nil }
            place[count] = UInt8(value)
            count += 1
        case 0x2B:
            guard count == 0, !hasPlus else { return nil }
            hasPlus = true
        // - . ( ) / and dashes of print
        case 0x28, 0x29, 0x2D, 0x2E, 0x2F, 0x2010...0x2015: break
        default: guard scalar.properties.isWhitespace else { return nil }
        }
    }
    var start = 0
    if !hasPlus, count > 4, place[0] == 0x30, place[1] == 0x30 {
        hasPlus = true
        start = 2
    }
    if count - start == 13, place[start] == 0x38, place[start + 1] == 0x36, place[start + 2] == 0x31 {
        hasPlus = false
        start += 2
    }
    guard count - start >= 3 else { return nil }
    guard hasPlus else {
        return UnsafeBufferPointer(start: UnsafePointer(place + start), count: count - start)
    }
    if start == 0 {
        memmove(place + 1, place, count)
        count += 1
        start = 1
    }
    place[start - 1] = 0x2B
    return UnsafeBufferPointer(start: UnsafePointer(place + start - 1), count: count - start + 1)
}

extension NumberReader {
    /// The code of the currency that a text names by code or sign; nil where it names none.
    static func currency(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let text = String(decoding: bytes, as: UTF8.self).uppercased()
        if let code = (try? NumberReader().read("1 \(text)"))?.currency { return code }
        return text
    }
}
