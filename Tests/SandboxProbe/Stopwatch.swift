import Foundation
import LuaRuntime
import Synchronization

/// Measures a call, and interrupts it where that is asked for.
struct Stopwatch {
    private(set) var processorSeconds = 0.0
    private(set) var interruptMilliseconds: Double?

    mutating func time<Result>(interruptAfter milliseconds: Int?, _ body: () throws -> Result) rethrows
        -> Result
    {
        let interrupter = milliseconds.map { Interrupter(after: $0) }
        let start = Self.processorTime()
        defer {
            processorSeconds = Self.processorTime() - start
            interruptMilliseconds = interrupter?.finish()
        }
        return try body()
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// Calls `LuaState.interrupt()` from another thread.
private final class Interrupter: Sendable {
    private let moment = Mutex<ContinuousClock.Instant?>(nil)

    init(after milliseconds: Int) {
        Thread.detachNewThread { [self] in
            usleep(UInt32(milliseconds) * 1000)
            moment.withLock { moment in
                moment = .now
                LuaState.interrupt()
            }
        }
    }

    /// The milliseconds since the interrupt; waits for it where the call has ended before, which gives 0.
    func finish() -> Double {
        let end = ContinuousClock.now
        while true {
            if let moment = moment.withLock({ $0 }) {
                LuaState.clearInterrupt()
                return max(0, (end - moment) / .milliseconds(1))
            }
            usleep(1000)
        }
    }
}
