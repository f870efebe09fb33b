public import Diagnostics
public import Foundation

/// What the synthetic CRM of ``fillWithDemoData(_:_:progress:)`` is to hold.
public struct DemoOptions: Sendable {
    /// How many customers; their addresses stay unique up to 8,000,000.
    public var customers = 20_000
    /// The same seed gives the same people and the same history.
    public var seed: UInt64 = 1
    /// The present of the data, Unix seconds: whatever happened, happened before.
    public var until: Int64
    /// The zone of the workspace: its calendar times the campaigns and shapes the seasons.
    public var timeZone: TimeZone

    /// Options for 20,000 customers and seed 1.
    public init(until: Int64, timeZone: TimeZone) {
        self.until = until
        self.timeZone = timeZone
    }
}

/// Why a store cannot be filled with demo data.
public enum DemoError: Error, Equatable {
    /// The store has customers already.
    case notEmpty(path: String)
    /// The amounts are in CNY, those of the store are not.
    case currency(String)
    /// ``DemoOptions/until`` is no present: three years must lie between 1970 and it, and it before 9999.
    case until(Int64)
    /// The machine does not know a time zone that customers live in.
    case unknownTimeZone(String)
}

extension DemoError: Diagnosable {
    /// The error in words, with the next step.
    public var diagnostic: Diagnostic {
        switch self {
        case .notEmpty(let path):
            Diagnostic("\(path) has customers already", hint: "demo data goes into a new workspace")
        case .currency(let code):
            Diagnostic("demo data is in CNY, this store is in \(code)", hint: "make the workspace in CNY")
        case .until(let instant):
            Diagnostic(
                "demo data cannot end at \(instant)", hint: "give a time between the years 1974 and 9998")
        case .unknownTimeZone(let name):
            Diagnostic("this machine does not know the time zone \(name)", hint: "install the package tzdata")
        }
    }
}
