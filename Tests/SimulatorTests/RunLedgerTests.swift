import Basics
import Catalog
import Testing

@testable import Simulator

@Suite("What a run remembers")
struct RunLedgerTests {
    private func sample(_ customer: Int64) -> RunSample {
        RunSample(
            customer: customer, campaign: "a", channel: .sms, address: "1", subject: nil, body: "\(customer)")
    }

    @Test("the samples are the same in whatever order the messages come, and another seed chooses others")
    func samples() {
        func chosen(_ customers: [Int64], seed: UInt64) -> [Int64] {
            var ledger = RunLedger(sampleCount: 3, seed: seed)
            for customer in customers { ledger.offer(sample(customer), campaign: "a", customer: customer) }
            return ledger.samples.map(\.customer)
        }
        var random = SplitMix64(seed: 5)
        let first = chosen(Array(1...500), seed: 1)
        #expect(first.count == 3 && Set(first).count == 3)
        for _ in 0..<10 { #expect(chosen(Array(1...500).shuffled(using: &random), seed: 1) == first) }
        #expect(chosen(Array(1...500), seed: 2) != first)
        #expect(chosen([7], seed: 1) == [7])
    }

    @Test("each campaign has its own samples, by its name")
    func samplesByCampaign() {
        var ledger = RunLedger(sampleCount: 2, seed: 1)
        for customer: Int64 in 1...50 {
            for campaign in ["b", "a"] {
                ledger.offer(
                    RunSample(
                        customer: customer, campaign: campaign, channel: .sms, address: "1", subject: nil,
                        body: ""),
                    campaign: campaign, customer: customer)
            }
        }
        #expect(ledger.samples.map(\.campaign) == ["a", "a", "b", "b"])
        // Another campaign has other customers as its samples.
        #expect(Set(ledger.samples.map(\.customer)).count == 4)
    }

    @Test("a problem counts customers, not messages, and comes in the order of how many it concerns")
    func problems() {
        var ledger = RunLedger(sampleCount: 0, seed: 1)
        for customer: Int64 in [1, 1, 2] {
            ledger.note(campaign: "a", location: "l:2", message: "m", customer: customer)
        }
        for customer: Int64 in [2, 3, 4] {
            ledger.note(campaign: "a", location: "l:9", message: "m", customer: customer)
        }
        ledger.note(campaign: "b", location: "l:1", message: "m", customer: 4)
        ledger.note(campaign: "a", location: "l:1", message: "m", customer: 4)
        #expect(
            ledger.problems.map { "\($0.campaign) \($0.location) \($0.count) \($0.customer)" } == [
                "a l:9 3 2", "a l:2 2 1", "a l:1 1 4", "b l:1 1 4",
            ])
    }

    @Test("ledgers of two ranges become the one of both")
    func sums() {
        func ledger(_ customers: ClosedRange<Int64>) -> RunLedger {
            var ledger = RunLedger(sampleCount: 2, seed: 1)
            for customer in customers {
                ledger.note(campaign: "a", location: "l:\(customer % 3)", message: "m", customer: customer)
                ledger.offer(
                    RunSample(
                        customer: customer, campaign: "a", channel: .email, address: "x", subject: nil,
                        body: ""),
                    campaign: "a", customer: customer)
            }
            return ledger
        }
        var both = ledger(1...7)
        both.add(ledger(8...20))
        let whole = ledger(1...20)
        #expect(both.problems == whole.problems)
        #expect(both.samples == whole.samples)
    }
}
