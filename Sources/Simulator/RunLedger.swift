internal import Basics
internal import Catalog

/// What a run remembers across customers: examples and problems.
///
/// Grows with the number of different problems, not with the audience.
struct RunLedger {
    private let sampleCount: Int
    private let seed: UInt64
    /// What makes a sample is made when it is known that it stays.
    private var candidates: [(rank: UInt64, customer: Int64, sample: @Sendable () -> RunSample)] = []
    private var counts: [ProblemKey: (count: Int, customer: Int64, latest: Int64)] = [:]

    private struct ProblemKey: Hashable {
        var campaign: String
        var location: String
        var message: String
    }

    init(sampleCount: Int, seed: UInt64) {
        self.sampleCount = sampleCount
        self.seed = seed
    }

    /// Keeps the messages with the lowest hashes, which are a fair choice and the same in every run.
    mutating func offer(
        _ sample: @escaping @Sendable @autoclosure () -> RunSample, campaign: String, customer: Int64
    ) {
        guard sampleCount > 0 else { return }
        var hash = StableHash("sample", campaign)
        hash.combine(Int64(bitPattern: seed))
        hash.combine(customer)
        let rank = hash.value
        if candidates.count == sampleCount, let last = candidates.last, last.rank <= rank { return }
        candidates.append((rank, customer, sample))
        candidates.sort { ($0.rank, $0.customer) < ($1.rank, $1.customer) }
        if candidates.count > sampleCount { candidates.removeLast() }
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
        candidates += other.candidates
        candidates.sort { ($0.rank, $0.customer) < ($1.rank, $1.customer) }
        candidates.removeLast(max(0, candidates.count - sampleCount))
        for (key, own) in other.counts {
            guard let known = counts[key] else {
                counts[key] = own
                continue
            }
            counts[key] = (known.count + own.count, min(known.customer, own.customer), own.latest)
        }
    }

    var samples: [RunSample] { candidates.map { $0.sample() } }

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
