import TestSupport
import Testing

@Suite("Settings of sending as a person meets them")
struct SendingSettingTests {
    private static let fine = "there is no campaign in scripts/"
    private static let expected = "a number a day such as 2, or { limit = 5, per = 7 * 86400 }"

    @Test(
        "a cap is a number a day, or one in a span, with others by channel",
        arguments: [
            ("3", fine), ("{ limit = 1, per = 7 * 86400 }", fine),
            ("{ limit = 1, per = \"day\", sms = 1 }", fine),
            ("{ sms = 1, email = { limit = 5, per = 86400 } }", fine), ("{ limit = 2, wecom = 0 }", fine),
            ("\"2\"", "'frequency_cap' takes \(expected), got the text '2'"),
            ("{}", "'frequency_cap' takes \(expected), got a table"),
            ("{ per = 60, sms = 1 }", "'frequency_cap' takes \(expected), got a table"),
            ("{ limit = 1, fax = 1 }", "unknown setting 'frequency_cap.fax'"),
            ("{ sms = \"1\" }", "'frequency_cap.sms' takes \(expected), got the text '1'"),
            ("{ sms = { limit = 1, email = 1 } }", "unknown setting 'frequency_cap.sms.email'"),
            (
                "{ sms = { limit = 1, per = 0 } }",
                "'frequency_cap.sms': '1 in 0 seconds' is no frequency cap: the span is 1 second to 100 years, got '0'"
            ),
        ])
    func caps(_ cap: String, _ message: String) throws {
        let shop = try Shop()
        try shop.set("frequency_cap = \(cap)")
        #expect(try shop.run("dry-run").errors.hasPrefix("error: \(message)\n"))
    }
}
