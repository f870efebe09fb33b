internal import Catalog

/// How often each value is there.
struct ValueCounts {
    private var counts: [Value: (count: Int64, place: Int)] = [:]

    /// Counts a value so many times more.
    mutating func add(_ count: Int64, of value: Value) {
        let place = counts.count
        counts[value, default: (0, place)].count += count
    }

    /// The values, the most frequent first, of equally frequent ones the one that came first; a missing one last.
    var byWeight: [(value: Value, count: Int64)] {
        counts.sorted { one, other in
            if (one.key == .null) != (other.key == .null) { return other.key == .null }
            return (other.value.count, one.value.place) < (one.value.count, other.value.place)
        }.map { ($0.key, $0.value.count) }
    }
}
