/// How many digits a currency has after the point: 2 for CNY, 0 for JPY, 3 for KWD.
///
/// Source: ISO 4217, list one (minor units); only the currencies that differ from 2 are listed.
public func minorUnitDigits(of currency: String) -> Int {
    switch currency {
    case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV",
        "XAF",
        "XOF", "XPF":
        0
    case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 3
    case "CLF", "UYW": 4
    default: 2
    }
}

/// Whether the text has the form of an ISO 4217 code: three capital letters.
public func isCurrencyCode(_ text: String) -> Bool {
    text.utf8.count == 3 && text.utf8.allSatisfy { (65...90).contains($0) }
}
