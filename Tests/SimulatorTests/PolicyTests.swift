import Basics
import Catalog
import Testing

@testable import Simulator

@Suite("The gates of the policy")
struct PolicyTests {
    @Test(
        "erased comes before the goal, the goal before the exit rule",
        arguments: [
            (false, false, false, nil), (true, true, true, .erased), (true, false, false, .erased),
            (false, true, true, .goalMet), (false, true, false, .goalMet), (false, false, true, .exitRule),
        ] as [(Bool, Bool, Bool, Reason?)])
    func exit(_ erased: Bool, _ goal: Bool, _ rule: Bool, _ expected: Reason?) {
        #expect(Policy.exit(erased: erased, goalMet: goal, exitRuleHolds: rule) == expected)
    }

    @Test("every reason for suppression and every state of consent has its own code")
    func codes() {
        let suppressions: [(SuppressionReason?, Reason?)] = [
            (nil, nil), (.hardBounce, .hardBounce), (.complaint, .complaint), (.unsubscribe, .unsubscribed),
            (.manual, .suppressed),
        ]
        for (given, expected) in suppressions { #expect(Policy.suppression(given) == expected) }
        let consents: [(ConsentState, Reason?)] = [
            (.granted, nil), (.none, .noConsent), (.withdrawn, .consentWithdrawn),
            (.unsubscribed, .unsubscribed),
        ]
        for (given, expected) in consents { #expect(Policy.consent(given) == expected) }
    }

    @Test(
        "an e-mail address is usable with one @, text before it and a domain with a point",
        arguments: [
            ("a@example.com", "a@example.com"), ("Wang.Wei+x@Example.COM", "wang.wei+x@example.com"),
            ("王@例子.中国", "王@例子.中国"), ("ÄÖ@x.de", "ÄÖ@x.de"), ("a@b.c.d", "a@b.c.d"),
            ("", nil), ("a", nil), ("@", nil), ("a@", nil), ("@x.com", nil), ("a@x", nil), ("a@x.", nil),
            ("a@.com", nil),
            ("a@@x.com", nil), ("a@b@x.com", nil), ("a b@x.com", nil), (" a@x.com", nil), ("a@x.com\n", nil),
            ("a@x..com", nil),
        ] as [(String, String?)])
    func emails(_ address: String, _ expected: String?) throws {
        #expect(try contact([.email: address]).usableAddress(on: .email) == expected)
    }

    @Test(
        "a phone number has seven digits or more, a WeCom id is not blank",
        arguments: [
            (.sms, "13800001111", true), (.sms, "+86 138 0000 1111", true), (.sms, "1234567", true),
            (.sms, "123456", false),
            (.sms, "", false), (.sms, "n/a", false), (.sms, "１２３４５６７", false), (.wecom, "wm_1", true),
            (.wecom, "", false),
            (.wecom, " ", false),
        ] as [(Channel, String, Bool)])
    func others(_ channel: Channel, _ address: String, _ usable: Bool) throws {
        #expect(try contact([channel: address]).usableAddress(on: channel) == (usable ? address : nil))
        #expect(try contact([:]).usableAddress(on: channel) == nil)
    }

    @Test(
        "the channels with a usable address are taken in their order",
        arguments: [
            ([.email, .sms], [.email: "a@x.com", .sms: "13800001111"], [.email, .sms]),
            ([.sms, .email], [.email: "a@x.com", .sms: "13800001111"], [.sms, .email]),
            ([.email, .sms], [.email: "a", .sms: "13800001111"], [.sms]),
            ([.email], [.sms: "13800001111"], []),
            ([], [.email: "a@x.com"], []), ([.wecom, .sms, .email], [.email: "a@x.com"], [.email]),
        ] as [([Channel], [Channel: String], [Channel])])
    func addresses(_ channels: [Channel], _ addresses: [Channel: String], _ expected: [Channel]) throws {
        #expect(try Policy.addresses(contact(addresses), on: channels).usable.map(\.channel) == expected)
    }

    @Test(
        "of several channels the preferred one comes first, then the one with the largest share of answers",
        arguments: [
            (nil, [:], [.email, .sms, .wecom]), (.wecom, [:], [.wecom, .email, .sms]),
            (nil, [.sms: (5, 1)], [.sms, .email, .wecom]),
            // Fewer than five messages tell nothing, nor do those that nobody answers.
            (nil, [.sms: (4, 4)], [.email, .sms, .wecom]), (nil, [.sms: (100, 0)], [.email, .sms, .wecom]),
            (nil, [.email: (10, 2), .sms: (10, 3), .wecom: (4, 4)], [.sms, .email, .wecom]),
            // Of equals the first.
            (nil, [.sms: (10, 2), .wecom: (5, 1)], [.sms, .email, .wecom]),
            (.email, [.email: (10, 0), .wecom: (10, 1)], [.email, .wecom, .sms]),
        ] as [(Channel?, [Channel: (Int, Int)], [Channel])])
    func order(_ preferred: Channel?, _ answers: [Channel: (Int, Int)], _ expected: [Channel]) {
        let answers = answers.mapValues { ChannelAnswers(messages: $0.0, answered: $0.1) }
        #expect(
            Policy.order([.email, .sms, .wecom], preferred: preferred, answers: answers) == expected)
    }

    @Test("answers are not looked up where there is nothing to choose")
    func unasked() throws {
        struct Asked: Error {}
        func answers() throws -> [Channel: ChannelAnswers] { throw Asked() }
        #expect(try Policy.order([], preferred: nil, answers: answers()) == [])
        #expect(try Policy.order([.sms], preferred: .email, answers: answers()) == [.sms])
        #expect(try Policy.order([.sms, .email], preferred: .email, answers: answers()) == [.email, .sms])
    }

    @Test(
        "a step is a duplicate in the same journey, and in one that began less than the time of reentry before",
        arguments: [
            // Other campaigns, steps and addresses do not count.
            ("b", "hello", "a@x.com", 1000, false, nil, nil), ("a", "more", "a@x.com", 1000, true, nil, nil),
            ("a", "hello", "b@x.com", 1000, true, nil, nil),
            // Without reentry, whatever was sent at all.
            ("a", "hello", "a@x.com", 0, false, nil, .duplicate),
            ("a", "hello", "a@x.com", 1000, true, nil, .duplicate),
            ("a", "hello", "a@x.com", 1000, true, 0, .duplicate),
            // Of two records with one address, the other may have entered at the same instant or later.
            ("a", "hello", "a@x.com", 1000, false, 0, nil),
            ("a", "hello", "a@x.com", 1001, false, 0, .duplicate),
            ("a", "hello", "a@x.com", 901, false, 100, .duplicate),
            ("a", "hello", "a@x.com", 900, false, 100, nil),
        ] as [(String, String, String, Int64, Bool, Int64?, Reason?)])
    func duplicate(
        _ campaign: String, _ step: String, _ address: String, _ entered: Int64, _ isOfThisJourney: Bool,
        _ reentry: Int64?, _ expected: Reason?
    ) {
        let own = Policy.SentStep(campaign: "a", step: "hello", address: "a@x.com", entered: 1000)
        let earlier = Policy.SentStep(campaign: campaign, step: step, address: address, entered: entered)
        let found = Policy.duplicate(
            own, before: [(earlier, isOfThisJourney)],
            since: Policy.repeats(since: own.entered, reentry: reentry))
        #expect(found == expected)
    }

    private func contact(_ addresses: [Channel: String]) -> Contact {
        Contact(id: 1, addresses: addresses, preferred: nil, isErased: false, timeZone: nil)
    }

    // MARK: Holdout

    private func heldOut(
        _ share: Double, _ ids: Range<Int64> = 0..<100_000, campaign: String = "a", seed: UInt64 = 1
    ) -> Set<Int64> {
        Set(ids.filter { Policy.isHeldOut(share: share, campaign: campaign, seed: seed, person: $0) })
    }

    @Test(
        "the holdout keeps its share of people, within five standard deviations",
        arguments: [0.01, 0.1, 0.5, 0.9])
    func share(_ share: Double) {
        let deviation = (100_000 * share * (1 - share)).squareRoot()
        #expect(abs(Double(heldOut(share, seed: .max).count) - 100_000 * share) < 5 * deviation)
    }

    @Test("a share of 0 keeps nobody, of 1 everybody")
    func extremes() {
        #expect(heldOut(0, 0..<10_000).isEmpty)
        #expect(heldOut(-1, 0..<10_000).isEmpty)
        #expect(heldOut(1, 0..<10_000).count == 10_000)
    }

    @Test("a larger share keeps those of a smaller one")
    func monotone() {
        var smaller: Set<Int64> = []
        for share in [0.001, 0.01, 0.05, 0.1, 0.3, 0.9] {
            let larger = heldOut(share, 0..<20_000)
            #expect(smaller.isSubset(of: larger))
            smaller = larger
        }
    }

    @Test("two campaigns, and two seeds, keep people independently of each other")
    func independence() {
        // 100,000 × 0.2 × 0.2 expected in both; five standard deviations are about 310.
        let a = heldOut(0.2)
        for other in [heldOut(0.2, campaign: "b"), heldOut(0.2, campaign: "a2"), heldOut(0.2, seed: 2)] {
            #expect(abs(a.intersection(other).count - 4_000) < 310)
        }
    }
}
