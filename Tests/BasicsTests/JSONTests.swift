import Basics
import Testing

@Suite struct JSONTests {
    @Test("a text becomes values, with the members of objects in their order")
    func values() throws {
        let text = """
            \u{FEFF} {"b": [1, -2.5e3, 9223372036854775807, 9223372036854775808, 0], "a": {"": null, "t": true, "f": false},
             "s": "\\"\\\\\\/\\b\\f\\n\\r\\t 上 \\u4e0a \\ud83d\\ude00 \\ud83d!"}
            """
        #expect(
            try JSON(parsing: text)
                == .object([
                    .init(
                        name: "b",
                        value: .array([
                            .integer(1), .number(-2500), .integer(.max), .number(9_223_372_036_854_775_808),
                            .integer(0),
                        ])),
                    .init(
                        name: "a",
                        value: .object([
                            .init(name: "", value: .null), .init(name: "t", value: .boolean(true)),
                            .init(name: "f", value: .boolean(false)),
                        ])),
                    .init(
                        name: "s", value: .text("\"\\/\u{8}\u{C}\n\r\t 上 上 😀 \u{FFFD}!")),
                ]))
    }

    @Test(
        "what is no JSON is an error with its place",
        arguments: [
            ("", "1:1 expected a value, found the end of the text"),
            ("{\n  name: 1}", "2:3 expected a name in quotation marks, found 'n'"),
            ("{\"a\": 1,}", "1:9 expected a name in quotation marks, found '}'"),
            ("{\"a\" 1}", "1:6 expected ':', found '1'"), ("[1 2]", "1:4 expected ',' or ']', found '2'"),
            ("[1,]", "1:4 expected a value, found ']'"),
            ("01", "1:2 expected the end of the text, found '1'"),
            ("1.", "1:3 expected a digit, found the end of the text"),
            ("-", "1:2 expected a digit, found the end of the text"),
            ("[1, -1e400]", "1:5 the number -1e400 is too large"),
            ("\"上", "1:1 a text without its closing quotation mark"),
            ("\"a\nb\"", "1:3 expected the closing quotation mark, or an escape such as \\n, found '\n'"),
            ("[\"\\x\"]", "1:3 an escape that JSON does not have"),
            ("nul", "1:1 expected a value, found 'n'"),
            ("{} {}", "1:4 expected the end of the text, found '{'"),
            (String(repeating: "[", count: 300), "1:201 more than 200 levels of JSON in each other"),
        ])
    func errors(text: String, message: String) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error.map { "\($0.line):\($0.column) \($0.message)" } == message)
    }
}
