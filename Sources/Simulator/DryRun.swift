internal import Basics
public import Catalog
public import Diagnostics
public import Foundation
public import Rules

/// A simulation of campaigns at one moment: audience, content, policy, decision. It sends nothing and
/// writes only through its recorder.
///
/// Customers are taken one at a time through all campaigns, by id; campaigns by name. The same data,
/// scripts, time and seed give the same decisions, byte for byte.
public struct DryRun {
    /// What a run depends on besides the data and the scripts.
    public struct Options {
        /// Of every random choice.
        public var seed: UInt64
        /// The workspace's zone, for customers without one of their own.
        public var timeZone: TimeZone
        /// The channels of the workspace, in the order of preference.
        public var channels: [Channel]
        /// How many messages are kept whole, as examples.
        public var sampleCount: Int

        /// Options; three samples unless said otherwise.
        public init(seed: UInt64, timeZone: TimeZone, channels: [Channel], sampleCount: Int = 3) {
            self.seed = seed
            self.timeZone = timeZone
            self.channels = channels
            self.sampleCount = sampleCount
        }
    }

    private let host: RuleHost
    private let data: any ContactData
    private let campaigns: [Campaign]
    private let options: Options

    /// A run of the given campaigns over the host's customers.
    public init(_ host: RuleHost, _ data: any ContactData, campaigns: [Campaign], _ options: Options) {
        self.host = host
        self.data = data
        self.campaigns = campaigns.sorted { $0.name < $1.name }
        self.options = options
    }

    /// Runs to the end and hands everything to the recorder.
    ///
    /// - Parameter progress: called after every 256 customers who may be in an audience with how many of them are done, and
    ///   how many customers there are; false cancels.
    /// - Throws: ``DryRunError/cancelled``; a ``RuleError`` where an audience raises or answers neither true nor
    ///   false, for then nobody can say who is in it. Errors of content, templates and journeys are decisions.
    public func run(
        sources: String, into recorder: any RunRecorder, progress: (_ done: Int, _ total: Int) -> Bool
    ) throws {
        let total = try data.customerCount()
        var stage = try Stage(host, campaigns)
        var ledger = RunLedger(sampleCount: options.sampleCount, seed: options.seed)
        var entries = campaigns.map {
            RunCampaign(
                name: $0.name, description: $0.description, audience: $0.audience.text, audienceCount: 0,
                silentCount: 0)
        }
        var done = 0
        while let customer = try stage.walk.next() {
            for index in entries.indices where try stage.walk.isIn(stage.audiences[index]) {
                entries[index].audienceCount += 1
                let visit = Visit(
                    stage.host, data, stage.walk, stage.campaigns[index], customer, options)
                try visit.run(recorder, &ledger)
                if visit.requestCount == 0 { entries[index].silentCount += 1 }
                try stage.replaceIfStopped(at: customer)
            }
            done += 1
            if done.isMultiple(of: 256), !progress(done, total) { throw DryRunError.cancelled }
        }
        _ = progress(total, total)
        let header = RunHeader(
            now: host.clock.now, timeZone: options.timeZone.identifier, seed: options.seed,
            currency: data.currency, sources: sources, customers: total)
        try recorder.finish(header, entries, ledger.samples, ledger.problems)
    }
}

/// A host, and what a run needs of it.
private struct Stage {
    private(set) var host: RuleHost
    private(set) var campaigns: [Campaign]
    private(set) var walk: CustomerWalk
    private(set) var audiences: [Audience]

    init(_ host: RuleHost, _ campaigns: [Campaign]) throws {
        self.host = host
        self.campaigns = campaigns
        audiences = try campaigns.map { try host.audience($0.audience) }
        walk = try CustomerWalk(host, for: audiences)
    }

    /// Goes on with another host where a script of this one was ended by force: it may have left its own data half
    /// written, and what it would do next would depend on when it was ended.
    mutating func replaceIfStopped(at customer: Int64) throws {
        // An interrupt is for the whole run.
        guard host.isStopped, !RuleHost.isInterrupted else { return }
        let replacement = try host.makeReplacement()
        self = try Stage(replacement, campaigns.map { try replacement.campaign($0.name) })
        _ = try walk.go(to: customer)
    }
}

/// Why a run ended early.
public enum DryRunError: Error {
    /// The person asked to stop.
    case cancelled
}

extension DryRunError: Diagnosable {
    /// The error in words.
    public var diagnostic: Diagnostic {
        Diagnostic("the dry run was stopped; no run file was written")
    }
}
