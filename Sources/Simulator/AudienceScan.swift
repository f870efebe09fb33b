internal import Foundation
public import Rules
internal import Synchronization

/// Who belongs to an audience, found by several threads that share the customers by ranges of ids.
///
/// Every thread has a Lua state and a snapshot of its own. The answer is the same for any number of threads:
/// ids in their order, or the error that one thread alone would have met first.
public final class AudienceScan: Sendable {
    private struct Board {
        var next = 0
        var found: [[Int64]]
        var count = 0
        /// The first range, by its place, that failed.
        var failure: (range: Int, error: any Error)?
    }

    private let ranges: [ClosedRange<Int64>]
    private let onlyCounts: Bool
    private let board: Mutex<Board>

    /// A scan of the customers, the first and last of whom have these ids, in so many ranges; where it only
    /// counts, it does not keep who they are.
    public init(ids: ClosedRange<Int64>, ranges count: Int, onlyCounts: Bool = false) {
        ranges = Self.split(ids, into: count)
        self.onlyCounts = onlyCounts
        board = Mutex(Board(found: Array(repeating: [], count: ranges.count)))
    }

    /// Ranges of almost equal length that follow each other and cover all.
    static func split(_ ids: ClosedRange<Int64>, into count: Int) -> [ClosedRange<Int64>] {
        let total = UInt64(bitPattern: ids.upperBound &- ids.lowerBound)
        let parts = UInt64(max(1, count))
        var ranges: [ClosedRange<Int64>] = []
        var start = ids.lowerBound
        for part in 1...parts {
            let offset = total / parts * part + total % parts * part / parts
            let end = part == parts ? ids.upperBound : ids.lowerBound &+ Int64(bitPattern: offset)
            guard end >= start else { continue }
            ranges.append(start...end)
            guard end < ids.upperBound else { break }
            start = end + 1
        }
        return ranges
    }

    /// The work of one thread: takes ranges until none is left. Call it once on each, with a host of its own
    /// whose customers are attached.
    ///
    /// - Throws: what is wrong with the expression; what is wrong with a customer, ``members()`` throws.
    public func work(_ host: RuleHost, _ expression: SegmentExpression) throws {
        let audience = try host.audience(expression)
        let walk = try CustomerWalk(host, for: [audience])
        while let range = takeRange() {
            do {
                let (members, count) = try scan(range, walk, audience)
                board.withLock { board in
                    board.found[range] = members
                    board.count += count
                }
            } catch {
                board.withLock { board in
                    if range < board.failure?.range ?? .max { board.failure = (range, error) }
                }
            }
        }
    }

    /// The ids found, in their order; call it when all threads have ended.
    ///
    /// - Throws: the error of the customer with the lowest id.
    public func members() throws -> [Int64] {
        try whole { Array($0.found.joined()) }
    }

    /// How many were found; call it when all threads have ended.
    ///
    /// - Throws: the error of the customer with the lowest id.
    public func count() throws -> Int {
        try whole(\.count)
    }

    private func whole<Answer>(_ answer: (borrowing Board) -> Answer) throws -> Answer {
        try board.withLock { board in
            if let failure = board.failure { throw failure.error }
            return answer(board)
        }
    }

    private func takeRange() -> Int? {
        board.withLock { board in
            // What follows a failure is not needed, what comes before it may fail too.
            guard board.next < min(ranges.count, board.failure?.range ?? .max) else { return nil }
            defer { board.next += 1 }
            return board.next
        }
    }

    private func isNeeded(_ range: Int) -> Bool {
        board.withLock { range < $0.failure?.range ?? .max }
    }

    private func scan(_ range: Int, _ walk: CustomerWalk, _ audience: Audience) throws -> ([Int64], Int) {
        // With nobody behind the last range, SQL need not look for its end.
        let end = range == ranges.count - 1 ? .max : ranges[range].upperBound
        try walk.restart(over: ranges[range].lowerBound...end)
        var members: [Int64] = []
        var count = 0
        try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 4096) { buffer in
            while isNeeded(range) {
                let found = try walk.next(in: audience, into: buffer)
                if found == 0 { break }
                count += found
                if !onlyCounts { members.append(contentsOf: buffer.prefix(found)) }
            }
        }
        return (members, count)
    }
}
