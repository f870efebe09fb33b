import Catalog
import Testing

@testable import Simulator

@Suite("How people respond")
struct ResponseModelTests {
    private func message(_ customer: Int64, seed: UInt64 = 1) -> ResponseModel.Message {
        ResponseModel.Message(
            seed: seed, customer: customer, campaign: "a", step: "hello", channel: .email, time: 1_796_086_800
        )
    }

    private func responses(_ model: ResponseModel, _ customer: Int64, seed: UInt64 = 1)
        -> [ResponseModel.Response]
    {
        model.responses(to: message(customer, seed: seed), at: model.rates(on: .email) ?? ResponseRates())
    }

    /// How many of 4,000 messages are opened, clicked, followed by a purchase and so on.
    private func counts(_ model: ResponseModel) -> [String: Int] {
        var counts: [String: Int] = [:]
        for customer in 1...Int64(4000) {
            for response in responses(model, customer) { counts[response.event, default: 0] += 1 }
        }
        return counts
    }

    @Test(
        "a model is written as a word or as shares",
        arguments: [
            ("none", "none"), ("all", "all"),
            ("open=0.25,click=0.04,buy=0.01", "open=0.25,click=0.04,buy=0.01"),
            ("open=1", "open=1.0,click=0.0,buy=0.0"), ("open=2", nil), ("open", nil),
            ("open=0.1,open=0.2", nil),
            (
                "bounce=0.01,open=0.2,complaint=0,unsubscribe=0.002",
                "open=0.2,click=0.0,buy=0.0,unsubscribe=0.002,bounce=0.01"
            ),
            ("sell=1", nil), ("", nil), ("history", nil), ("open=nan", nil),
        ])
    func text(_ text: String, _ expected: String?) {
        #expect(ResponseModel(text)?.description == expected)
    }

    @Test("nobody, or everybody at the same distance")
    func extremes() {
        #expect(counts(.none) == [:])
        #expect(
            responses(.all, 1) == [
                .init(event: "open", delay: 7200), .init(event: "click", delay: 7320),
                .init(event: "order", delay: 93_720),
            ])
    }

    @Test("shares of messages are met within the chance of drawing, and who clicks has opened")
    func shares() {
        let found = counts(.rates(.init(open: 0.25, click: 0.04, buy: 0.01)))
        #expect(abs(found["open", default: 0] - 1000) < 110)
        #expect(abs(found["click", default: 0] - 160) < 50)
        #expect(abs(found["order", default: 0] - 40) < 25)
        // A click without an open is an open too.
        #expect(counts(.rates(.init(open: 0, click: 1, buy: 0))) == ["open": 4000, "click": 4000])
    }

    @Test("a higher share keeps all who respond at a lower one, and another seed draws others")
    func monotony() {
        func who(_ open: Double, seed: UInt64) -> Set<Int64> {
            let model = ResponseModel.rates(.init(open: open, click: 0, buy: 0))
            return Set((1...500).filter { !responses(model, $0, seed: seed).isEmpty })
        }
        #expect(who(0.1, seed: 1).isSubset(of: who(0.3, seed: 1)))
        #expect(who(0.3, seed: 1) != who(0.3, seed: 2))
    }

    @Test("a message bounces, is complained of or makes people unsubscribe as often as the shares say")
    func refusals() {
        let rates = ResponseRates(open: 0.25, unsubscribe: 0.1, complaint: 0.05, bounce: 0.2)
        let found = counts(.rates(rates))
        for (event, share) in [("open", 0.25), ("unsubscribe", 0.1), ("complaint", 0.05), ("bounce", 0.2)] {
            #expect(abs(Double(found[event, default: 0]) - share * 4000) < 110, "\(event)")
        }
        // One number for all: each person is in one of the shares, and a higher one keeps those of a lower.
        for customer in 1...Int64(500) {
            let own = responses(.rates(rates), customer).map(\.event)
            #expect(own.count <= 1)
            guard own == ["bounce"] else { continue }
            #expect(responses(.rates(.init(open: 1, bounce: 0.3)), customer).map(\.event) == ["bounce"])
        }
    }

    @Test("where shares are more than all together, people open before they complain, and a bounce is all")
    func overlap() {
        let both = ResponseRates(open: 1, click: 0.5, unsubscribe: 0.6, complaint: 0.2, bounce: 0.2)
        var seen: Set<[String]> = []
        for customer in 1...Int64(500) {
            let own = responses(.rates(both), customer)
            #expect(own.map(\.delay) == own.map(\.delay).sorted())
            seen.insert(own.map(\.event))
        }
        #expect(
            seen.isSubset(of: [
                ["bounce"], ["open", "complaint"], ["open", "unsubscribe"], ["open", "click"],
                ["open", "click", "unsubscribe"], ["open", "unsubscribe", "click"],
            ]))
        #expect(seen.contains(["open", "unsubscribe"]) && seen.contains(["bounce"]))
    }

    @Test("the median time to the opening is that of the rates")
    func after() {
        let delays = (1...Int64(500)).flatMap {
            responses(.rates(.init(open: 1, after: 600)), $0).map(\.delay)
        }
        #expect(delays.allSatisfy { (150...2400).contains($0) })
        #expect((500...700).contains(delays.sorted()[250]))
    }

    @Test("from history, a customer's own counts stand beside twenty messages of everybody's")
    func history() throws {
        var history = ResponseHistory()
        history.channels[.email] = .init(
            messages: 1000, opens: 200, clicks: 50, orders: 10, unsubscribes: 5, complaints: 2, bounces: 10)
        let model = ResponseModel.history(history)
        let stranger = try #require(model.rates(on: .email))
        #expect(stranger.open == 0.2 && stranger.click == 0.05 && abs(stranger.buy - 0.01) < 1e-12)
        #expect(stranger.unsubscribe == 0.005 && stranger.complaint == 0.002 && stranger.bounce == 0.01)
        // (30 + 20 × 0.2) / (80 + 20), then (15 + 20 × 0.25) / (30 + 20) of them.
        let own = try #require(
            model.rates(on: .email, own: .init(messages: 80, opens: 30, clicks: 15, orders: 0)))
        #expect(abs(own.open - 0.34) < 1e-12 && abs(own.click - 0.34 * 0.4) < 1e-12)
        // Of a channel without messages nothing is known.
        #expect(model.rates(on: .sms) == ResponseRates())
        #expect(counts(.history(ResponseHistory())) == [:])
    }

    @Test("from history, delays are those of the past")
    func delays() {
        var history = ResponseHistory()
        history.channels[.email] = .init(messages: 10, opens: 10, clicks: 10, orders: 10)
        history.openDelays = [10, 20]
        history.clickDelays = [1]
        history.orderDelays = [1000]
        let model = ResponseModel.history(history)
        var opens: Set<Int64> = []
        for customer in 1...Int64(50) {
            let delays = responses(model, customer).map(\.delay)
            opens.insert(delays[0])
            #expect(delays == [delays[0], delays[0] + 1, delays[0] + 1001])
        }
        #expect(opens == [10, 20])
    }
}
