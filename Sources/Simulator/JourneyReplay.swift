public import Catalog
public import Diagnostics
internal import Foundation
public import Rules

/// Replays the journeys of a run from what its file keeps of them: each alone, without policy and dice, with the answers
/// that it got at their times.
///
/// With the scripts and the data of the run, a journey asks for the same things in the same order and comes to the same
/// point. Functions of scripts that keep something from customer to customer are the exception, and those that were ended
/// by force are replayed up to there.
public final class JourneyReplay {
    /// Where a journey has come to.
    public struct Point: Sendable, Equatable {
        /// The customer.
        public let customer: Int64
        /// The campaign.
        public let campaign: String
        /// When it began, Unix seconds.
        public let entered: Int64
        /// What it asked for last; nil where it asked for nothing.
        public let step: JourneyRecord.Step?
        /// How it ended, a word as in ``Catalog/RunFlow/word``; `under way` where it waits.
        public let end: String
    }

    private let stage: Stage

    /// Replays of a run that had this header, of the campaigns of these names.
    ///
    /// - Parameters:
    ///   - host: has the scripts of the run, its seed, and stands at its first instant.
    ///   - data: the store as of then, or as of `header.asOf`.
    public init(_ host: RuleHost, _ data: any ContactData, _ campaigns: [String], of header: RunHeader) throws
    {
        var options = DryRun.Options(
            seed: header.seed, timeZone: TimeZone(identifier: header.timeZone) ?? .gmt, channels: [],
            sampleCount: 0)
        options.duration = header.until - header.now
        options.asOf = header.asOf
        // What they did is on record.
        options.hasLimits = false
        stage = try Stage(host, data, campaigns.sorted(), options)
    }

    /// Replays each journey of a record.
    ///
    /// - Parameter subjects: of the messages that each customer got, in the order of sending.
    /// - Returns: where each has come to, in the order in which they began.
    /// - Throws: ``JourneyReplayError`` at the first thing that a journey asks for and did not in the run.
    public func replay(_ record: JourneyRecord, subjects: [Int64: [String?]]) throws -> [Point] {
        var points: [Point] = []
        for (place, entry) in record.entries.enumerated() {
            guard case .begin(let customer, let name, let variant, let event) = entry.what else { continue }
            let campaign = try stage.host.campaign(name)
            let entry = Entry(time: entry.time, variant: variant, event: event.map(JourneyEvent.init))
            points.append(
                try replay(
                    JourneyRun(CustomerRecord(id: customer), 0, try Journey(stage.host, campaign, entry)),
                    number: points.count, begun: place, record, subjects))
        }
        return points
    }

    private func replay(
        _ run: JourneyRun, number: Int, begun place: Int, _ record: JourneyRecord,
        _ subjects: [Int64: [String?]]
    ) throws -> Point {
        stage.history.begin(record.customers)
        stage.replay?.begin(try stage.arrivals(of: record.customers))
        stage.leave()
        var rest = subjects.mapValues { $0[...] }
        var answer = JourneyAnswer.done
        var last: JourneyRecord.Step?
        for (index, entry) in record.entries.enumerated() {
            stage.moveTime(to: entry.time)
            switch entry.what {
            case .change(let customer, let change):
                try apply(change, to: customer, at: entry.time, &rest[customer, default: []])
            case .answer(number, .sent(let flag)): answer = .sent(flag)
            case .answer(number, .event(let event)): answer = .event(event.map(JourneyEvent.init))
            case .step(number, let expected) where index > place:
                let found = try next(run, answer, at: entry.time)
                answer = .done
                let step = found.map { JourneyRecord.Step($0, at: entry.time) }
                guard step == expected else { throw differs(run, expected, step, found?.location) }
                last = expected
            case .end(number, let word):
                if word == "end", let found = try next(run, answer, at: entry.time) {
                    throw differs(run, nil, .init(found, at: entry.time), found.location)
                }
                return Point(
                    customer: run.record.id, campaign: run.journey.campaign.name,
                    entered: run.journey.entry.time, step: last, end: word)
            default: continue
            }
        }
        throw JourneyReplayError.unfinished(campaign: run.journey.campaign.name, customer: run.record.id)
    }

    private func next(_ run: JourneyRun, _ answer: JourneyAnswer, at time: Int64) throws -> JourneyStep? {
        guard try stage.go(to: run.record, at: time) else { throw DryRunError.vanished(run.record.id) }
        return try run.journey.next(answer, in: stage.walk)
    }

    /// Lays what was simulated over the store again.
    private func apply(
        _ change: JourneyRecord.Change, to customer: Int64, at time: Int64,
        _ subjects: inout ArraySlice<String?>
    ) throws {
        switch change {
        case .row(let name, let id, let values):
            guard let relation = relations.first(where: { $0.name == name }) else { return }
            var row = Dictionary(values.map { ($0.name, $0.value) }) { first, _ in first }
            if name == "messages" {
                row["subject"] = (subjects.popFirst() ?? nil).map(Value.text) ?? .null
            }
            try stage.history.add(relation, of: customer, id: id, at: time, row)
        case .messageEvent(let type, let message):
            try stage.history.addMessageEvent(type, of: message, customer: customer, at: time)
        case .points(let points): try stage.history.award(points, to: customer)
        case .field(let set):
            guard let field = stage.data.fields.first(where: { $0.name == set.name }) else { return }
            try stage.history.set(field, of: customer, to: set.value)
        case .tag(let tag, true): stage.history.tag(tag, customer)
        case .tag(let tag, false): stage.history.untag(tag, customer)
        }
    }

    private func differs(
        _ run: JourneyRun, _ expected: JourneyRecord.Step?, _ found: JourneyRecord.Step?,
        _ location: SourceLocation?
    ) -> JourneyReplayError {
        func shown(_ step: JourneyRecord.Step?) -> String {
            step.map { "asks for \($0.shown) at \($0.location)" } ?? "ends"
        }
        return .differs(
            campaign: run.journey.campaign.name, customer: run.record.id,
            at: location ?? run.journey.campaign.location, expected: shown(expected), found: shown(found))
    }
}

/// Why a journey cannot be replayed to the same point.
public enum JourneyReplayError: Error {
    /// It asks for something else than in the run.
    case differs(campaign: String, customer: Int64, at: SourceLocation, expected: String, found: String)
    /// Its record has no end.
    case unfinished(campaign: String, customer: Int64)
}

extension JourneyReplayError: Diagnosable {
    /// The error in words.
    public var diagnostic: Diagnostic {
        switch self {
        case .differs(let campaign, let customer, let location, let expected, let found):
            Diagnostic(
                "the journey of '\(campaign)' for customer \(customer) \(found), where in the run it \(expected)",
                at: location, hint: "replay it with the scripts and the data that it began with")
        case .unfinished(let campaign, let customer):
            Diagnostic("the record of customer \(customer) in '\(campaign)' has no end", hint: "run it again")
        }
    }
}
