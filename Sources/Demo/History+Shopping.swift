internal import Basics

extension History {
    mutating func makeInterests(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "interests", customer: person.number)
        let count = chance.pick([0, 0, 1, 1, 1, 2, 2, 2, 3, 4])
        var categories: [Int] = []
        for _ in 0..<count {
            let category = chance.pick(world.shop.popularCategories)
            if !categories.contains(category) { categories.append(category) }
        }
        for category in categories.sorted() {
            let at = chance.instant(from: person.registeredAt, before: world.until)
            interests.append(Interest(category: category, weight: Double(chance.within(5...20)) / 20, at: at))
        }
    }

    /// A product: mostly of a category that the customer likes.
    private func product(_ world: World, _ chance: inout Chance) -> Int {
        let liked = !interests.isEmpty && chance.happens(0.65)
        let category = liked ? chance.pick(interests).category : chance.pick(world.shop.popularCategories)
        return chance.pick(world.shop.popular[category])
    }

    /// How many orders a customer places in two years: many none or one, a few dozens.
    private static let orderCounts = Weighted([
        (0...0, 205), (1...1, 230), (2...2, 135), (3...3, 95), (4...4, 72), (5...5, 58), (6...10, 125),
        (11...20, 58), (21...30, 17), (31...60, 5),
    ])
    private static let oldStatuses = Weighted([
        ("completed", 830), ("shipped", 15), ("paid", 45), ("cancelled", 62), ("refunded", 40),
        ("pending", 8),
    ])
    private static let newStatuses = Weighted([
        ("paid", 55), ("shipped", 15), ("pending", 24), ("cancelled", 6),
    ])
    private static let shops = Weighted([("miniprogram", 38), ("website", 27), ("app", 22), ("store", 13)])
    private static let coupons = Weighted<String?>([(nil, 88), ("VIP20", 3), ("SPRING", 5), ("FRIENDS", 4)])

    mutating func makeOrders(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "orders", customer: person.number)
        let start = max(person.registeredAt + 30, world.until - 2 * 365 * 86_400)
        let wanted = chance.within(chance.pick(Self.orderCounts))
        // Nobody orders more than every four days, and those who left before the two years not at all.
        guard start < person.lapsesAt else { return }
        let count = min(wanted, 1 + Int(person.lapsesAt - start) / (4 * 86_400))
        var times: [Int64] = []
        for number in 0..<count {
            // Half register because they are about to order.
            let soon = number == 0 && start == person.registeredAt + 30 && chance.happens(0.5)
            times.append(
                soon
                    ? min(start + Int64(chance.within(60...3_600)), person.lapsesAt - 1)
                    : world.leisure(zone: person.zone, from: start, before: person.lapsesAt, &chance))
        }
        for at in times.sorted() { orders.append(order(at, person, world, &chance)) }
    }

    private func order(_ at: Int64, _ person: Person, _ world: World, _ chance: inout Chance) -> Order {
        let isNew = at > world.until - 4 * 86_400
        let date = CivilDate(daysSinceEpoch: world.zones[person.zone].day(at: at))
        var coupon = chance.pick(Self.coupons)
        if date.month == 11, (1...12).contains(date.day), chance.happens(0.5) { coupon = "DOUBLE11" }
        if date.month == 6, (1...18).contains(date.day), chance.happens(0.35) { coupon = "MID618" }
        if orders.isEmpty, coupon == nil, chance.happens(0.12) { coupon = "WELCOME10" }
        var order = Order(
            placedAt: at, status: chance.pick(isNew ? Self.newStatuses : Self.oldStatuses),
            source: chance.pick(Self.shops), coupon: coupon)
        for _ in 0..<chance.pick([1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]) {
            let product = product(world, &chance)
            let quantity = chance.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 3])
            // Coupons are in the lines, so that the amount is exactly their sum.
            let percent: Int64 = coupon == nil ? 100 : coupon == "VIP20" ? 80 : 90
            let amount = world.shop.products[product].price * Int64(quantity) * percent / 100
            order.items.append((product, quantity, amount))
        }
        return order
    }

    /// How many visits a customer who still comes leaves behind in half a year.
    private static let eventCounts = Weighted([
        (0...0, 15), (1...3, 25), (4...10, 28), (11...25, 20), (26...60, 9), (61...150, 2),
    ])
    private static let eventTypes = Weighted([
        ("page_view", 64), ("cart", 12), ("login", 19), ("download", 5),
    ])

    mutating func makeEvents(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "events", customer: person.number)
        let start = max(person.registeredAt + 20, world.until - 180 * 86_400)
        if start < person.lapsesAt {
            // Half a year's count, cut to the time that the customer was there.
            let whole = chance.within(chance.pick(Self.eventCounts)) * (orders.count > 5 ? 3 : 2) / 2
            let count = whole * Int(person.lapsesAt - start) / (180 * 86_400)
            for _ in 0..<count {
                let at = world.leisure(zone: person.zone, from: start, before: person.lapsesAt, &chance)
                events.append(event(chance.pick(Self.eventTypes), at, product(world, &chance), world))
            }
        }
        for order in orders where order.source != "store" {
            let at = order.placedAt - Int64(chance.within(120...3_000))
            guard at >= start, let item = order.items.first, chance.happens(0.6) else { continue }
            events.append(event("page_view", at - 20, item.product, world))
            events.append(event("cart", at, item.product, world))
        }
        // Carts of the last three days that no order followed: what a reminder is for.
        let recent = max(world.until - 3 * 86_400, orders.last?.placedAt ?? 0, person.registeredAt) + 1
        if person.lapsesAt == world.until, recent < world.until, chance.happens(0.02) {
            let at = world.leisure(zone: person.zone, from: recent, before: world.until, &chance)
            events.append(event("cart", at, product(world, &chance), world))
        }
        events.sort { ($0.at, $0.type) < ($1.at, $1.type) }
    }

    private func event(_ type: String, _ at: Int64, _ product: Int, _ world: World) -> Event {
        switch type {
        case "page_view", "cart":
            Event(type: type, at: at, product: product, url: world.shop.products[product].url)
        case "download":
            Event(type: type, at: at, url: "https://shop.example.com/guides/\(product % 9 + 1).pdf")
        default: Event(type: type, at: at)
        }
    }
}
