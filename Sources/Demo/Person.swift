internal import Basics

/// Who a customer is; a pure function of the seed and the customer's number.
struct Person {
    let number: Int64
    let isChinese: Bool
    var gender: String?
    var firstName: SpelledName
    var lastName: SpelledName
    /// Nil where the customer gave no name.
    var name: String?
    var birthday: CivilDate?
    var place: Place?
    var language: String?
    var email: String?
    var phone: String?
    var wecomID: String?
    /// Whether the e-mail address is that of another customer, who answers for it.
    var borrowsEmail = false
    var company: (name: String, industry: String)?
    var source: String
    var owner: String?
    var preferredChannel: String?
    let registeredAt: Int64
    var erasedAt: Int64?
    /// When the customer loses interest; the end of the data for those who have not.
    var lapsesAt: Int64
    var temper: Temper

    /// The zone in ``World/zones`` by whose clock the customer lives.
    var zone: Int { place?.zoneIndex ?? 0 }

    /// How a customer takes mail.
    struct Temper {
        /// The share of messages that the customer opens.
        var openRate = 0.0
        /// The hour at which the customer reads what was left lying.
        var readingHour = 20
        var readsNews = false
        var hasDeadMailbox = false
        var complains = false
        var unsubscribes = false
    }

    /// The customer with a number, from 1.
    init(_ number: Int64, in world: World) {
        self.init(alone: number, in: world)
        // Odd numbers never share, so that what even ones share is certain to be the other's own.
        var chance = Chance(seed: world.options.seed, topic: "household", customer: number)
        if number.isMultiple(of: 2), erasedAt == nil, chance.happens(0.05) {
            share(with: Person(alone: number - 1, in: world), &chance)
        }
    }

    private init(alone number: Int64, in world: World) {
        var chance = Chance(seed: world.options.seed, topic: "person", customer: number)
        self.number = number
        isChinese = chance.happens(0.8)
        let isWoman = chance.happens(0.54)
        let names = world.names
        if isChinese {
            lastName = chance.pick(names.chineseSurnames)
            firstName = chance.pick(isWoman ? names.chineseWomen : names.chineseMen)
        } else {
            lastName = chance.pick(names.englishSurnames)
            firstName = chance.pick(isWoman ? names.englishWomen : names.englishMen)
        }
        gender = chance.happens(0.9) ? (chance.happens(0.005) ? "other" : isWoman ? "female" : "male") : nil
        let place = chance.pick(isChinese ? world.places.chinese : world.places.english)
        self.place = chance.happens(0.95) ? place : nil
        language = chance.happens(0.96) ? place.language : nil
        source = chance.pick(Self.sources)
        owner = chance.pick(names.colleagues)
        // Drawn from the last three years; a minute is left for what follows a registration.
        registeredAt = world.moment(
            world.season.registrations, world.season.leisureHours, zone: self.place?.zoneIndex ?? 0,
            from: world.until - Int64(World.days) * 86_400, before: world.until - 60, &chance)
        lapsesAt = world.until
        if chance.happens(0.42) {
            // Most who leave do so soon.
            let share = chance.unit() * chance.unit()
            lapsesAt = registeredAt + 60 + Int64(Double(world.until - registeredAt - 60) * share)
        }
        temper = Self.temper(&chance)
        if chance.happens(0.98) {
            name = isChinese ? lastName.text + firstName.text : "\(firstName.text) \(lastName.text)"
        }
        if chance.happens(0.6) { birthday = Self.birthday(today: world.today, &chance) }
        if chance.happens(0.25) { company = Self.company(isChinese, place, world, &chance) }
        setContact(&chance)
        if chance.happens(0.5) {
            let likes = chance.pick(Self.channels)
            let hasAddress = likes == "email" ? email != nil : likes == "sms" ? phone != nil : wecomID != nil
            preferredChannel = hasAddress ? likes : email != nil ? "email" : nil
        }
        if chance.happens(0.001) { erase(chance.instant(from: registeredAt, before: world.until)) }
    }

    private mutating func erase(_ instant: Int64) {
        erasedAt = instant
        lapsesAt = min(lapsesAt, instant)
        (name, gender, birthday, place, language) = (nil, nil, nil, nil, nil)
        (email, phone, wecomID, company, owner, preferredChannel) = (nil, nil, nil, nil, nil, nil)
    }

    private static let sources = Weighted([
        ("website", 30), ("miniprogram", 26), ("store", 18), ("app", 12), ("referral", 7), ("ad", 5),
        ("fair", 2),
    ])
    private static let channels = Weighted([("email", 44), ("sms", 26), ("wecom", 30)])

    private static func temper(_ chance: inout Chance) -> Temper {
        var temper = Temper()
        // A fifth never opens anything; the product of two draws makes keen readers rare.
        if !chance.happens(0.18) { temper.openRate = 0.04 + 0.9 * chance.unit() * chance.unit() }
        temper.readingHour = chance.pick([7, 8, 9, 12, 12, 18, 19, 20, 20, 21, 21, 22])
        temper.readsNews = chance.happens(0.6)
        temper.hasDeadMailbox = chance.happens(0.0075)
        temper.complains = chance.happens(0.0015)
        temper.unsubscribes = chance.happens(0.06)
        return temper
    }

    private static func birthday(today: Int, _ chance: inout Chance) -> CivilDate {
        let year = CivilDate(daysSinceEpoch: today).year
        // People under forty shop most: the nearer of two draws. At least 19 in the year that runs.
        let age = 19 + min(chance.below(55), chance.below(70))
        if chance.happens(0.004) {
            let leap = (0..<8).lazy.map { year - age - $0 }.first(where: CivilDate.isLeap)
            if let date = leap.flatMap({ CivilDate(year: $0, month: 2, day: 29) }) { return date }
        }
        let start = CivilDate(year: year - age, month: 1, day: 1)?.daysSinceEpoch ?? 0
        return CivilDate(daysSinceEpoch: start + chance.below(365))
    }

    private static func company(
        _ isChinese: Bool, _ place: Place, _ world: World, _ chance: inout Chance
    ) -> (name: String, industry: String) {
        let industry = chance.pick(world.names.industries)
        if isChinese {
            let word = chance.pick(world.names.chineseCompanies)
            return ("\(place.city)\(word)\(industry.ending)有限公司", industry.chinese)
        }
        return (
            "\(chance.pick(world.names.englishCompanies)) \(chance.pick(["Ltd", "Group", "& Co."]))",
            industry.english
        )
    }
}
