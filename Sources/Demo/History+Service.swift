internal import Basics

extension History {
    private static let talks: Weighted<(type: String, chinese: String, english: String)> = Weighted([
        (("call", "电话回访", "Follow-up call"), 40), (("chat", "咨询尺码", "Question about sizes"), 25),
        (("email", "发票问题", "Question about an invoice"), 15),
        (("meeting", "团购洽谈", "Group order meeting"), 12),
        (("visit", "门店试穿", "Fitting in the store"), 8),
    ])
    private static let praise = ["很满意,物流很快!", "质量不错,会再来。", "Great quality, fast delivery.", "客服很耐心,点赞👍"]
    private static let blame = ["尺码偏小,退了。", "发货太慢了……", "The zip broke after a week.", "包装破损,希望改进。"]
    private static let jobs = ["电话回访", "寄送样品", "确认合同", "跟进报价", "Send the new catalogue"]
    private static let complaints = ["退换货申请", "尺码不合适", "物流延迟", "发票开具", "Missing item in parcel"]

    /// What colleagues did: talks, surveys, tasks, tickets.
    mutating func makeService(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "service", customer: person.number)
        let start = person.registeredAt
        let isChinese = person.isChinese
        if chance.happens(person.company == nil ? 0.08 : 0.3) {
            for _ in 0..<chance.pick([1, 1, 1, 2, 2, 3, 4]) {
                let talk = chance.pick(Self.talks)
                interactions.append(
                    Interaction(
                        type: talk.type, at: world.work(from: start, before: world.until, &chance),
                        subject: isChinese ? talk.chinese : talk.english,
                        notes: chance.happens(0.3)
                            ? (isChinese ? "客户希望下周再联系。" : "Asked for a call next week.") : nil))
            }
        }
        for order in orders where order.isPurchase && chance.happens(0.06) {
            let at = order.placedAt + Int64(chance.within(3...12)) * 86_400
            if at < world.until { feedback.append(answer(at, &chance)) }
        }
        if person.owner != nil, chance.happens(0.05) { tasks.append(job(Self.jobs, start, world, &chance)) }
        if !orders.isEmpty, chance.happens(0.05) {
            tickets.append(job(Self.complaints, orders[0].placedAt, world, &chance))
        }
        interactions.sort { ($0.at, $0.type) < ($1.at, $1.type) }
        feedback.sort { $0.at < $1.at }
    }

    private func answer(_ at: Int64, _ chance: inout Chance) -> Feedback {
        let isNPS = chance.happens(0.6)
        let score = chance.pick(
            isNPS ? [10, 10, 10, 9, 9, 9, 8, 8, 7, 6, 5, 3, 0] : [5, 5, 5, 5, 4, 4, 4, 3, 2, 1])
        let isHappy = score * (isNPS ? 1 : 2) >= 8
        let comment = chance.happens(0.35) ? chance.pick(isHappy ? Self.praise : Self.blame) : nil
        return Feedback(survey: isNPS ? "nps" : "csat", score: Double(score), comment: comment, at: at)
    }

    /// Work that a colleague takes on; what is older than a month is mostly done.
    private func job(_ titles: [String], _ start: Int64, _ world: World, _ chance: inout Chance) -> Job {
        let at = world.work(from: start, before: world.until, &chance)
        let isDone = chance.happens(at < world.until - 30 * 86_400 ? 0.92 : 0.35)
        let dueAt = chance.happens(0.8) ? at + Int64(chance.within(1...14)) * 86_400 : nil
        let status = isDone ? (chance.happens(0.07) ? "cancelled" : "done") : "open"
        return Job(title: chance.pick(titles), at: at, dueAt: dueAt, status: status)
    }

    /// What follows from the rest: level, points, tags, custom attributes.
    mutating func makeProfile(_ person: Person, _ world: World) {
        var chance = Chance(seed: world.options.seed, topic: "profile", customer: person.number)
        let purchases = orders.filter(\.isPurchase)
        let spent = purchases.reduce(0) { $0 + $1.amount }
        level = spent >= 1_500_000 ? "钻石" : spent >= 500_000 ? "金卡" : spent >= 100_000 ? "银卡" : "普通"
        makePoints(purchases, world, &chance)

        // In the order of the key: by bytes.
        let last = purchases.last?.placedAt ?? person.registeredAt
        let regular = purchases.count >= 3 && person.registeredAt < world.until - 365 * 86_400
        let wantsNews = person.temper.readsNews && mayUse("email", at: world.until)
        tag("VIP", if: level == "钻石" || (level == "金卡" && chance.happens(0.3)), at: last)
        tag("newsletter", if: wantsNews, at: person.registeredAt)
        tag("wholesale", if: person.company != nil && chance.happens(0.2), at: person.registeredAt)
        tag("价格敏感", if: orders.filter { $0.coupon != nil }.count >= 2, at: last)
        let festival = orders.last { $0.coupon == "DOUBLE11" }
        tag("双十一", if: festival != nil, at: festival?.placedAt ?? last)
        let group = chance.instant(from: person.registeredAt, before: world.until)
        tag("团购", if: chance.happens(0.03), at: group)
        tag("老客户", if: regular, at: last)

        let likesShoes = interests.contains { $0.category == 1 || $0.category == 2 }
        if chance.happens(likesShoes ? 0.6 : 0.25) {
            shoeSize = Int64(person.gender == "male" ? chance.within(39...46) : chance.within(35...40))
        }
        if wantsNews, chance.happens(0.6) { newsletterTopic = chance.pick(["徒步", "跑步", "露营", "亲子", "新品"]) }
        if person.company != nil, chance.happens(0.6) {
            contractEnd = CivilDate(daysSinceEpoch: world.today + chance.within(-365...365)).description
        }
    }

    private mutating func tag(_ name: String, if condition: Bool, at instant: Int64) {
        if condition { tags.append((name, instant)) }
    }

    /// A point for each yuan; who has 2,000 together spends half of them at some purchases.
    private mutating func makePoints(_ purchases: [Order], _ world: World, _ chance: inout Chance) {
        var balance: Int64 = 0
        for purchase in purchases {
            if balance >= 2_000, chance.happens(0.4) {
                points.append((-balance / 2, "redeemed", purchase.placedAt))
                balance -= balance / 2
            }
            let gain = purchase.amount / 100
            points.append((gain, "purchase", purchase.placedAt))
            balance += gain
        }
    }
}
