public import Catalog
internal import Foundation
internal import GRDB

/// Writes one dry run into a file of its own.
///
/// Everything goes to a partial file of this process; it gets its name when the run is finished, so a run that
/// was killed never looks like one that ended, and two runs at a time do not meet.
public final class RunFileWriter {
    /// Marks the file as a run ("MnLr").
    static let applicationID: Int32 = 0x4D6E_4C72
    /// The form of the tables; a change of them that a reader would not understand takes the next number.
    static let formatVersion = 1

    /// Where the run is, or will be unless another run takes the name before this one is finished: the name
    /// asked for, else the same with `-2`, `-3`, … before its extension.
    public private(set) var path: String
    private let wanted: String
    private let partial: String
    private var queue: DatabaseQueue?
    private var digest = RunDigest()
    private var waiting: [Decision] = []
    private var waitingEvents: [RunEvent] = []
    private var waitingBodies: [RunBody] = []
    private var waitingJourneys: [(person: Int64, record: [UInt8])] = []
    private var names = RecordNames()
    private let scripts: [String: String]
    /// Gives what plugins add to the reports of the run, which is finished but for them; nil where none adds anything.
    public var makeSections: ((RunFile) throws -> [RunSection])?

    /// Starts a run file at `path`, whose folder exists, or beside it where the name is taken.
    ///
    /// - Parameter scripts: the texts of the scripts by path, kept for the lines that reports show.
    /// - Throws: ``StoreError`` where it cannot be written.
    public init(path: String, scripts: [String: String] = [:]) throws {
        self.scripts = scripts
        wanted = path
        self.path = path
        partial = "\(path).\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString).partial"
        Self.removeLeftovers(of: path)
        queue = try StoreError.wrapping(path) { [partial] in
            var configuration = Configuration()
            configuration.prepareDatabase { db in
                // A partial file is thrown away after a crash, so nothing is lost by not waiting for the disk.
                try db.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
            }
            do {
                let queue = try DatabaseQueue(path: partial, configuration: configuration)
                try queue.write { db in
                    try db.execute(sql: Store.sqlResource(PackageResources.run_file_sql))
                    try db.execute(
                        sql: """
                            PRAGMA application_id = \(Self.applicationID);
                            PRAGMA user_version = \(Self.formatVersion)
                            """)
                }
                return queue
            } catch {
                // On a full disk it has been made already.
                try? FileManager.default.removeItem(atPath: partial)
                throw error
            }
        }
    }

    deinit { discard() }

    /// Removes what was written of a run that is not finished; nothing of one that is.
    public func discard() {
        guard queue != nil else { return }
        queue = nil
        try? FileManager.default.removeItem(atPath: partial)
    }

    /// Removes partial files of processes that are no more.
    private static func removeLeftovers(of path: String) {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent()
        let prefix = url.lastPathComponent + "."
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        where name.hasPrefix(prefix) && name.hasSuffix(".partial") {
            let process = name.dropFirst(prefix.count).prefix { $0.isNumber }
            if let id = Int32(process), kill(id, 0) == -1, errno == ESRCH {
                try? FileManager.default.removeItem(at: folder.appending(path: name))
            }
        }
    }

    /// Keeps one decision. Cost: written in batches of 4,096.
    public func record(_ decision: Decision) throws {
        digest.add(ComparedDecision(decision))
        waiting.append(decision)
        if waiting.count == 4096 { try flush() }
    }

    /// Keeps one event. Cost: likewise.
    public func record(_ event: RunEvent) throws {
        waitingEvents.append(event)
        if waitingEvents.count == 4096 { try flush() }
    }

    /// Keeps one message, unless one with its hash was kept before. Cost: likewise.
    public func record(_ body: RunBody) throws {
        waitingBodies.append(body)
        // Bodies are long.
        if waitingBodies.count == 256 { try flush() }
    }

    /// Forgets all decisions, events, messages and journeys that were recorded. Cost: a moment, whatever their number.
    public func restart() throws {
        waiting.removeAll(keepingCapacity: true)
        waitingEvents.removeAll(keepingCapacity: true)
        waitingBodies.removeAll(keepingCapacity: true)
        waitingJourneys.removeAll(keepingCapacity: true)
        names = RecordNames()
        digest = RunDigest()
        try write { db in
            for table in ["decisions", "events", "bodies", "journeys"] {
                try db.execute(sql: "DELETE FROM \(table)")
            }
        }
    }

    /// Keeps what replays need of a person. Cost: written in batches of 4,096.
    public func record(_ journeys: JourneyRecord) throws {
        guard let person = journeys.customers.first else { return }
        waitingJourneys.append((person, journeys.encoded(&names)))
        if waitingJourneys.count == 4096 { try flush() }
    }

