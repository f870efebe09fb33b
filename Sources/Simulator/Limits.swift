/// What a campaign may use up in a run.
struct Limit: Hashable {
    enum Kind: Hashable {
        /// `limit`: the customers who enter.
        case customers
        /// `budget`: what its messages cost, in millionths of the currency.
        case money
    }

    /// The place of the campaign in the order of names.
    var campaign: Int
    var kind: Kind
}

/// A place in the one order in which limits look at what happens to all customers: by time; at one instant,
/// person by person in an order that is drawn for that instant; of a person, as it happens.
struct RunPlace: Comparable, Hashable {
    var time: Int64
    /// What the person has drawn.
    var lot: UInt64
    /// The person's lowest customer.
    var person: Int64
    /// How much of any limit the person had used before.
    var number: Int

    static func < (a: RunPlace, b: RunPlace) -> Bool {
        (a.time, a.lot, a.person, a.number) < (b.time, b.lot, b.person, b.number)
    }
}

/// Something that uses a limit up.
struct Charge {
    var limit: Limit
    var place: RunPlace
    var amount: Int64
}

/// Finds the first charge for which there is no room, whatever the order in which charges come.
///
/// Keeps those up to it alone: as many as fit in the limit, and one more.
struct LimitMeter {
    let allowed: Int64
    private var sum: Int64 = 0
    /// The latest first, so that it can go when earlier ones come.
    private var heap: [(place: RunPlace, amount: Int64)] = []

    init(allowed: Int64) {
        self.allowed = allowed
    }

    /// The first charge, in the order of places, with which all are more than is allowed; nil while all fit.
    var firstOver: RunPlace? { sum > allowed ? heap.first?.place : nil }

    mutating func add(_ amount: Int64, at place: RunPlace) {
        if let last = firstOver, last < place { return }
        sum += amount
        heap.append((place, amount))
        var child = heap.count - 1
        while child > 0, heap[(child - 1) / 2].place < heap[child].place {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
        // Without the latest there may still be too many; then it is not the first.
        while let last = heap.first, sum - last.amount > allowed {
            sum -= last.amount
            removeLatest()
        }
    }

    private mutating func removeLatest() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var latest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[latest].place < heap[child].place {
                latest = child
            }
            guard latest != parent else { return }
            heap.swapAt(parent, latest)
            parent = latest
        }
    }
}

/// The limits of a run, and from which place on those that are used up are closed.
struct Limits {
    var allowed: [Limit: Int64] = [:]
    var closed: [Limit: RunPlace] = [:]
}
