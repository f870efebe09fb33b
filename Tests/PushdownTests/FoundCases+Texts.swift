extension FoundCaseTests {
    /// How the text is laid out, and how long it is.
    static let byText = [
        FoundCase(
            "a parenthesis in a comment begins no parameters",
            """
            segment "x" { where = function --[[ (c) return true end --]] (c) return c.id < 9 and tostring(c.id) == "1" end }
            """, gives: "[1]"),
        FoundCase(
            "an error names its line, whatever ends the lines",
            "segment \"x\" { where = function(c)\r\n return (c.id > 0\r\n or\r c.id < 9)\n\r and c.name .. '' == 'x'\r\nend }",
            gives: "error: attempt to concatenate a nil value"),
        FoundCase(
            "hundreds of conditions, one of which must hold",
            predicate("return \((3...900).map { "c.id == \($0)" }.joined(separator: " or "))"),
            gives: "[3, 4]"),
        FoundCase(
            "hundreds of conditions, all of which must hold",
            predicate("return \((3...900).map { "c.id ~= \($0)" }.joined(separator: " and "))"),
            gives: "[1, 2]"),
        FoundCase(
            "sums of hundreds of numbers",
            predicate("return c.id\(String(repeating: " + 1", count: 900)) > 901"), gives: "[2, 3, 4]"),
        FoundCase(
            "a condition in a condition in a condition",
            predicate(
                "return \(String(repeating: "(c.id > 0 and (", count: 60))c.id == 2\(String(repeating: " or c.id == 2))", count: 60))"
            ), gives: "[2]"),
        FoundCase(
            "a script that is read to its middle only",
            """
            local n = 0
            segment "y" { where = function(c) return c.id > n end }
            segment "z" { where = function(c) n = 2 return \((0...1200).map { "c.id >= \($0)" }.joined(separator: " or ")) end }
            segment "x" { where = segment.z & segment.y }
            """, gives: "[3, 4]"),
        FoundCase(
            "many ways through a rule",
            predicate(
                "local n = 0 \((0..<24).map { "if c.id > \($0) then do n = n + \($0) end end" }.joined(separator: " ")) return n > 1"
            ), gives: "[3, 4]"),
        FoundCase(
            "a hundred cases",
            predicate(
                "\((5...100).map { "\($0 == 5 ? "if" : "elseif") c.id == \($0) then return \($0 % 2 == 0)" }.joined(separator: " ")) else return c.id == 2 end"
            ), gives: "[2]"),
    ]
}
