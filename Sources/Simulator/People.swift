internal import Catalog
public import Rules

/// Which customers are one person, because they share a usable address, directly or through others.
///
/// Found once for a run; it grows with the number of shared addresses, not with the customers.
public struct People: Sendable {
    /// Those who share an address.
    private let sharing: Set<Int64>
    /// The customers of a person, by the lowest of them, where there are several.
    private var members: [Int64: [Int64]] = [:]
    /// The lowest customers of these people, in order.
    private let sorted: [Int64]

    /// The people of a store; the plugins of the host say which addresses are the same.
    ///
    /// Cost: one pass over the addresses of each channel; where a plugin decides on them, a call of it for each, and memory for
    /// them all.
    public init(_ data: any ContactData, _ host: RuleHost? = nil) throws {
        var groups: [[Int64]] = []
        for channel in Channel.allCases {
            if let rules = host?.channelRules(channel), rules.checksAddresses {
                groups += try Self.sharing(channel, rules, data)
                continue
            }
            for (address, customers) in try data.sharedAddresses(on: channel)
            where try Contact.verdict(on: address, channel, by: nil) != .refused(nil) {
                groups.append(customers)
            }
        }
        self.init(sharing: groups)
    }

    /// The customers who share an address on a channel as a plugin writes it.
    private static func sharing(
        _ channel: Channel, _ rules: ChannelRules, _ data: any ContactData
    ) throws -> [[Int64]] {
        let fields = customerColumns.filter { $0.name == channel.addressField }
        var first: [String: Int64] = [:]
        var others: [String: [Int64]] = [:]
        try data.forEachCustomer(in: .min ... .max, fields) { customer, values in
            guard case .text(let address)? = values.first else { return }
            let verdict: ChannelRules.Verdict
            do {
                verdict = try Contact.verdict(on: address, channel, by: rules)
            } catch  where !RuleHost.isInterrupted {
                // It is told by each message to the address, which is nobody else's until then.
                return
            }
            guard case .usable(let sent) = verdict else { return }
            if first[sent] == nil {
                first[sent] = customer
            } else {
                others[sent, default: []].append(customer)
            }
        }
        return others.map { address, others in (first[address].map { [$0] } ?? []) + others }
    }

    /// The customer alone, or all who share addresses with them, directly or through others: what a simulation of this one
    /// needs. Cost: a look-up for each of their addresses; where a plugin decides on addresses, that of all people.
    public init(around customer: Int64, _ data: any ContactData, _ host: RuleHost? = nil) throws {
        if let host, Channel.allCases.contains(where: { host.channelRules($0)?.checksAddresses == true }) {
            try self.init(data, host)
            return
        }
        var groups: [[Int64]] = []
        var seen: Set = [customer]
        var waiting = [customer]
        while let next = waiting.popLast() {
            let contact = try Contact(next, in: data, at: .min)
            for channel in Channel.allCases {
                guard let address = try contact.usableAddress(on: channel) else { continue }
                let sharing = try data.customers(with: address, on: channel)
                guard sharing.count > 1 else { continue }
                groups.append(sharing)
                for other in sharing where seen.insert(other).inserted { waiting.append(other) }
            }
        }
        self.init(sharing: groups)
    }

    /// From the customers that share an address, address by address; each list has at least two.
    public init(sharing groups: some Sequence<[Int64]>) {
        var parents: [Int64: Int64] = [:]
        func root(_ id: Int64) -> Int64 {
            var root = id
            while let parent = parents[root], parent != root { root = parent }
            // Later look-ups are short.
            var step = id
            while let parent = parents[step], parent != root {
                parents[step] = root
                step = parent
            }
            return root
        }
        for group in groups {
            for id in group {
                if parents[id] == nil { parents[id] = id }
                let (a, b) = (root(group[0]), root(id))
                // The lowest is the root.
                if a != b { parents[max(a, b)] = min(a, b) }
            }
        }
        for id in parents.keys.sorted() { members[root(id), default: []].append(id) }
        sharing = Set(parents.keys)
        sorted = members.keys.sorted()
    }

    /// The customers of the person with that lowest customer, in order.
    func customers(of person: Int64) -> [Int64] { members[person] ?? [person] }

    /// The lowest customer of the person who a customer is. Cost: linear in shared addresses where they have one.
    public func lowest(of customer: Int64) -> Int64 {
        guard !isAlone(customer) else { return customer }
        return members.first { $0.value.contains(customer) }?.key ?? customer
    }

    /// Whether nobody shares an address with the customer.
    func isAlone(_ customer: Int64) -> Bool { !sharing.contains(customer) }

    /// The people with several customers whose lowest one is in a range.
    func people(in ids: ClosedRange<Int64>) -> [Int64] {
        var start = 0
        var end = sorted.count
        while start < end {
            let middle = (start + end) / 2
            if sorted[middle] < ids.lowerBound { start = middle + 1 } else { end = middle }
        }
        return Array(sorted[start...].prefix { $0 <= ids.upperBound })
    }
}