    /// Writes the rest and gives the file its name.
    public func finish(
        _ header: RunHeader, _ campaigns: [RunCampaign], _ flow: [RunFlow], _ samples: [RunSample],
        _ problems: [RunProblem]
    ) throws {
        try flush()
        try write { db in
            var values = [
                ("now", String(header.now)), ("time_zone", header.timeZone), ("seed", String(header.seed)),
                ("currency", header.currency), ("sources", header.sources),
                ("customers", String(header.customers)), ("until", String(header.until)),
                ("responses", header.responses), ("decisions", digest.hex),
            ]
            if !header.costs.isEmpty { values.append(("costs", try Self.text(header.costs))) }
            if let asOf = header.asOf { values.append(("as_of", String(asOf))) }
            for (name, value) in values {
                try db.execute(sql: "INSERT INTO run (name, value) VALUES (?, ?)", arguments: [name, value])
            }
            for (number, name) in names.all.enumerated() {
                try db.execute(sql: "INSERT INTO names VALUES (?, ?)", arguments: [number, name])
            }
            for (channel, price) in header.prices.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                try db.execute(
                    sql: "INSERT INTO prices VALUES (?, ?)", arguments: [channel.rawValue, price])
            }
            for (path, text) in scripts.sorted(by: { $0.key < $1.key }) {
                try db.execute(sql: "INSERT INTO scripts VALUES (?, ?)", arguments: [path, text])
            }
            for campaign in campaigns {
                try db.execute(
                    sql: "INSERT INTO campaigns VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        campaign.name, campaign.description, campaign.audience, campaign.hasAudience,
                        campaign.audienceCount,
                        campaign.silentCount,
                    ])
                for goal in campaign.goals {
                    try db.execute(
                        sql: "INSERT INTO goals VALUES (?, ?, ?, ?, ?)",
                        arguments: [campaign.name, goal.variant, goal.isHeldOut, goal.journeys, goal.met])
                }
                for stage in campaign.funnel {
                    try db.execute(
                        sql: "INSERT INTO funnel VALUES (?, ?, ?, ?, ?, ?)",
                        arguments: [
                            campaign.name, stage.kind.rawValue, stage.text, stage.script, stage.time,
                            stage.count,
                        ])
                }
            }
            for flow in flow {
                try db.execute(
                    sql: "INSERT INTO flow VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [flow.campaign, flow.source, flow.answer, flow.target, flow.word, flow.count])
            }
            for sample in samples {
                try db.execute(
                    sql: "INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        sample.customer, sample.campaign, sample.channel.rawValue, sample.address,
                        sample.subject, sample.preheader, sample.body, sample.text, sample.fromName,
                        sample.replyTo, sample.parts,
                    ])
            }
            for problem in problems {
                try db.execute(
                    sql: "INSERT INTO problems VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        problem.campaign, problem.location, problem.message, problem.count, problem.customer,
                    ])
            }
        }
        if let makeSections { try write(sections: makeSections(RunFile(path: partial))) }
        queue = nil
        defer { try? FileManager.default.removeItem(atPath: partial) }
        // A link never replaces a file, so of two runs that end at once each keeps its own.
        var number = 1
        while link(partial, path) != 0 {
            guard errno == EEXIST else { throw StoreError.readOnly(path: path) }
            number += 1
            let url = URL(fileURLWithPath: wanted)
            path = url.deletingPathExtension().path + "-\(number)." + url.pathExtension
        }
    }

    private func write(sections: [RunSection]) throws {
        let encoder = JSONEncoder()
        try write { db in
            for section in sections {
                try db.execute(
                    sql: "INSERT INTO sections VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        section.plugin, section.name, section.title,
                        String(decoding: try encoder.encode(section.columns), as: UTF8.self),
                        String(decoding: try encoder.encode(section.rows), as: UTF8.self), section.problem,
                    ])
            }
        }
    }

    private func flush() throws {
        let batch = waiting
        waiting.removeAll(keepingCapacity: true)
        let events = waitingEvents
        waitingEvents.removeAll(keepingCapacity: true)
        let bodies = waitingBodies
        waitingBodies.removeAll(keepingCapacity: true)
        let journeys = waitingJourneys
        waitingJourneys.removeAll(keepingCapacity: true)
        try write { db in
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO decisions (customer_id, campaign, step, script, time, local_time, channel, address,
                        outcome, reason, detail, subject, body_hash, scheduled, held_by, displaced_by,
                        variant, parts, place)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for decision in batch {
                try insert.execute(arguments: [
                    decision.customer, decision.campaign, decision.step, decision.script, decision.time,
                    decision.localTime, decision.channel?.rawValue, decision.address,
                    decision.outcome.rawValue,
                    decision.reason?.rawValue, decision.detail, decision.subject, decision.bodyHash,
                    decision.scheduled, decision.heldBy?.rawValue, try Self.list(decision.displacedBy),
                    decision.variant, decision.parts, decision.place,
                ])
            }
            let insertJourneys = try db.cachedStatement(sql: "INSERT INTO journeys VALUES (?, ?)")
            for (person, record) in journeys {
                try insertJourneys.execute(arguments: [person, Data(record)])
            }
            let insertEvent = try db.cachedStatement(
                sql: """
                    INSERT INTO events (customer_id, campaign, time, local_time, word, script, subject, owner, due,
                        place)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for event in events {
                try insertEvent.execute(arguments: [
                    event.customer, event.campaign, event.time, event.localTime, event.word, event.script,
                    event.subject, event.owner, event.due, event.place,
                ])
            }
            let insertBody = try db.cachedStatement(
                sql: "INSERT OR IGNORE INTO bodies VALUES (?, ?, ?, ?, ?, ?, ?)")
            for body in bodies {
                try insertBody.execute(arguments: [
                    body.hash, body.subject, body.preheader, body.fromName, body.replyTo, body.body,
                    body.text,
                ])
            }
        }
    }

    /// Costs by campaign and channel as JSON.
    private static func text(_ costs: [String: [Channel: Double]]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let named = costs.mapValues { Dictionary(uniqueKeysWithValues: $0.map { ($0.rawValue, $1) }) }
        return String(decoding: try encoder.encode(named), as: UTF8.self)
    }

    /// Names as JSON, which SQL can take apart; nil where there are none.
    private static func list(_ names: [String]) throws -> String? {
        names.isEmpty ? nil : String(decoding: try JSONEncoder().encode(names), as: UTF8.self)
    }

    private func write(_ body: (Database) throws -> Void) throws {
        guard let queue else { throw StoreError.readOnly(path: path) }
        try StoreError.wrapping(path) { try queue.write(body) }
    }
}
