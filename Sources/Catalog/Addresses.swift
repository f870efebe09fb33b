/// Whether a text can be an e-mail address: one @ with text before it, a domain with a point in it and no empty
/// part after it, and no blanks. Every mail server asks for at least that much.
public func isUsableEmail(_ address: String) -> Bool {
    var address = address
    return address.withUTF8 { isUsableEmail($0) }
}

/// The same of a text in UTF-8, without a String for every row.
public func isUsableEmail(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at: Int?
    var hasPoint = false
    // Where a part of the domain, or the text before the @, begins.
    var start = 0
    for (place, byte) in bytes.enumerated() {
        switch byte {
        case 0x40:
            if at != nil || place == 0 { return false }
            at = place
            start = place + 1
        case 0x2E where at != nil:
            if place == start { return false }
            hasPoint = true
            start = place + 1
        case 0x09...0x0D, 0x20: return false
        // What counts as a blank or joins with its neighbour is a matter of Unicode.
        case 0x80...: return isUsable(beyondASCII: String(decoding: bytes, as: UTF8.self))
        default: break
        }
    }
    return hasPoint && start < bytes.count
}

private func isUsable(beyondASCII address: String) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !address.contains(where: \.isWhitespace) else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
}
