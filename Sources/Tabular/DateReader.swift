internal import Basics

/// Reads dates and times from texts.
///
/// Forms: `2024-03-05`, `2024/3/5`, `2024.03.05`, `20240305`, `20240305143020`, `3/5/24`, `3/5/2024`,
/// `5.3.2024`, `5-3-2024`, `2024年3月5日`, `5 Mar 2024`, `05-Mar-2024`, `March 5, 2024`; then `T` or blanks
/// and `14:30`, `14:30:20.5`, `2:30 PM`, `下午2:30` or `14时30分20秒`; then `Z`, `UTC` or `+08:00`. Dots
/// mean day, month, year unless the year leads. Years of two digits are 1969 to 2068.
public struct DateReader: Sendable, Hashable {
    /// What comes first in dates like 3/4/2024; nil where it is not known.
    public var order: DateOrder?

    /// A reader that takes dates like 3/4/2024 in the given order.
    public init(order: DateOrder?) {
        self.order = order
    }

    /// The date that the bytes (UTF-8) name; blanks around it are passed over.
    ///
    /// Without an order a date that can only be read one way, such as 13/4/2024 or 5/5/2024, is read so.
    public func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(DateProblem) -> DateTime {
        let form = try DateForm(bytes)
        let date: CivilDate?
        switch form.day {
        case .exact(let year, let month, let day):
            date = CivilDate(year: year, month: month, day: day)
        case .ordered(let first, let second, let year):
            switch order {
            case .monthFirst: date = CivilDate(year: year, month: first, day: second)
            case .dayFirst: date = CivilDate(year: year, month: second, day: first)
            case nil:
                let monthFirst = CivilDate(year: year, month: first, day: second)
                let dayFirst = CivilDate(year: year, month: second, day: first)
                if let monthFirst, let dayFirst, monthFirst != dayFirst { throw .ambiguous }
                date = monthFirst ?? dayFirst
            }
        }
        guard let date else { throw .noSuchDay }
        return DateTime(date: date, secondOfDay: form.secondOfDay, utcOffset: form.utcOffset)
    }

    /// The same from a text.
    public func read(_ text: String) throws(DateProblem) -> DateTime {
        try withBytes(of: text) { bytes throws(DateProblem) in try read(bytes) }
    }
}
