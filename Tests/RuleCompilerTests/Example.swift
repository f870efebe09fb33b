/// A predicate with what it needs around it.
struct Example {
    /// As it stands in the golden file.
    let shown: String
    let script: String
    let minorUnits: Double

    /// The body of a predicate, and what stands before it in its script.
    init(_ body: String, before: String = "", isShown: Bool = true, minorUnits: Double = 100) {
        shown = before.isEmpty || !isShown ? body : "\(before)\n\(body)"
        script = "\(before)\nsegment \"x\" { where = function(c) \(body) end }\n"
        self.minorUnits = minorUnits
    }

    /// A script that defines segment x as a combination of others.
    init(audience: String, before: String) {
        shown = audience
        script = "\(before)\nsegment \"x\" { where = \(audience) }\n"
        minorUnits = 100
    }

    /// Examples by what they are about.
    static let all: [(title: String, examples: [Example])] = [
        ("Fields, facts and attributes", fields), ("Money", money), ("Missing values and logic", logic),
        ("Arithmetic", arithmetic), ("Texts", texts), ("Tables", tables), ("Statements", statements),
        ("Functions and traits", functions), ("Tags, interests, consents, birthdays", methods),
        ("Relations", relations), ("Segments: \(base)", segments), ("What stays in Lua", reasons),
    ]

    private static func bodies(_ bodies: String...) -> [Example] { bodies.map { Example("return \($0)") } }

    private static let fields = bodies(
        "true", "nil", "c.city == \"上海\"", "c.city ~= \"上海\"", "c.name == \"Ann\"", "c.order_count >= 3",
        "c.last_order_at < days_ago(90)", "c.registered_at >= date \"2026-11-11\"",
        "c.registered_at > now() - hours(24)",
        "c.children >= 2", "c.children", "c.member", "not c.member", "c.member == true", "c.ratio > 0.5",
        "c.birthday >= \"2000-01-01\"", "c.city == nil", "c.order_count ~= nil", "c[\"city\"] == c.region",
        "c.city == c.children")

    private static let money =
        bodies(
            "c.total_spent > 2000", "c.total_spent >= 0.1 + 0.2", "c.total_spent <= 1.005",
            "c.total_spent < -0.005",
            "c.total_spent == 12.34", "c.total_spent ~= 12.34", "c.total_spent == 12.345",
            "c.total_spent > 1e300",
            "100 < c.total_spent", "c.largest_order > c.total_spent / 2", "c.total_spent > math.huge")
        + [
            Example("return c.total_spent >= 2000.5", minorUnits: 1),
            Example("return c.total_spent >= 1.2345", minorUnits: 1000),
        ]

    private static let logic = bodies(
        "c.order_count > 0 and c.city == \"上海\"", "c.order_count > 0 or c.city == \"上海\"",
        "not (c.children > 2 and c.city == \"上海\")", "not (c.children > 2 or c.order_count == 0)",
        "(c.city or \"none\") == \"none\"", "(c.children or c.order_count) > 2",
        "(c.member and \"yes\" or \"no\") == \"yes\"", "c.city and c.region and true",
        "(c.city == \"a\") == (c.region == \"b\")",
        "c.order_count > 5 and true or c.city == nil", "nil == c.city and false")

    private static let arithmetic = bodies(
        "c.order_count + 1 > 3", "c.order_count * c.event_count > 10", "c.children + 1 > 3",
        "c.ratio * 2 > 1",
        "c.total_spent / c.order_count > 100", "c.children % 2 == 0", "c.children // 2 == 1",
        "10 // c.children == 1",
        "-c.children < 0", "c.children ^ 2 > 4", "math.floor(c.total_spent) == 12",
        "math.max(c.children, 3) == 3",
        "math.abs(c.children) > 2", "now() - c.last_order_at > days(30)", "c.children + nil == 5",
        "c.total_spent - c.total_spent == 0")

    private static let texts = bodies(
        "c.email:lower() == \"ann@example.com\"", "(c.email or \"\"):upper() ~= \"X\"",
        "#(c.city or \"\") > 2",
        "(c.city or \"\"):len() == 6", "(c.city or \"\"):sub(1, 3) == \"上\"",
        "(c.city or \"\"):sub(-3) == \"海\"",
        "(c.email or \"\"):find(\"@example.cn\", 1, true) ~= nil", "c.email:find(\"@example.cn\", 1, true)",
        "(c.email or \"\"):match(\"cn$\")  ~= nil", "string.find(c.phone or \"\", \"^138\") == 1",
        "c.phone ~= nil and c.phone:sub(1, 3) == \"138\"",
        "c.first_name .. \" \" .. c.last_name == \"Ann Li\"",
        "c.level > \"gold\"", "(c.city or \"\"):find \"\" == 1")

