import TestSupport

extension Shop {
    /// A shop with customers enough to group them: of two cities and of none, who bought nothing, little or much.
    static func market() throws -> Shop {
        let shop = try Shop()
        try shop.write(
            """
            id,name,email,city,level,birthday,registered_at
            1,王小明,ming@example.com,上海,金卡,1990-05-01,2026-09-30 10:00
            2,Ann Lee,ann@example.com,London,银卡,1985-01-31,2026-11-02
            3,李娜,,上海,银卡,,2026-11-05 08:30
            4,张伟 👩‍👩‍👧 的大家庭,wei@example.com,上海,,2001-12-24,2026-11-30 23:59
            5,O'Neil,oneil@example.com,London,金卡,,
            6,Bo,,,银卡,1999-09-09,2026-09-01

            """, to: "customers.csv")
        try shop.write(
            """
            order_id,customer_id,order_date,amount,status
            A1,1,2026-10-01 10:00,120.50,completed
            A2,1,2026-11-20 10:00,80,completed
            A3,2,2026-11-03 10:00,900,completed
            A4,3,2026-11-06 10:00,15,completed
            A5,5,2026-11-07 10:00,1500,completed
            A6,5,2026-11-08 10:00,1500,completed
            A7,5,2026-11-09 10:00,1500,completed

            """, to: "orders.csv")
        try shop.importFiles("customers", "orders")
        try shop.write(
            """
            segment "buyers" {
              description = "Bought at least once",
              where = function(c) return c.order_count > 0 end,
            }
            segment "lettered" {
              description = "SQL cannot say it",
              where = function(c) return c.name:gsub("[a-z]", "") ~= c.name end,
            }
            trait "stage" {
              doc = "How far they have come",
              of = function(c)
                if c.order_count == 0 then return "lead" end
                return c.order_count > 1 and "regular" or "first"
              end,
            }

            """, to: "scripts/rules.lua")
        return shop
    }
}
