internal import Basics
public import Catalog
internal import Foundation

/// How far a run of today is away from the one that was approved.
public struct DriftReport: Encodable {
    private let approval: Approval
    private let comparison: RunComparison
    private let threshold: Double

    /// Compares with an approval; `threshold` is the share of decisions from 0 to 1 that may differ.
    public init(_ approval: Approval, _ comparison: RunComparison, threshold: Double) {
        self.approval = approval
        self.comparison = comparison
        self.threshold = threshold
    }

    /// Whether more differs than may.
    public var isAboveThreshold: Bool { comparison.share > threshold }

    private enum CodingKeys: CodingKey {
        case approvedBy, approvedAt, comparison, share, threshold, isAboveThreshold
    }

    /// The approval, the comparison and the verdict. Shares are from 0 to 1.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(approval.by, forKey: .approvedBy)
        try container.encode(approvedAt, forKey: .approvedAt)
        try container.encode(comparison, forKey: .comparison)
        try container.encode(comparison.share, forKey: .share)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(isAboveThreshold, forKey: .isAboveThreshold)
    }

    /// The report as one JSON object, keys sorted.
    public func json() throws -> String {
        try prettyJSON(self)
    }

    /// The comparison under who approved the run, and the verdict; for lines of so many cells where that is
    /// given.
    public func text(width: Int?) -> String {
        let verdict =
            "drift \(percent(comparison.share)): \(grouped(comparison.differing)) of "
            + "\(grouped(comparison.decisions)) decisions differ, "
            + (isAboveThreshold ? "above" : "within") + " the threshold of \(percent(threshold))"
        return hanging("approved by \(approval.by) on \(momentText(approvedAt, withYear: true))", to: width)
            .joined(separator: "\n") + "\n"
            + TerminalComparison(comparison, width: width).text()
            + "\n" + hanging(verdict, to: width).joined(separator: "\n") + "\n"
    }

    private var approvedAt: String {
        var clock = ZoneClock(TimeZone(identifier: comparison.before.timeZone) ?? .gmt)
        return clock.isoText(at: approval.at)
    }
}