    private static let cities = "local cities = { [\"上海\"] = true, [\"北京\"] = true, [\"广州\"] = false }"

    private static let tables = [
        Example("return cities[c.city]", before: cities),
        Example("return not cities[c.city]", before: cities),
        Example("return cities[c.city] == false", before: cities),
        Example("return cities[\"上海\"] and c.order_count > 1", before: cities),
        Example(
            "return (prices[c.level] or 0) > 10",
            before: "local prices = { gold = 20, silver = 10, bronze = 5 }"),
        Example("return limits[c.children] == 3", before: "local limits = { 1, 3, [2.5] = 4 }"),
        Example("return c.order_count > limits.many", before: "local limits = { many = 3 }"),
    ]

    private static let statements = [
        Example("if not c.email or c.language ~= \"zh\" then return false end return c.order_count > 0"),
        Example("if c.erased_at then return end if c.city == nil then return nil end return true"),
        Example("local count = c.order_count return count > 2 and count < 10"),
        Example("local spent = c.total_spent if spent > 100 then spent = spent - 10 end return spent > 150"),
        Example(
            "if c.city == \"a\" then return true elseif c.city == \"b\" then return c.member else return false end"
        ),
        Example(
            "local level = \"low\" if c.order_count > 5 then level = \"high\" elseif c.order_count > 2 then level = \"middle\" end return level ~= \"low\""
        ),
        Example("do local city = c.city return city == \"上海\" end"),
        // What stands before says that the value is there.
        Example("if not c.email then return false end return c.email:find(\"@\", 1, true) ~= nil"),
        Example("local email = c.email if email == nil or c.member then return false end return #email > 5"),
        Example("if c.email then return c.email:lower() == \"a\" else return c.order_count > 3 end"),
        Example("return c.email == nil or #c.email < 5"),
        Example("return not (c.email and c.email:find(\"a\", 1, true)) and c.city ~= nil"),
        // And here it does not.
        Example("return (c.email or c.phone) and #c.email < 5"),
        Example("if c.email then return false end return #c.email > 5"),
        Example(
            "if c.order_count > 3 then return true end local rest = c.email:reverse() return rest == \"x\""),
        Example("return c.order_count > limit", before: "local limit = 3"),
        Example("return c.order_count > limit", before: "local limit <const> = 3"),
        Example("return c.last_order_at < since(90)", before: "local since = days_ago"),
        Example("return c.last_order_at < days_ago(c.children)"),
        Example(""),
    ]

    private static let functions = [
        Example("return buyer(c)", before: "local function buyer(c) return c.order_count > 0 end"),
        Example(
            "return atLeast(c, 3) and not atLeast(c)",
            before:
                "local function atLeast(c, count) if not count then return false end return c.order_count >= count end"
        ),
        Example(
            "local function big(amount) return amount > 100 end return big(c.total_spent) or big(c.largest_order)"
        ),
        Example("return (function() return c.city end)() == \"上海\""),
        Example(
            "return c.stage == \"buyer\"",
            before:
                "trait \"stage\" { of = function(c) return c.order_count > 0 and \"buyer\" or \"lead\" end }"
        ),
        Example(
            "return c.stage == \"lost\"",
            before:
                "trait \"stage\" { of = function(c) if c.order_count == 0 then return \"lead\" end if c.last_order_at < days_ago(365) then return \"lost\" end return \"regular\" end }"
        ),
        Example(
            "return c.first == \"A\"",
            before: "trait \"first\" { of = function(c) return (c.name or \"\"):gsub(\"x\", \"y\") end }"),
    ]

    private static let methods = bodies(
        "c:has_tag \"VIP\"", "not c:has_tag(\"VIP\")", "c:likes \"outdoor\"", "c:likes(c.city or \"\")",
        "c:interests()[1] == \"outdoor\"", "#c:interests() > 2", "c:consents_to \"email\"",
        "not c:consents_to \"sms\"",
        "c:birthday_within(days(7))", "c:birthday_within(days(60))", "c:birthday_within(days(400))",
        "c:birthday_within(-1)")

