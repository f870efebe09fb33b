extension FoundCaseTests {
    /// What names stand for when a function runs.
    static let byVariable =
        [
            FoundCase(
                "a function that calls itself is not the one around it of the same name",
                """
                local function f(x) return false end
                segment "x" { where = function(c)
                  local outer = f
                  local function f(x) if x == nil then return true end return f(nil) end
                  return f(c)
                end }
                """, gives: "[1, 2, 3, 4]"),
            FoundCase(
                "a function sees what a local was given after it",
                predicate("local x = 1 local f = function() return x end x = 2 return f() == 2"),
                gives: "[1, 2, 3, 4]"),
            FoundCase(
                "a function within changes a parameter",
                predicate("local function f() c = nil return true end return f() and c == nil"),
                gives: "[1, 2, 3, 4]"),
            FoundCase(
                "a function within changes a parameter of a helper",
                """
                local function h(n) local function f() n = 5 return true end return f() and n == 5 end
                \(predicate("return h(1)"))
                """, gives: "[1, 2, 3, 4]"),
            FoundCase(
                "a table by another name is changed by that name",
                """
                local other = {}
                local t = {}
                t = other
                segment "y" { where = function(c) other[c.city or ""] = true return true end }
                segment "x" { where = segment.y & segment "z" { where = function(c) return t[c.city] end } }
                """, gives: "[1, 2, 3]"),
            FoundCase(
                "a constant is what it was when the script was read",
                """
                local b = 1
                local a <const> = b + 1
                b = 10
                \(predicate("return c.id == a or c.id == b"))
                """, gives: "[2]"),
            FoundCase(
                "a constant is made of constants",
                """
                local a <const> = 2
                local b <const> = a * 2 - 1
                \(predicate("return c.id == a or c.id == b"))
                """, gives: "[2, 3]"),
        ] + raising

    /// Arguments raise although nothing becomes of them.
    private static let raising =
        [
            "pass(c, c.name .. '').city == 'Wuhan'", "pass(c, c.name .. ''):has_tag 'a'",
            "pass(c, c.name .. '').orders:any()", "c[pass('city', c.name .. '')] == 'Wuhan'",
            "pass(pass, c.name .. '')(true)", "segment.y:includes(pass(c, c.name .. ''))",
            "pass(c.orders, c.name .. ''):any()",
        ].map { condition in
            FoundCase(
                "an argument raises that nobody looks at: \(condition)",
                """
                local function pass(x) return x end
                segment "y" { where = function(c) return c.id == 1 end }
                \(predicate("return \(condition)"))
                """, gives: "error: attempt to concatenate a nil value (field 'c.name')")
        } + [
            FoundCase(
                "a condition raises although nothing follows from it",
                predicate("if c.id == 1 then elseif c.name .. '' == 'x' then end return true"),
                gives: "error: attempt to concatenate a nil value (field 'c.name')")
        ]
}
