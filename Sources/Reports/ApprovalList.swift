internal import Basics
public import Catalog
public import Foundation

/// Who approved which dry runs.
public struct ApprovalList {
    /// An approval as programs read it.
    struct Entry: Encodable {
        /// The run file.
        var run: String
        /// The hash of its decisions.
        var decisionsHash: String
        /// The campaigns.
        var campaigns: [String]
        /// When the run begins, ISO 8601 on the workspace's clock.
        var from: String
        /// How many days it lasts.
        var days: Int
        /// Messages asked for.
        var requested: Int
        /// Messages that would be sent.
        var sent: Int
        /// Who approved it.
        var by: String
        /// When, ISO 8601 on the workspace's clock.
        var at: String
    }

    private let entries: [Entry]

    /// A list of approvals with times on the clock of a zone.
    public init(_ approvals: [Approval], timeZone: TimeZone) {
        var clock = ZoneClock(timeZone)
        entries = approvals.map { approval in
            Entry(
                run: approval.run, decisionsHash: approval.hash, campaigns: approval.campaigns,
                from: clock.isoText(at: approval.from), days: approval.days, requested: approval.decisions,
                sent: approval.sent, by: approval.by, at: clock.isoText(at: approval.at))
        }
    }

    /// One line for each, for lines of so many cells where that is given; ended by a newline.
    public func text(width: Int?) -> String {
        guard !entries.isEmpty else {
            return "no run was approved yet; moonletter approve RUN records it\n"
        }
        var table = TextTable([
            .init("approved"), .init("by"), .init("run", limit: 60), .init("decisions"),
            .init("to send", alignRight: true), .init("campaigns", limit: .max),
        ])
        for entry in entries {
            table.add([
                momentText(entry.at, withYear: true), entry.by, entry.run, shortHash(entry.decisionsHash),
                grouped(entry.sent), entry.campaigns.joined(separator: ", "),
            ])
        }
        return table.lines(width: width).joined(separator: "\n") + "\n"
    }

    /// A JSON list of objects, keys sorted.
    public func json() throws -> String {
        try prettyJSON(entries)
    }
}
