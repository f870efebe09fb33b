internal import Basics
internal import Catalog

/// A hash over the decisions of a run that does not depend on their order, so that neither threads nor the
/// layout of a file change it.
///
/// Each decision is hashed alone and the hashes are added up, which memory of any size allows. What counts is
/// what ``ComparedDecision`` has, so that two runs with the same hash compare without a difference. It tells
/// slips and later changes; like ``Basics/StableHash`` it is no protection against a person who wants a
/// collision.
struct RunDigest {
    private var sum: UInt64 = 0
    private var count: Int64 = 0

    mutating func add(_ decision: ComparedDecision) {
        var hash = StableHash("decision", decision.campaign, decision.step, decision.outcome.rawValue)
        hash.combine(decision.customer)
        hash.combine(decision.time)
        // None of them is ever an empty text.
        hash.combine(decision.channel?.rawValue ?? "")
        hash.combine(decision.reason?.rawValue ?? "")
        hash.combine(decision.variant ?? "")
        hash.combine(decision.bodyHash ?? "")
        // Only mixed bits may be added: plain ones of two customers who change places would often give the
        // same sum.
        sum &+= hash.value
        count += 1
    }

    /// 32 hexadecimal digits.
    var hex: String {
        var hash = StableHash("decisions")
        hash.combine(count)
        hash.combine(Int64(bitPattern: sum))
        return hash.hex
    }
}
