import Catalog
import GRDB

extension WorldFiller {
    mutating func addProducts(_ db: Database) throws {
        for (index, sku) in Pool.skus.enumerated() {
            try insert(
                "products",
                [
                    ("id", .integer(Int64(index + 1))), ("sku", .text(sku)), ("name", text(Pool.plainTexts)),
                    ("category", text(Pool.categories, odd: 0)),
                ], db)
        }
    }

    /// Orders with their lines, and events of a customer.
    mutating func addSales(_ customer: Int64, _ db: Database) throws {
        var time = instant()
        for _ in 0..<(dice.chance(20) ? 0 : dice.below(6)) {
            // Often at the instant of the one before.
            if dice.chance(70) { time = instant() }
            let status = dice.one(of: Pool.statuses)
            try insert(
                "orders",
                [
                    ("customer_id", .integer(customer)), ("placed_at", .integer(time)),
                    ("status", .text(status)),
                    ("amount", .integer(amount(status))),
                    ("currency", .text(dice.chance(90) ? currency : "USD")),
                    ("item_count", .number(dice.one(of: [0, 1, 2, 2.5, 10]))),
                    ("source", text(["shop", "店", "Shop"])),
                    ("coupon", text(Pool.coupons)),
                    ("order_number", dice.chance(70) ? .null : .text("N\(dice.number(1...999_999))")),
                ], db)
            guard db.changesCount > 0 else { continue }
            try addLines(ofOrder: db.lastInsertedRowID, db)
        }
        for _ in 0..<dice.below(5) {
            try insert(
                "events",
                [
                    ("customer_id", .integer(customer)), ("occurred_at", .integer(instant())),
                    ("type", .text(dice.one(of: Pool.eventTypes))), ("product_id", product()),
                    ("category", text(Pool.categories, missing: 50, odd: 0)),
                    ("url", text(["/a", "/a%20b", "/店"])),
                ], db)
        }
    }

    private mutating func addLines(ofOrder order: Int64, _ db: Database) throws {
        for line in 0..<dice.below(3) {
            try insert(
                "order_items",
                [
                    ("order_id", .integer(order)), ("line", .integer(Int64(line + 1))),
                    ("product_id", product()),
                    ("quantity", .number(dice.one(of: [0, 1, 1.5, 3]))),
                    ("amount", .integer(Int64(dice.number(-100...10_000)))),
                ], db)
        }
    }

    private mutating func product() -> Value {
        dice.chance(25) ? .null : .integer(Int64(dice.number(1...Pool.skus.count)))
    }

    /// Facts add up purchases, and their sum must fit; that of the other orders need not.
    private mutating func amount(_ status: String) -> Int64 {
        if dice.chance(70) { return dice.number(0...100_000) }
        let isPurchase = purchaseStatuses.contains(status)
        if !isPurchase, dice.chance(3) { return dice.one(of: [.max, .min, .max - 1]) }
        return dice.one(of: [0, 0, -1, -500, 1, 5, 10_000, 12_345, 1 << 53, (1 << 53) + 1, 1 << 58])
    }
}
