import Foundation
import Synchronization

/// Says on standard error whenever an interrupt took longer than any before.
enum WorstLatency {
    private static let worst = Mutex(0.0)

    static func note(_ milliseconds: Double, _ name: String) {
        let isWorst = worst.withLock { worst in
            defer { worst = max(worst, milliseconds) }
            return milliseconds > worst
        }
        guard isWorst else { return }
        FileHandle.standardError.write(Data("worst interrupt so far: \(milliseconds) ms, \(name)\n".utf8))
    }
}
