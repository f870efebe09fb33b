/// Whether a text can be an e-mail address: one @ with text before it, a domain with a point in it and no empty
/// part after it, and no blanks. Every mail server asks for at least that much.
public func isUsableEmail(_ address: String) -> Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !address.contains(where: \.isWhitespace) else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
}
