/// A whole number with its thousands apart: `23,570`.
public func grouped(_ number: Int) -> String {
    (number < 0 ? "-" : "") + grouped(digits: String(number.magnitude))
}

/// So many of something whose plural has an s: `1 row`, `23,570 rows`.
public func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// Decimal digits with their thousands apart.
public func grouped(digits: some StringProtocol) -> String {
    var result = ""
    let count = digits.count
    for (index, digit) in digits.enumerated() {
        if index > 0, (count - index).isMultiple(of: 3) { result.append(",") }
        result.append(digit)
    }
    return result
}
