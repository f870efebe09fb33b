internal import Basics
internal import Catalog
internal import Rules

extension PersonSimulation {
    /// Whether the campaign's `limit` keeps the customer out, which is told once. Who has entered before may
    /// enter again.
    func isRefused(_ record: CustomerRecord, _ index: Int) throws -> Bool {
        let limit = Limit(campaign: index, kind: .customers)
        guard record.entries[index] == nil, let allowed = stage.limits.allowed[limit] else { return false }
        guard Policy.isUsedUp(closedFrom: stage.limits.closed[limit], at: place) else {
            charge(limit, 1)
            return false
        }
        if record.refused.insert(index).inserted {
            try tell("limit", record, stage.campaigns[index].name, subject: String(allowed))
        }
        return true
    }

    /// Why the campaign's `budget` has nothing left for a message on a channel, in so many parts.
    func overBudget(_ index: Int, _ channel: Channel, parts: Int?) -> Reason? {
        let limit = Limit(campaign: index, kind: .money)
        guard stage.limits.allowed[limit] != nil, cost(channel, parts) > 0 else { return nil }
        return Policy.isUsedUp(closedFrom: stage.limits.closed[limit], at: place) ? .budget : nil
    }

    /// Takes what a message costs from the campaign's budget.
    func pay(_ index: Int, _ channel: Channel, parts: Int?) {
        let limit = Limit(campaign: index, kind: .money)
        let cost = cost(channel, parts)
        if cost > 0, stage.limits.allowed[limit] != nil { charge(limit, cost) }
    }

    private func cost(_ channel: Channel, _ parts: Int?) -> Int64 {
        millionths(options.prices[channel] ?? 0) * Int64(parts ?? 1)
    }

    private func charge(_ limit: Limit, _ amount: Int64) {
        outcome.charges.append(Charge(limit: limit, place: place, amount: amount))
    }

    /// Where the run is now, with what happens to this person.
    private var place: RunPlace {
        var hash = StableHash("lot")
        hash.combine(Int64(bitPattern: options.seed))
        hash.combine(time)
        hash.combine(lowest)
        return RunPlace(time: time, lot: hash.value, person: lowest, number: outcome.charges.count)
    }
}

/// An amount of money as a whole number, so that sums do not depend on their order.
func millionths(_ amount: Double) -> Int64 { Int64((amount * 1e6).rounded()) }
