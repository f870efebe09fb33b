import Templates
import Testing

@Suite(.enabled(if: LuaProgram.isInstalled)) struct FilterTotalityTests {
    /// A value of each kind.
    private static let values = """
        { v = A({ nil, true, 0, -7, 2.5, 1e300, 1/0, 0/0, math.mininteger, "", " 12x ", "你好 é", "\\xff\\x80", {},
          { 1, "b", { 3 } }, { k = 1 }, O({ "a", "b" }, { a = 1 }), A({ nil, "x" }, 3), rt.range(1, 3),
          io.stdout, { { k = 2 }, { k = "1" }, 5 } }, 21) }
        """
    private static let filters = [
        "append", "prepend", "upcase", "downcase", "capitalize", "strip", "lstrip", "rstrip",
        "strip_newlines",
        "newline_to_br", "replace", "replace_first", "remove", "remove_first", "split", "join", "size",
        "first",
        "last", "slice", "truncate", "truncatewords", "reverse", "sort", "sort_natural", "uniq", "map",
        "where",
        "compact", "concat", "sum", "escape", "escape_once", "url_encode", "url_decode", "strip_html", "abs",
        "ceil", "floor", "round", "plus", "minus", "times", "divided_by", "modulo", "at_least", "at_most",
        "default", "date", "money", "raw", "squish", "remove_last", "find", "find_index", "has", "reject",
        "base64_encode", "base64_decode", "base64_url_safe_encode", "base64_url_safe_decode", "handle",
        "camelcase", "money_without_currency", "number_with_delimiter", "t", "json", "url_escape",
        "url_param_escape",
    ]

    @Test("every filter takes every kind of value, or says what is wrong in its own words")
    func everyValue() throws {
        var jobs: [LuaProgram.Job] = []
        for name in Self.filters {
            for input in 0..<21 {
                for argument in -1..<21 {
                    let call = argument < 0 ? name : "\(name): v[\(argument)]"
                    let text = "{{ v[\(input)] | \(call) }}"
                    guard let job = try? LuaProgram.Job(text, Self.values, escaping: .html) else { continue }
                    jobs.append(job)
                }
            }
        }
        let wrong = zip(jobs, try LuaProgram.render(jobs)).compactMap { job, rendered -> String? in
            guard let error = rendered.error else { return nil }
            let isOwn =
                error.hasPrefix("t.liquid:1:4+") && !error.contains("attempt")
                && !error.contains("bad argument")
            return isOwn ? nil : "\(error): \(job.template.luaSource.suffix(90))"
        }
        #expect(jobs.count > 9_000)
        #expect(wrong == [])
    }
}
