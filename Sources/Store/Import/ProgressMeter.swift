/// Calls the progress callback about every 50 ms of work.
final class ProgressMeter {
    private let callback: (ImportProgress) -> Bool
    private let clock = ContinuousClock()
    private var last: ContinuousClock.Instant
    private var phase = ImportProgress.Phase.analysing
    private var finishedBytes: Int64 = 0
    private var rows = 0
    private let bytesTotal: Int64

    init(bytesTotal: Int64, _ callback: @escaping (ImportProgress) -> Bool) {
        self.bytesTotal = bytesTotal
        self.callback = callback
        last = clock.now
    }

    /// Counts a row; whether it is time to report. The clock is read every 1,000 rows.
    func isDue() throws -> Bool {
        rows += 1
        return rows % 1000 == 0 && clock.now - last >= .milliseconds(50)
    }

    /// Reports with the bytes of the current file.
    ///
    /// - Throws: ``ImportError/cancelled`` where the callback says so.
    func report(_ bytes: Int64) throws {
        last = clock.now
        let progress = ImportProgress(
            phase: phase, bytesDone: finishedBytes + bytes, bytesTotal: bytesTotal, rows: rows)
        guard callback(progress) else { throw ImportError.cancelled }
    }

    /// Counts the bytes of a file that was read.
    func finishFile(_ bytes: Int64) {
        finishedBytes += bytes
    }

    /// Starts the phase from nothing.
    func start(_ phase: ImportProgress.Phase) {
        self.phase = phase
        finishedBytes = 0
        rows = 0
    }
}
