internal import Basics
internal import Catalog

/// What a run remembers across customers: examples and problems.
///
/// Grows with the number of different problems, not with the audience.
struct RunLedger {
    private let sampleCount: Int
    private let seed: UInt64
    /// By campaign, each at most ``sampleCount``; what makes a sample is made when it is known that it stays.
    private var candidates: [String: [Candidate]] = [:]
    private var counts: [ProblemKey: (count: Int, customer: Int64, latest: Int64)] = [:]

    private struct Candidate: Sendable {
        var rank: UInt64
        var customer: Int64
        var sample: @Sendable () -> RunSample

        static func isBefore(_ a: Candidate, _ b: Candidate) -> Bool {
            (a.rank, a.customer) < (b.rank, b.customer)
        }
    }

    private struct ProblemKey: Hashable {
        var campaign: String
        var location: String
        var message: String
    }

    init(sampleCount: Int, seed: UInt64) {
        self.sampleCount = sampleCount
        self.seed = seed
    }

    /// Keeps the messages of each campaign with the lowest hashes, which are a fair choice and the same in every run.
    mutating func offer(
        _ sample: @escaping @Sendable @autoclosure () -> RunSample, campaign: String, customer: Int64
    ) {
        guard sampleCount > 0 else { return }
        var hash = StableHash("sample", campaign)
        hash.combine(Int64(bitPattern: seed))
        hash.combine(customer)
        let rank = hash.value
        keep(Candidate(rank: rank, customer: customer, sample: sample), of: campaign)
    }

    private mutating func keep(_ candidate: Candidate, of campaign: String) {
        var own = candidates[campaign, default: []]
        if own.count == sampleCount {
            guard let last = own.last, Candidate.isBefore(candidate, last) else { return }
            own.removeLast()
        }
        own.append(candidate)
        own.sort(by: Candidate.isBefore)
        candidates[campaign] = own
    }

    /// Notes a problem once for a customer, whose turn comes only once.
    mutating func note(campaign: String, location: String, message: String, customer: Int64) {
        // A script may put anything into an error.
        let message = message.count > 300 ? message.prefix(300) + "…" : message
        let key = ProblemKey(campaign: campaign, location: location, message: message)
        if counts[key]?.latest == customer { return }
        counts[key, default: (0, customer, customer)].count += 1
        counts[key]?.latest = customer
    }

    /// Adds what another ledger of the same run remembers of later customers.
    mutating func add(_ other: RunLedger) {
        for (campaign, others) in other.candidates {
            for candidate in others { keep(candidate, of: campaign) }
        }
        for (key, own) in other.counts {
            guard let known = counts[key] else {
                counts[key] = own
                continue
            }
            counts[key] = (known.count + own.count, min(known.customer, own.customer), own.latest)
        }
    }

    /// By campaign, then in the order of their hashes.
    var samples: [RunSample] {
        candidates.sorted { $0.key < $1.key }.flatMap { $0.value.map { $0.sample() } }
    }

    /// By how many customers they concern, then by place.
    var problems: [RunProblem] {
        counts.map { key, value in
            RunProblem(
                campaign: key.campaign, location: key.location, message: key.message, count: value.count,
                customer: value.customer)
        }.sorted {
            ($1.count, $0.location, $0.message, $0.campaign) < (
                $0.count, $1.location, $1.message, $1.campaign
            )
        }
    }
}
