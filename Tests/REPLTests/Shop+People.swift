import TestSupport

extension Shop {
    /// A shop whose customers have something of everything that a card shows, and campaigns that mean some of them.
    static func ofPeople() throws -> Shop {
        let shop = try Shop()
        try shop.write(
            """
            id,name,email,phone,preferred_channel,company,city,region,country,birthday,language,level,owner,registered_at
            1,王小明,ming@example.com,13800000001,email,晨光贸易有限公司,上海,上海,中国,1990-12-13,zh,gold,张经理,2025-03-01 10:00
            2,Ann Lee,ann@example.com,,,,London,,,,en,,,2026-01-02
            3,Ann Lee,lee@example.com,,,,Paris,,,,,,,2026-01-03
            4,No Address,,,,,深圳,,,,,,,2025-05-05
            5,王芳,ANN@example.com,13800000005,sms,,北京,,,1990-11-30,zh,,,2026-11-30

            """, to: "customers.csv")
        try shop.write(
            """
            sku,name,category
            S1,Running Shoes,shoes
            S2,跑步袜,socks

            """, to: "products.csv")
        try shop.write(
            """
            order_number,customer_id,order_date,status,line,sku,quantity,line_amount
            A1,1,2025-06-01 10:00,completed,1,S1,1,120.50
            A2,1,2026-11-20 10:00,completed,1,S1,1,1000
            A2,1,2026-11-20 10:00,completed,2,S2,3,80
            A3,1,2026-11-25 10:00,pending,1,S2,1,15

            """, to: "order-lines.csv")
        try shop.write(
            """
            id,customer_id,campaign,step,channel,address,subject,sent_at
            M1,1,news,news,email,ming@example.com,What is new,2026-11-01 10:00
            M2,1,welcome,welcome,sms,13800000001,,2025-03-01 10:00

            """, to: "messages.csv")
        try shop.write(
            """
            id,message_id,type,time
            E1,M1,delivered,2026-11-01 10:01
            E2,M1,open,2026-11-01 13:00
            E3,M1,open,2026-11-02 13:00
            E4,M1,click,2026-11-04 13:00

            """, to: "message-events.csv")
        try shop.write(
            """
            customer_id,channel,status,time
            1,email,granted,2025-03-01
            1,sms,granted,2025-03-01
            1,sms,withdrawn,2026-02-02
            2,email,granted,2026-01-02
            5,sms,granted,2026-11-30

            """, to: "consents.csv")
        try shop.write("customer_id,tag\n1,VIP\n1,老客户\n", to: "tags.csv")
        try shop.write("customer_id,interest,weight\n1,running,2\n1,tea,1\n", to: "interests.csv")
        try shop.importFiles(
            "customers", "products", "order-lines", "messages", "message-events", "consents", "tags",
            "interests")
        try shop.write(
            """
            trait "stage" {
              doc = "How far they are",
              of = function(c) return c.order_count > 1 and "loyal" or "new" end,
            }
            segment "buyers" {
              description = "Bought at least once",
              where = function(c) return c.order_count > 0 end,
            }
            segment "everyone" { where = function(c) return true end }
            segment "broken" { where = function(c) return c.name .. c.gender == "x" end }
            """, to: "scripts/segments.lua")
        try shop.write(
            """
            campaign "hello" {
              description = "A greeting, then a task",
              audience = segment.everyone,
              limit = 2,
              journey = function(c)
                send { template = "hello" }
                if not wait_for("click", days(3)) then
                  task { title = "Call " .. c.city, owner = "Li", due = hours(24) }
                end
              end,
            }
            campaign "news" {
              audience = segment.buyers,
              every = "monday at 10:00",
              reentry = days(1),
              channels = { "sms" },
              journey = function(c) send { template = "news" } end,
            }
            """, to: "scripts/campaigns.lua")
        try shop.write(
            "---\nsubject: \"Hello {{ customer.name }}\"\n---\n<p>Dear {{ customer.name }}, {{ customer.email }}</p>\n",
            to: "templates/hello.liquid")
        try shop.write("Hello {{ customer.name | default: 'you' }}", to: "templates/hello.sms.liquid")
        try shop.write("News for {{ customer.name | default: 'you' }}", to: "templates/news.sms.liquid")
        return shop
    }
}
