import TestSupport
import Testing

extension Shop {
    /// A workspace whose customers have the custom attribute `club_card`.
    static func tiered() throws -> Shop {
        let shop = try Shop()
        try shop.write("id,name,club_card\n1,Ann,gold\n2,Bob,silver\n", to: "customers.csv")
        try shop.importFiles("customers")
        return shop
    }

    /// A tiered workspace with a library in which one script uses others, templates with all their parts, and a plugin.
    static func withLibrary() throws -> Shop {
        let shop = try Shop.tiered()
        try shop.write(
            """
            --- Thank people for an order.
            ---
            --- @author 王蕾
            --- @description A message after an order, with a task
            ---   for those of the gold tier.
            --- @tags thanks, orders
            --- @needs plugin rfm >= 1.2
            --- @needs field club_card
            --- @license MIT

            local words = require "lib.words"

            campaign "thanks" {
              audience = segment["new buyers"],
              content  = function(c) return { word = words.thanks } end,
              journey  = function(c)
                send { template = "thanks" }
                tag "thanked"
                if c.club_card == "gold" and c.stage == "buyer" then task { title = "Call" } end
              end,
            }

            test("whoever bought is thanked", function()
              local c = customer_like { order_count = 1, club_card = "gold" }
              local story = simulate { campaign = "thanks", customer = c }
              expect(story:sent "thanks").is(true)
              expect(#story:tasks()).is(1)
            end)

            """, to: "scripts/campaigns/thanks.lua")
        try shop.write(
            """
            --- Customers who bought.
            --- @tags orders
            segment "new buyers" { where = function(c) return c.order_count > 0 and not c:has_tag "staff" end }

            test("nobody is a buyer without an order", function()
              expect(segment["new buyers"]:includes(customer_like {})).is(false)
            end)

            """, to: "scripts/segments/new-buyers.lua")
        try shop.write("return { thanks = \"Thank you\" }\n", to: "scripts/lib/words.lua")
        try shop.write(
            "trait \"stage\" { of = function(c) return c.order_count > 0 and \"buyer\" or \"lead\" end }\n",
            to: "scripts/traits.lua")
        try shop.write(
            "segment \"unused\" { where = function(c) return true end }\n", to: "scripts/unused.lua")
        try shop.write(
            """
            ---
            subject: "{{ word }}"
            layout: plain
            ---
            <p>{{ customer.name | default: "friend" }}, {{ "order.thanks" | t }}</p>

            """, to: "templates/thanks.liquid")
        try shop.write("{{ word }}!\n", to: "templates/thanks.sms.liquid")
        try shop.write(
            "<html><body>{{ content_for_layout }}{% render 'footer' %}</body></html>\n",
            to: "templates/layouts/plain.liquid")
        try shop.write("<p>{{ 'foot.bye' | t }}</p>\n", to: "templates/partials/footer.liquid")
        try shop.write("<p>unused</p>\n", to: "templates/partials/unused.liquid")
        try shop.write(
            """
            {
              "order": { "thanks": "many thanks", "unused": "x" },
              "foot": { "bye": "Bye" }
            }

            """, to: "templates/locales/en.default.json")
        try shop.write(
            "{ \"order\": { \"thanks\": \"谢谢\" }, \"foot\": { \"bye\": \"再见\" } }\n",
            to: "templates/locales/zh.json")
        try shop.addPlugin("rfm", "1.10.0")
        return shop
    }

    /// Writes a plugin with a segment of its name, and lets it run.
    func addPlugin(_ name: String, _ version: String) throws {
        try write(
            """
            {
              "name": "\(name)", "version": "\(version)", "api": 1, "description": "A plugin.", "license": "MIT",
              "provides": { "segments": ["\(name) best"] }
            }
            """, to: "plugins/\(name)/plugin.json")
        try write(
            "plugin.segment \"\(name) best\" { where = function(c) return true end }\n",
            to: "plugins/\(name)/main.lua")
        let enabled = try run("plugins", "enable", name, "--yes")
        #expect(enabled.status == 0, "\(enabled.errors)")
    }

    /// A workspace with what `thanks` needs, and nothing else.
    static func ready() throws -> Shop {
        let shop = try Shop.tiered()
        try shop.addPlugin("rfm", "1.2.0")
        return shop
    }

    /// Packs `thanks` into another workspace's folder and gives its text.
    @discardableResult
    func packThanks(into other: Shop) throws -> String {
        let outcome = try run("scripts", "pack", "thanks", "-o", "-")
        #expect(outcome.status == 0, "\(outcome.errors)")
        try other.write(outcome.output, to: "thanks.moonscript")
        return outcome.output
    }
}
