internal import Basics
public import Catalog
internal import Diagnostics
public import Rules

/// The messages that a campaign's journey asks for, as customers would see them; policy is not asked, and nothing is
/// decided.
public struct CampaignPreview {
    /// One message to one customer.
    public struct Message {
        /// The customer's number.
        public let customer: Int64
        /// The template's name.
        public let template: String
        /// The channel.
        public let channel: Channel
        /// Where it would go; nil where the customer has no usable address on the channel.
        public let address: String?
        /// What it is.
        public let rendering: Rendering
        /// What makes the customer differ from others: `no name`, `longest name`.
        public var reasons: [String] = []
    }

    private let host: RuleHost
    private let data: any ContactData
    private let campaign: Campaign
    private let channels: [Channel]

    /// A preview of a campaign in a workspace that uses `channels`.
    public init(_ host: RuleHost, _ data: any ContactData, _ campaign: Campaign, channels: [Channel]) {
        self.host = host
        self.data = data
        self.campaign = campaign
        self.channels = channels
    }

    /// The messages to one customer, in or out of the audience, in the order of the journey.
    ///
    /// - Throws: ``PreviewError/noCustomer(_:)``; what a script or a template raises.
    public func messages(to customer: Int64) throws -> [Message] {
        let walk = try CustomerWalk(host)
        guard try walk.go(to: customer) else { throw PreviewError.noCustomer(customer) }
        return try messages(to: customer, in: walk)
    }

    /// Messages to so many customers of the audience who differ: each value that is missing for somebody, the longest and
    /// the shortest name, each language and channel; then whoever comes first.
    ///
    /// Looks at the first ``candidates`` customers of the audience.
    public func sample(_ count: Int) throws -> [Message] {
        let audience = try host.audience(campaign.audience)
        let walk = try CustomerWalk(host, for: [audience])
        var pool = SamplePool()
        var looked = 0
        while looked < Self.candidates, let customer = try walk.next() {
            guard try walk.isIn(audience) else { continue }
            looked += 1
            let contact = try Contact(customer, in: data)
            guard !contact.isErased else { continue }
            let messages = try messages(to: customer, in: walk)
            guard !messages.isEmpty else { continue }
            pool.add(messages, name: try name(of: customer), language: contact.language?.description)
        }
        return pool.chosen(count)
    }

    /// How many customers of the audience a sample is chosen from.
    public static var candidates: Int { 1000 }

    private func messages(to customer: Int64, in walk: CustomerWalk) throws -> [Message] {
        let contact = try Contact(customer, in: data)
        let content = try host.content(of: campaign, in: walk)
        var messages: [Message] = []
        var thrown: (any Error)?
        let failure = host.runJourney(of: campaign, in: walk) { request in
            do {
                let allowed = host.allowedChannels(request, campaign, contact, of: channels)
                let target = Policy.address(contact, on: allowed)
                guard let channel = target?.channel ?? allowed.first else { return true }
                messages.append(
                    Message(
                        customer: customer, template: request.template, channel: channel,
                        address: target?.address,
                        rendering: try host.render(
                            request.template, channel, for: contact.language, content, campaign: campaign,
                            in: walk)))
            } catch {
                thrown = error
            }
            return thrown == nil
        }
        if let error = thrown ?? failure { throw error }
        return messages
    }

    private func name(of customer: Int64) throws -> String? {
        guard let field = data.fields.first(where: { $0.name == "name" }),
            case .text(let name)? = try data.values([field], of: customer)?.first
        else { return nil }
        return name
    }
}

/// What is wrong with the customer that a preview asks for.
public enum PreviewError: Error {
    /// There is none with that number.
    case noCustomer(Int64)
}

/// The customers of a sample, each for a reason of its own.
private struct SamplePool {
    private struct Candidate {
        var messages: [CampaignPreview.Message]
        var features: Set<String>
        var nameLength: Int?
    }

    private var candidates: [Candidate] = []

    /// Adds the messages to one customer.
    mutating func add(_ messages: [CampaignPreview.Message], name: String?, language: String?) {
        var features: Set<String> = [language.map { "language \($0)" } ?? "no language"]
        if name == nil { features.insert("no name") }
        for message in messages {
            features.insert("\(message.template) by \(message.channel.rawValue)")
            switch message.rendering {
            case .written(let message):
                for missing in message.missing { features.insert("no \(missing.path)") }
            case .heldBack(let reason, _): features.insert(reason.phrase)
            }
        }
        candidates.append(Candidate(messages: messages, features: features, nameLength: name?.count))
    }

    /// Of so many customers, the messages, with the reasons for each.
    func chosen(_ count: Int) -> [CampaignPreview.Message] {
        var reasons: [Int: [String]] = [:]
        func choose(_ index: Int?, _ reason: String) {
            guard let index, reasons[index] != nil || reasons.count < count else { return }
            reasons[index, default: []].append(reason)
        }
        var seen: Set<String> = []
        // Whoever brings most that was not seen, first.
        while reasons.count < count {
            let news = candidates.map { $0.features.subtracting(seen).count }
            guard let most = news.max(), most > 0, let index = news.firstIndex(of: most) else { break }
            for feature in candidates[index].features.subtracting(seen).sorted() { choose(index, feature) }
            seen.formUnion(candidates[index].features)
        }
        let named = candidates.indices.filter { candidates[$0].nameLength != nil }
        choose(
            named.max { (candidates[$0].nameLength ?? 0) < (candidates[$1].nameLength ?? 0) }, "longest name")
        choose(
            named.min { (candidates[$0].nameLength ?? 0) < (candidates[$1].nameLength ?? 0) }, "shortest name"
        )
        for index in candidates.indices where reasons.count < count && reasons[index] == nil {
            reasons[index] = []
        }
        return reasons.keys.sorted().flatMap { index in
            candidates[index].messages.map { message in
                var message = message
                message.reasons = reasons[index] ?? []
                return message
            }
        }
    }
}
