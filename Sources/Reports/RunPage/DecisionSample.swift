internal import Basics
internal import Catalog
internal import Foundation
internal import Store

/// The decisions of a run for a page: all of few, else those of some customers, chosen by a hash, of
/// customers whom the page names, and of each kind the first ones, so that every kind is there.
struct DecisionSample {
    /// How many decisions the run has.
    private(set) var total = 0
    /// Those that were chosen, in their order.
    private(set) var decisions: [Decision] = []
    private let masking: Masking

    private static let perKind = 3

    /// What makes decisions alike.
    private struct Kind: Hashable {
        var campaign: String
        var step: String
        var channel: Channel?
        var reason: Reason?
    }

    private struct Chosen {
        var number: Int
        var rank: UInt64
        var decision: Decision
    }

    /// A sample of about `limit` decisions besides those of `named` customers.
    init(_ file: RunFile, limit: Int, named: Set<Int64>, masking: Masking) throws {
        self.masking = masking
        var count = 0
        var chosen: [Chosen] = []
        var kinds: [Kind: Int] = [:]
        var wanted: [Chosen] = []
        var highest = UInt64.max
        try file.forEachDecision { decision in
            defer { count += 1 }
            var hash = StableHash("decision")
            hash.combine(decision.customer)
            let candidate = Chosen(number: count, rank: hash.value, decision: decision)
            let kind = Kind(
                campaign: decision.campaign, step: decision.step, channel: decision.channel,
                reason: decision.reason)
            let isFirst = kinds[kind, default: 0] < Self.perKind
            if isFirst { kinds[kind, default: 0] += 1 }
            if isFirst || named.contains(decision.customer) { wanted.append(candidate) }
            guard candidate.rank <= highest else { return }
            chosen.append(candidate)
            // Cut now and then: whole customers, those of the lowest hashes.
            if chosen.count > 2 * limit { highest = Self.cut(&chosen, to: limit) }
        }
        if chosen.count > limit { _ = Self.cut(&chosen, to: limit) }
        if count > limit {
            let known = Set(chosen.map(\.number))
            chosen += wanted.filter { !known.contains($0.number) }
        }
        total = count
        decisions = chosen.sorted { $0.number < $1.number }.map(\.decision)
    }

    /// Leaves whole customers with at most so many decisions; gives the highest hash that is left.
    private static func cut(_ chosen: inout [Chosen], to limit: Int) -> UInt64 {
        chosen.sort { ($0.rank, $0.number) < ($1.rank, $1.number) }
        let first = chosen[limit].rank
        chosen.removeLast(chosen.count - limit)
        while chosen.last?.rank == first { chosen.removeLast() }
        return first == 0 ? 0 : first - 1
    }

    /// The columns of a row, of which the first is the customer's number and each other the place of its
    /// text, or null.
    private static let columns = [
        "customer", "time", "campaign", "step", "channel", "address", "outcome", "reason", "detail", "script",
        "variant",
    ]

    private struct Table: Encodable {
        var columns: [String]
        var phrases: [String: String]
        var total: Int
        var texts: [String]
        var rows: [[Int64?]]
    }

    /// The decisions as JSON that may stand in a script: nothing in it begins a tag.
    func json() throws -> String {
        var table = Table(columns: Self.columns, phrases: [:], total: total, texts: [], rows: [])
        var places: [String: Int64] = [:]
        for reason in Reason.allCases { table.phrases[reason.rawValue] = reason.phrase }
        for decision in decisions {
            func masked(_ text: String?) -> String? {
                text.map { masking.show(text: $0, to: decision.address, on: decision.channel) }
            }
            let cells = [
                String(decision.localTime.prefix(16)), decision.campaign, decision.step,
                decision.channel?.rawValue,
                decision.address.map { masking.show($0, on: decision.channel) }, decision.outcome.rawValue,
                decision.reason?.rawValue, masked(decision.detail ?? decision.subject), decision.script,
                decision.variant,
            ]
            table.rows.append(
                [decision.customer]
                    + cells.map { cell in
                        cell.map { text in
                            if let place = places[text] { return place }
                            let place = Int64(table.texts.count)
                            table.texts.append(text)
                            places[text] = place
                            return place
                        }
                    })
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(table), as: UTF8.self)
            .replacing("<", with: "\\u003C").replacing(">", with: "\\u003E").replacing("&", with: "\\u0026")
            .replacing("\u{2028}", with: "\\u2028").replacing("\u{2029}", with: "\\u2029")
    }
}
