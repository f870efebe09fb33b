import TestSupport
import Testing

@Suite("Traits in the table of a segment")
struct TraitColumnTests {
    private let shop: Shop

    init() throws {
        shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            trait "place" { of = function(c) return c.city and c.city:byte() > 127 and "cn" or "eu" end }
            trait "half" { of = function(c) return c.id / 2 end }
            trait "reachable" { of = function(c) return c.email ~= nil end }
            trait "contact" { of = function(c) return c.email and "mail " .. c.email end }
            """, to: "scripts/traits.lua")
    }

    @Test("they stand beside fields, in the order asked for, and addresses in them are masked")
    func columns() throws {
        let outcome = try shop.run(
            "segment", "function(c) return c.place == \"cn\" or c.id == 5 end", "--show",
            "half,place,contact,city,reachable")
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                id  half  place  contact                city  reachable
                 1   0.5  cn     mail m***@example.com  上海  true
                 3   1.5  cn     mail n***@example.com  北京  true
                 4     2  cn                            深圳  false
                 5   2.5  eu     mail o***@example.com  Cork  true

                """)
    }

    @Test("an unknown column has a nearest name among them, and one that raises says where")
    func mistakes() throws {
        let unknown = try shop.run("segment", "everyone", "--show", "plcae")
        #expect(unknown.status == 1)
        #expect(
            unknown.errors == "error: unknown field 'plcae' of a customer\n  did you mean 'place'?\n")
        try shop.write(
            "trait \"dear\" {\n  of = function(c) return \"Dear \" .. c.name end,\n}",
            to: "scripts/dear.lua")
        let raised = try shop.run("segment", "everyone", "--show", "id,dear")
        #expect(raised.status == 1)
        #expect(raised.output == "")
        #expect(
            raised.errors == """
                error: attempt to concatenate a nil value (field 'c.name')
                 --> scripts/dear.lua:2:40
                  |
                2 |   of = function(c) return "Dear " .. c.name end,
                  |                                        ^^^^
                  = the value is missing for this customer: write (value or "…"), or test it first
                  = in trait 'dear', for customer 3

                """)
    }
}
