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

    /// Why the campaign's `budget` has nothing left for a message that costs so much.
    func overBudget(_ index: Int, _ cost: Int64) -> Reason? {
        let limit = Limit(campaign: index, kind: .money)
        guard stage.limits.allowed[limit] != nil, cost > 0 else { return nil }
        return Policy.isUsedUp(closedFrom: stage.limits.closed[limit], at: place) ? .budget : nil
    }

    /// Takes what a message costs from the campaign's budget, and counts it where no price says it.
    func pay(_ index: Int, _ channel: Channel, _ cost: Int64) {
        if stage.host.channelRules(channel)?.countsCost == true {
            outcome.costs[stage.campaigns[index].name, default: [:]][channel, default: 0] += cost
        }
        let limit = Limit(campaign: index, kind: .money)
        if cost > 0, stage.limits.allowed[limit] != nil { charge(limit, cost) }
    }

    /// What a message costs, in millionths of the currency: as the channel's plugin counts, else by its price.
    func cost(of message: RenderedMessage, to record: CustomerRecord, by way: Way) throws -> Int64 {
        let parts = message.parts ?? 1
        if let rules = stage.host.channelRules(way.channel), rules.countsCost {
            let cost = try call(record) {
                try $0.host.channelRules(way.channel)?.cost(ofParts: parts, to: way.address)
            }
            return millionths(cost ?? 0)
        }
        return millionths(options.prices[way.channel] ?? 0) * Int64(parts)
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
