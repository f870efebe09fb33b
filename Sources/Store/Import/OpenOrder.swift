internal import Glibc

/// The order whose lines are being read.
struct OpenOrder {
    /// A line that is not stored yet.
    struct Line {
        let product: Int64?
        let quantity: Double
        let amount: Int64
    }

    /// Where the order stands.
    enum State {
        /// No order is open.
        case none
        /// Not in the store yet.
        case unsaved
        /// Stored by this import, so its row holds what came before.
        case ours
        /// In the store before this import, which states it anew.
        case earlier
    }

    var state = State.none
    var number: [UInt8] = []
    var id: Int64 = 0
    var customer: Int64?
    var placedAt = Int64.max
    var amount: Int64 = 0
    var itemCount = 0.0
    /// How many lines this import has for it so far, the pending ones among them.
    var lines: Int64 = 0
    var pending: [Line] = []
    var status: String?
    var source: String?
    var coupon: String?

    /// Whether it is the order of that number.
    func has(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
        guard state != .none, number.count == self.number.count, let start = number.baseAddress else {
            return false
        }
        return self.number.withUnsafeBytes { bytes in
            bytes.baseAddress.map { memcmp($0, start, number.count) == 0 } ?? false
        }
    }

    /// Adds a line; false where the amount does not fit.
    mutating func add(_ line: Line, at time: Int64) -> Bool {
        let (sum, overflow) = amount.addingReportingOverflow(line.amount)
        if overflow { return false }
        amount = sum
        placedAt = min(placedAt, time)
        itemCount += line.quantity
        lines += 1
        pending.append(line)
        return true
    }

    /// Makes it an order of that number without lines; the buffers are kept.
    mutating func start(_ number: UnsafeBufferPointer<UInt8>, id: Int64, state: State) {
        self.number.removeAll(keepingCapacity: true)
        self.number.append(contentsOf: number)
        pending.removeAll(keepingCapacity: true)
        self.id = id
        self.state = state
        customer = nil
        placedAt = .max
        (amount, itemCount, lines) = (0, 0, 0)
        (status, source, coupon) = (nil, nil, nil)
    }
}
