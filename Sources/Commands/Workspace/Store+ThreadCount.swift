internal import Foundation
internal import Store

extension Store {
    /// How many threads share the customers, as asked for, else so many as pay; 0 for the calling one alone.
    ///
    /// A thread has to load the scripts and open the database, which pays from some number of customers on.
    func threadCount(asked: Int?, at now: Int64, customersPerThread: UInt64) throws -> Int {
        if let asked { return asked > 1 ? asked : 0 }
        // Every thread would have to compute the facts of the past for itself.
        guard try !isHistorical(at: now) else { return 0 }
        // The span of ids is known at once; to count the customers is to go through them.
        guard let ids = try read(asOf: .max, { try $0.customerIDs() }) else { return 0 }
        let span = UInt64(bitPattern: ids.upperBound &- ids.lowerBound)
        let count = min(
            Int(clamping: span / customersPerThread), ProcessInfo.processInfo.activeProcessorCount, 8)
        return count > 1 ? count : 0
    }
}
