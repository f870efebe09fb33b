import Catalog
import GRDB

extension WorldFiller {
    mutating func addCustomer(_ id: Int64, _ db: Database) throws {
        var row: [(String, Value)] = [("id", .integer(id))]
        // A customer of whom nothing is known.
        if !dice.chance(5) {
            for column in [
                "first_name", "last_name", "company", "industry", "country", "region", "city", "level",
            ] {
                row.append((column, text(Pool.plainTexts)))
            }
            row += [
                ("name", text(Pool.plainTexts, missing: 50)), ("external_id", .text("x\(id)")),
                ("email", text(Pool.emails)), ("phone", text(Pool.phones)),
                ("wecom_id", text(["w1", "W1", "w2"])),
                ("gender", text(["female", "male", "other"], odd: 5)),
                ("language", text(["zh", "en-GB", "en"])),
                ("time_zone", text(["Asia/Shanghai", "Europe/Berlin"])),
                ("preferred_channel", text(Pool.channels, odd: 0)),
                ("birthday", text(Pool.birthdays, odd: 0)),
                ("source", text(["store", "website", "店"])), ("owner", text(["张经理", "Ann", "ann"])),
                ("registered_at", maybeInstant()), ("erased_at", dice.chance(85) ? .null : maybeInstant()),
            ]
        }
        try insert("customers", row, db)
        for (index, attribute) in Pool.attributes.enumerated() where !dice.chance(30) {
            let value = attributeValue(attribute.type)
            try insert(
                "attribute_values",
                [
                    ("customer_id", .integer(id)), ("attribute_id", .integer(Int64(index + 1))),
                    ("value", value),
                ], db)
        }
    }

    private mutating func attributeValue(_ type: String) -> Value {
        switch type {
        case "integer": .integer(dice.chance(60) ? Int64(dice.number(-5...20)) : dice.one(of: Pool.integers))
        case "number": .number(dice.chance(50) ? dice.double(-10...110) : dice.one(of: Pool.numbers))
        case "boolean": .integer(Int64(dice.below(2)))
        case "instant": .integer(dice.chance(90) ? instant() : dice.one(of: [.min, .max, 0]))
        case "date": .text(dice.one(of: Pool.dates))
        default: .text(dice.one(of: Pool.texts))
        }
    }
}