    private static let relations = bodies(
        "c.orders:any()", "not c.orders:any()", "c.orders:count() >= 2", "c.orders:purchased():count() == 1",
        "c.orders:since(days_ago(180)):sum \"amount\" > 1000", "c.orders:before(date \"2026-01-01\"):any()",
        "c.orders:where { category = \"shoes\" }:any()",
        "c.orders:where { status = \"paid\", amount = 12.34 }:count() > 1",
        "c.orders:last().amount > 800", "c.orders:first().placed_at < days_ago(365)",
        "c.orders:last() == nil",
        "c.orders:last()", "#c.orders:list() > 3", "c.orders:sum \"item_count\" > 5",
        "c.messages:opened():since(days_ago(30)):any()",
        "c.messages:where { channel = \"email\" }:clicked():any()",
        "c.messages:delivered():before(now()):count() > 1", "c.feedback:last().score <= 3",
        "c.events:where { type = \"cart\" }:since(c.last_order_at):any()",
        "c.tasks:where { status = \"open\" }:any()",
        "c.orders:since(c.orders:first().placed_at + days(1)):any()", "c.orders:where { coupon = nil }:any()")

    private static let base = """
        segment "buyers" { where = function(c) return c.order_count > 0 end }
        segment "vips" { where = function(c) return c:has_tag "VIP" end }
        segment "odd" { where = function(c) return c.order_count > 1 and tostring(c.id) == "1" end }
        """

    private static let segments =
        [
            Example("return segment.buyers:includes(c) and c.city == \"上海\"", before: base, isShown: false),
            Example("return not segment.odd:includes(c)", before: base, isShown: false),
            Example(
                "return both:includes(c)", before: "\(base)\nlocal both = segment.buyers", isShown: false),
            Example("return segment.x:includes(c)"),
        ]
        + [
            "segment.buyers & segment.vips", "segment.buyers | segment.vips", "segment.buyers - segment.vips",
            "~segment.buyers", "segment.buyers & segment.odd", "segment.odd & segment.buyers",
            "segment.buyers - segment.odd",
            "segment.odd | segment.buyers", "~segment.odd", "segment.buyers & segment.vips - segment.odd",
        ].map { Example(audience: $0, before: base) }

    private static let reasons =
        bodies(
            "tostring(c.id) == \"1\"", "c.city:reverse() == \"x\"", "(c.city or \"\"):find(\"^%d\") ~= nil",
            "(c.city or \"\"):sub(c.order_count) == \"x\"", "c.cty == 1", "c.city > 5", "c.city + 1 == 11",
            "c.order_count & 1 == 1", "foo(c)", "c.order_count", "c.city", "({ 1, 2 })[c.order_count] == 1",
            "c:has_tag(c.city)", "c:has_tag(5)", "c:consents_to(c.preferred_channel)",
            "c:birthday_within(c.children)",
            "c.orders:since(c.ratio):any()", "c.orders:where { foo = 1 }:any()",
            "c.orders:where { status = c.city }:any()",
            "c.orders:sum \"status\" > 1", "c.orders:shipped():any()",
            "c.orders:last().items[1].name == \"x\"",
            "c.orders:last().foo == 1", "pcall(error) == false", "math.random() > 0.5",
            "string.format(\"%d\", c.id) == \"1\"",
            "c.id .. c.total_spent == \"1\"", "c[c.city] == 1", "segment[c.city]:includes(c)",
            "#c.order_count == 1",
            "c.city() == 1", "c.city.x == nil", "c.member == c.children or (c.member or c.children) == 1",
            "math.huge == math.foo", "c == c", "c.orders:list()[1].amount == 1", "-c.city == 1", "c:foo()")
        + [
            Example("for _ in pairs {} do end return true"), Example("while c.city do end return true"),
            Example("count = 1 return true"), Example("tostring(c) return true"), Example("return c.city, 1"),
            Example("local a, b = c.city:find \"x\" return b == 1"),
            Example("if c.city then goto done end ::done:: return true"),
            Example("local f f = function() return f end return f() == nil"),
            Example("local n = 1 local f = function() n = 2 end f() return n == 2"),
            Example(
                "return c.order_count > limit", before: "local limit = 3\nlocal function set(n) limit = n end"
            ),
            Example("return t[c.city]", before: "local t = {}\nlocal function set(n) t[n] = true end"),
            Example("return f(c)", before: "local function f(c) return c.id == 1 or f(c) end"),
            Example("return f(c)", before: "local function f(...) return true end"),
            Example("return f(c)", before: "local function f(c) return c.id > 0, 1 end"),
            Example("return f(c, c.city:find(\"x\"))", before: "local function f(c, a, b) return b == 1 end"),
            Example("local _ENV = {} return true"),
            Example("local t <close> = nil return true"),
            Example("return c.city == \"\\xff\" or c.city == \"a\\0\""),
            Example("return c.odd", before: "trait \"odd\" { of = function(c) return {} end }"),
        ]
}
