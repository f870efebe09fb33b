/// A text as a field of a CSV record: in quotes, quotes doubled, where it holds a comma, a quote or a line end
/// (RFC 4180).
public func csvField(_ text: String) -> String {
    // By bytes: a quote before a combining mark is no Character of its own.
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    var bytes: [UInt8] = [0x22]
    for byte in text.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
    }
    bytes.append(0x22)
    return String(decoding: bytes, as: UTF8.self)
}
