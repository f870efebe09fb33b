import Diagnostics
import Testing

@Suite("Widths and near names")
struct TextTests {
    @Test(
        "a text takes the cells that a terminal gives it",
        arguments: [
            ("", 0), ("abc", 3), ("张经理", 6), ("a张b", 4), ("é", 1), ("e\u{301}", 1), ("\u{301}", 0),
            ("ｆｕｌｌ", 8),
            ("ﾊﾝ", 2), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("😀", 2), ("👩‍👩‍👧‍👦", 2), ("🇨🇳", 2), ("👍🏽", 2),
            ("❤️", 2),
            ("❤", 1), ("1️⃣", 2), ("¥", 1), ("￥", 2), ("。", 2), ("…", 1), ("█▌", 2), ("\u{200B}", 0), ("\t", 0),
            ("\u{7F}", 0), ("a\r\nb", 2), ("𠀀", 2),
        ])
    func width(text: String, cells: Int) {
        #expect(displayWidth(of: text) == cells)
    }

    @Test(
        "what steers a terminal is told from what stands in it",
        arguments: [
            ("\u{1B}", true), ("\r", true), ("\r\n", true), ("\u{9B}", true), ("\0", true),
            ("\u{202E}", true),
            ("\u{2067}", true), ("a", false), ("张", false), ("👩‍👩‍👧‍👦", false), ("\u{200B}", false), ("א", false),
        ] as [(Character, Bool)])
    func steering(_ character: Character, _ expected: Bool) {
        #expect(steersTerminal(character) == expected)
    }

    @Test(
        "a text is padded or cut to exactly so many cells",
        arguments: [
            ("abc", 5, false, "abc  "), ("abc", 5, true, "  abc"), ("abc", 3, false, "abc"),
            ("abcd", 3, false, "ab…"),
            ("abcd", 3, true, "ab…"), ("张经理", 6, false, "张经理"), ("张经理", 5, false, "张经…"),
            ("张经理", 4, false, "张… "), ("张经理", 1, false, "…"), ("张", 0, false, ""), ("", 2, false, "  "),
            ("e\u{301}e\u{301}", 2, false, "e\u{301}e\u{301}"),
        ])
    func padding(text: String, width: Int, alignRight: Bool, expected: String) {
        let result = padded(text, to: width, alignRight: alignRight)
        #expect(result == expected)
        #expect(displayWidth(of: result) == width)
    }

    private static let fields = ["total_spent", "order_count", "name", "email", "level", "id", "姓名", "会员等级"]

    @Test(
        "the nearest name is at most a third of the letters away",
        arguments: [
            ("total_spnet", "total_spent"), ("Total_Spent", "total_spent"), ("totl_spnt", "total_spent"),
            ("nmae", "name"), ("emial", "email"), ("levle", "level"), ("di", "id"), ("ix", "id"), ("i", nil),
            ("xyz", nil), ("total", nil), ("", nil), ("会员等极", "会员等级"), ("order_count", "order_count"),
            ("ordercounts", "order_count"),
        ])
    func nearest(name: String, expected: String?) {
        #expect(nearestName(to: name, in: Self.fields) == expected)
        #expect(nearestName(to: name, in: Self.fields.reversed()) == expected)
    }

    @Test("of two names equally near the first in the alphabet counts")
    func ties() {
        #expect(nearestName(to: "cat", in: ["rat", "bat", "hat"]) == "bat")
        #expect(nearestName(to: "cat", in: []) == nil)
    }
}
