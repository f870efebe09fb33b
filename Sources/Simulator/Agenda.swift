/// What is to happen to the customers of one person, in the order of virtual time.
///
/// At one instant, what customers do comes before what campaigns do; of campaigns, the one with the higher priority, then
/// what was asked for earlier, then the campaign's name, then the lower customer; then whether the customer enters, then in
/// the order of adding.
struct Agenda<Action> {
    struct Key: Comparable {
        var time: Int64
        var isReaction: Bool
        var priority: Int64
        var scheduled: Int64
        /// The place of the campaign in the order of names.
        var campaign: Int
        var customer: Int64
        /// Whether it is asked if the customer enters.
        var isQuestion: Bool

        static func < (a: Key, b: Key) -> Bool {
            if a.time != b.time { return a.time < b.time }
            if a.isReaction != b.isReaction { return a.isReaction }
            if a.priority != b.priority { return a.priority > b.priority }
            if a.scheduled != b.scheduled { return a.scheduled < b.scheduled }
            if a.campaign != b.campaign { return a.campaign < b.campaign }
            if a.customer != b.customer { return a.customer < b.customer }
            return a.isQuestion && !b.isQuestion
        }
    }

    private var heap: [(key: Key, number: Int, action: Action)] = []
    private var count = 0

    mutating func add(_ action: Action, at key: Key) {
        heap.append((key, count, action))
        count += 1
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard isBefore(child, parent) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the next out; nil where nothing is left.
    mutating func next() -> (key: Key, action: Action)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        guard !heap.isEmpty else { return (first.key, first.action) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isBefore(child, least) {
                least = child
            }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return (first.key, first.action)
    }

    mutating func removeAll() {
        heap.removeAll(keepingCapacity: true)
        count = 0
    }

    private func isBefore(_ a: Int, _ b: Int) -> Bool {
        if heap[a].key < heap[b].key { return true }
        return heap[b].key < heap[a].key ? false : heap[a].number < heap[b].number
    }
}
