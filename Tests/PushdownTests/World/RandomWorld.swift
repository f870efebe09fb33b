import Basics
import Catalog
import Foundation
import GRDB
import Rules
import Store
import TestSupport

/// A store with a few dozen customers in which any value may be missing, extreme or odd.
///
/// It holds what imports can bring in, and nothing else: no NUL in a text, no number that is none.
struct RandomWorld {
    let seed: UInt64
    let store: Store
    let clock: RuleClock
    /// Whether rows later than the clock exist.
    let isHistorical: Bool
    private let folder: TemporaryFolder

    /// Instants at which rules are asked: an ordinary one, the days of both changes of clocks, a leap day,
    /// the last second of a year.
    private static let clocks: [(zone: String, now: Int64)] = [
        ("Asia/Shanghai", 1_796_086_800), ("Asia/Shanghai", 1_796_054_400), ("Europe/Berlin", 1_774_747_800),
        ("America/New_York", 1_793_511_000), ("Asia/Shanghai", 1_835_400_000),
        ("Europe/Berlin", 1_798_757_999),
    ]

    init(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        self.seed = seed
        folder = try TemporaryFolder()
        isHistorical = dice.chance(50)
        let (zone, now) = dice.one(of: Self.clocks)
        clock = RuleClock(now: now, zone: TimeZone(identifier: zone) ?? .gmt)
        store = try Store(
            creating: folder.path("crm.sqlite"),
            currency: dice.chance(70) ? "CNY" : dice.one(of: ["JPY", "KWD"]))
        var filler = WorldFiller(
            dice: dice, clock: clock, hasFuture: isHistorical, currency: store.currency)
        try store.write { try filler.fill($0) }
    }

    /// A world with rows of one's own, at nine in the morning of Tuesday 1 December 2026 in Shanghai.
    init(rows sql: String, currency: String = "CNY") throws {
        seed = 0
        folder = try TemporaryFolder()
        clock = RuleClock(now: Self.clocks[0].now, zone: TimeZone(identifier: Self.clocks[0].zone) ?? .gmt)
        store = try Store(creating: folder.path("crm.sqlite"), currency: currency)
        try store.write { try $0.execute(sql: sql) }
        isHistorical = try store.isHistorical(at: clock.now)
    }
}

/// Fills a new store, table by table.
struct WorldFiller {
    var dice: Dice
    let clock: RuleClock
    let hasFuture: Bool
    let currency: String
    var customers: [Int64] = []

    mutating func fill(_ db: Database) throws {
        for (index, attribute) in Pool.attributes.enumerated() {
            try insert(
                "attribute_definitions",
                [
                    ("id", .integer(Int64(index + 1))), ("name", .text(attribute.name)),
                    ("type", .text(attribute.type)),
                    ("doc", .text("")),
                ], db)
        }
        try addProducts(db)
        // Gaps between ids, so that positions and ids differ; ids of all signs.
        var id: Int64 = dice.chance(20) ? -5 : 0
        for _ in 0..<dice.number(20...60) {
            id += Int64(dice.number(1...3))
            customers.append(id)
            try addCustomer(id, db)
        }
        for customer in customers {
            try addContact(customer, db)
            try addSales(customer, db)
        }
    }

    func insert(_ table: String, _ row: [(String, Value)], _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO \(table) (\(row.map(\.0).joined(separator: ", ")))
                VALUES (\(row.map { _ in "?" }.joined(separator: ", ")))
                """)
        try statement.execute(
            arguments: StatementArguments(
                row.map { _, value -> (any DatabaseValueConvertible)? in
                    switch value {
                    case .null: nil
                    case .integer(let number): number
                    case .number(let number): number
                    case .text(let text): text
                    }
                }))
    }

    /// An instant before, at or, where there is a future, after the clock.
    mutating func instant() -> Int64 {
        var time: Int64
        switch dice.below(12) {
        case 0: time = clock.now
        case 1: time = clock.now - 1
        case 2: time = clock.now - Int64(dice.one(of: [1, 7, 30, 90, 180])) * 86_400
        case 3: time = clock.now - Int64(dice.one(of: [1, 30, 90])) * 86_400 - 1
        case 4: time = midnight
        case 5: time = midnight - 1
        case 6: time = dice.one(of: [0, 1, -1, -2_208_988_800])
        default: time = clock.now - Int64(dice.number(0...400 * 86_400))
        }
        if hasFuture, dice.chance(25) {
            time = clock.now + dice.one(of: [1, 60, 86_400, Int64(dice.number(1...300 * 86_400))])
        }
        return time
    }

    /// The same, but missing now and then.
    mutating func maybeInstant() -> Value { dice.chance(25) ? .null : .integer(instant()) }

    mutating func text(_ usual: [String], missing: Int = 25, odd: Int = 15) -> Value {
        if dice.chance(missing) { return .null }
        if dice.chance(odd) { return .text(dice.chance(3) ? Pool.longText : dice.one(of: Pool.oddTexts)) }
        return .text(dice.one(of: usual))
    }

    private var midnight: Int64 {
        var local = clock.local
        return local.instant(clock.today)
    }
}
