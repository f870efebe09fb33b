import Messages
import Testing

@Suite("The length of a text message") struct SMSLengthTests {
    private static let basic = """
        @£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
        abcdefghijklmnopqrstuvwxyzäöñüà
        """

    @Test("the GSM alphabet has 127 characters of one septet beside the escape, and ten of two")
    func alphabet() {
        #expect(Self.basic.unicodeScalars.count == 127)
        let length = SMSLength(Self.basic)
        #expect(length.encoding == .gsm7 && length.units == 127 && length.parts == 1)
        let extended = SMSLength("\u{0C}^{}\\[~]|€")
        #expect(extended.encoding == .gsm7 && extended.units == 20)
        for other in ["ç", "`", "“", "…", "–", "中", "\t", "e\u{301}", "Á"] {
            #expect(SMSLength("a" + other).encoding == .ucs2, "\(other)")
        }
    }

    @Test(
        "parts are counted where the standard begins another",
        arguments: [
            ("", 0, 1), (String(repeating: "a", count: 160), 160, 1),
            (String(repeating: "a", count: 161), 161, 2),
            (String(repeating: "a", count: 306), 306, 2), (String(repeating: "a", count: 307), 307, 3),
            (String(repeating: "€", count: 80), 160, 1),
            // 76 of two septets fill 152 of 153.
            (String(repeating: "€", count: 152), 304, 2), (String(repeating: "€", count: 153), 306, 3),
            (String(repeating: "a", count: 152) + "€" + String(repeating: "a", count: 20), 174, 2),
        ])
    func gsm(_ text: String, _ units: Int, _ parts: Int) {
        let length = SMSLength(text)
        #expect(length.encoding == .gsm7)
        #expect(length.units == units)
        #expect(length.parts == parts)
    }

    @Test(
        "a surrogate pair is two units and stays in one part",
        arguments: [
            (String(repeating: "好", count: 70), 70, 1), (String(repeating: "好", count: 71), 71, 2),
            (String(repeating: "好", count: 134), 134, 2), (String(repeating: "好", count: 135), 135, 3),
            (String(repeating: "😀", count: 35), 70, 1), (String(repeating: "😀", count: 36), 72, 2),
            // 33 pairs fill 66 of 67.
            (String(repeating: "😀", count: 66), 132, 2), (String(repeating: "😀", count: 67), 134, 3),
        ])
    func ucs2(_ text: String, _ units: Int, _ parts: Int) {
        let length = SMSLength(text)
        #expect(length.encoding == .ucs2)
        #expect(length.units == units)
        #expect(length.parts == parts)
    }
}
