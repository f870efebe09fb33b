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
        /// The way in which the campaign is told; nil where it has one alone.
        public let variant: String?
        /// The channel.
        public let channel: Channel
        /// Where it would go; nil where the customer has no usable address on the channel.
        public let address: String?
        /// Why a plugin refuses the address that the customer has.
        public let refusal: String?
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

    /// Messages to so many customers of the audience who differ: each branch of the templates where they are noted
    /// (``Rules/MessageOptions/notesBranches``), each value that is missing for somebody, the longest and the shortest
    /// name, each language and channel; then whoever comes first.
    ///
    /// Looks at the first ``candidates`` customers of the audience.
    public func sample(_ count: Int) throws -> Sample {
        let audience = try campaign.audience.map(host.audience)
        let walk = try CustomerWalk(host, for: audience.map { [$0] } ?? [])
        var pool = SamplePool()
        var looked = 0
        while looked < Self.candidates, let customer = try walk.next() {
            if let audience, try !walk.isIn(audience) { continue }
            looked += 1
            let contact = try Contact(customer, in: data, at: host.clock.now)
            guard !contact.isErased else { continue }
            let messages = try messages(to: customer, in: walk)
            guard !messages.isEmpty else { continue }
            pool.add(messages, name: try name(of: customer), language: contact.language?.language)
        }
        let (messages, enough) = pool.chosen(count)
        return Sample(
            messages: messages, unseen: pool.unreached.sorted(), lookedAt: looked, enough: enough)
    }

    /// Messages to customers who differ.
    public struct Sample {
        /// By customer, and in the order of the journey.
        public let messages: [Message]
        /// The branches of their templates that none of the customers who were looked at takes.
        public let unseen: [MessageBranch]
        /// How many customers of the audience were looked at.
        public let lookedAt: Int
        /// How many customers would show all that differs.
        public let enough: Int

        init(messages: [Message], unseen: [MessageBranch], lookedAt: Int, enough: Int) {
            self.messages = messages
            self.unseen = unseen
            self.lookedAt = lookedAt
            self.enough = enough
        }

        /// The messages to one customer.
        public init(messages: [Message]) {
            self.init(messages: messages, unseen: [], lookedAt: 1, enough: 1)
        }
    }

    /// How many customers of the audience a sample is chosen from.
    public static var candidates: Int { 1000 }

    /// What the journey sends to a customer who does nothing, then what else it sends to one who does all that it waits for.
    private func messages(to customer: Int64, in walk: CustomerWalk) throws -> [Message] {
        do {
            return try written(to: customer, in: walk)
        } catch {
            // Who it was for, so that --customer shows it again.
            guard var diagnostic = (error as? any Diagnosable)?.diagnostic else { throw error }
            diagnostic.notes.append("in a message to customer \(customer)")
            throw diagnostic
        }
    }

    private func written(to customer: Int64, in walk: CustomerWalk) throws -> [Message] {
        let contact = try Contact(customer, in: data, at: host.clock.now)
        var messages: [Message] = []
        for responds in [false, true] {
            for (variant, request) in try requests(of: customer, in: walk, responds: responds) {
                let allowed = host.allowedChannels(request, campaign, of: channels)
                let (usable, refusals) = try Policy.addresses(contact, on: allowed, by: host.channelRules)
                let order = try Policy.order(
                    usable.isEmpty ? allowed : usable.map(\.channel), preferred: contact.preferred,
                    answers: data.answers(of: customer))
                let target = usable.first { $0.channel == order.first }
                guard let channel = order.first,
                    !messages.contains(where: {
                        $0.template == request.template && $0.channel == channel && $0.variant == variant
                    })
                else { continue }
                let content = try host.content(of: campaign, in: walk, entry: entry(variant))
                messages.append(
                    Message(
                        customer: customer, template: request.template, variant: variant, channel: channel,
                        address: target?.address,
                        refusal: target == nil ? refusals.first : nil,
                        rendering: try host.render(
                            request.template, channel, for: contact.language, content, campaign: campaign,
                            in: walk)))
            }
        }
        return messages
    }

    private func entry(_ variant: String?) -> Entry {
        // A follow-up needs something to follow.
        guard case .event(let kind) = campaign.trigger else {
            return Entry(time: host.clock.now, variant: variant)
        }
        return Entry(
            time: host.clock.now, variant: variant, event: JourneyEvent(kind.name, at: host.clock.now))
    }

    /// What the journey asks for in each of its variants; time goes by at once.
    private func requests(
        of customer: Int64, in walk: CustomerWalk, responds: Bool
    ) throws -> [(variant: String?, SendRequest)] {
        let variants = campaign.variants.isEmpty ? [nil] : campaign.variants.map { Optional($0.name) }
        return try variants.flatMap { variant in
            var requests: [(String?, SendRequest)] = []
            let journey = try Journey(host, campaign, entry(variant))
            var answer = JourneyAnswer.done
            while let step = try journey.next(answer, in: walk) {
                switch step.request {
                case .send(let request):
                    requests.append((variant, request))
                    answer = .sent(true)
                case .waitFor(let kind, _):
                    answer = .event(responds ? JourneyEvent(kind.name, at: host.clock.now) : nil)
                case .exit: return requests
                default: answer = .done
                }
            }
            return requests
        }
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
        var features: Set<Feature>
        var nameLength: Int?
    }

    /// What a customer shows that others may not.
    private enum Feature: Hashable, Comparable {
        case trait(String)
        case branch(MessageBranch)

        var phrase: String {
            switch self {
            case .trait(let phrase): phrase
            case .branch(let branch): branch.phrase
            }
        }
    }

    private var candidates: [Candidate] = []
    private var reached: Set<MessageBranch> = []
    private var others: Set<MessageBranch> = []

    /// The branches that no customer takes.
    var unreached: Set<MessageBranch> { others.subtracting(reached) }

    /// Adds the messages to one customer.
    mutating func add(_ messages: [CampaignPreview.Message], name: String?, language: String?) {
        var features: Set<Feature> = [.trait(language.map { "language \($0)" } ?? "no language")]
        if name == nil { features.insert(.trait("no name")) }
        for message in messages {
            features.insert(.trait("\(message.template) by \(message.channel.rawValue)"))
            let noted: MessageBranches?
            switch message.rendering {
            case .written(let message):
                for missing in message.missing { features.insert(.trait("no \(missing.path)")) }
                noted = message.branches
            case .heldBack(let reason, _, let branches):
                features.insert(.trait(reason.phrase))
                noted = branches
            }
            guard let noted else { continue }
            features.formUnion(noted.run.map(Feature.branch))
            reached.formUnion(noted.run)
            others.formUnion(noted.others)
        }
        candidates.append(Candidate(messages: messages, features: features, nameLength: name?.count))
    }

    /// Of so many customers, the messages, with the reasons for each; and how many would show every feature.
    func chosen(_ count: Int) -> (messages: [CampaignPreview.Message], enough: Int) {
        var reasons: [Int: [String]] = [:]
        func choose(_ index: Int?, _ reason: String) {
            guard let index, reasons[index] != nil || reasons.count < count else { return }
            reasons[index, default: []].append(reason)
        }
        var seen: Set<Feature> = []
        var enough = 0
        // Whoever brings most that was not seen, first.
        while true {
            let news = candidates.map { $0.features.subtracting(seen).count }
            guard let most = news.max(), most > 0, let index = news.firstIndex(of: most) else { break }
            enough += 1
            for feature in candidates[index].features.subtracting(seen).sorted() {
                choose(index, feature.phrase)
            }
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
        let messages = reasons.keys.sorted().flatMap { index in
            candidates[index].messages.map { message in
                var message = message
                message.reasons = reasons[index] ?? []
                return message
            }
        }
        return (messages, enough)
    }
}

extension MessageBranch {
    /// `templates/win-back.liquid:5 {% if customer.tier == "gold" %}`, or that nothing of it runs.
    public var phrase: String {
        "\(location.file):\(location.line) \(isSkipped ? "without " : ""){% \(tag) %}"
    }
}
