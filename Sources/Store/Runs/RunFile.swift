public import Catalog
internal import Foundation
internal import GRDB

/// A finished dry run, for reading.
public final class RunFile {
    /// Where it lies.
    public let path: String
    private let queue: DatabaseQueue

    /// Opens a run file.
    ///
    /// - Throws: ``RunFileError`` where there is none, it is something else, or another version of the program made it.
    public init(path: String) throws {
        self.path = path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw RunFileError.missing(path: path)
        }
        guard !isFolder.boolValue else { throw RunFileError.foreign(path: path) }
        do {
            queue = try Self.wrapping(path) {
                var configuration = Configuration()
                configuration.readonly = true
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                try queue.read { try Self.checkForm($0, path) }
                return queue
            }
        } catch StoreError.notADatabase {
            throw RunFileError.foreign(path: path)
        }
    }

    private static func checkForm(_ db: Database, _ path: String) throws {
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == RunFileWriter.applicationID else {
            throw RunFileError.foreign(path: path)
        }
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if version < RunFileWriter.formatVersion { throw RunFileError.older(path: path) }
        if version > RunFileWriter.formatVersion { throw RunFileError.newer(path: path) }
    }

    /// What the run depends on.
    public func header() throws -> RunHeader {
        try read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT name, value FROM run")
            let values = Dictionary(rows.map { ($0["name"] as String, $0["value"] as String) }) { first, _ in
                first
            }
            guard let now = try values["now"].map({ try instant($0) }),
                let seed = values["seed"].flatMap(UInt64.init),
                let customers = values["customers"].flatMap(Int.init), let timeZone = values["time_zone"],
                let currency = values["currency"], let sources = values["sources"]
            else { throw RunFileError.incomplete(path: path) }
            var header = RunHeader(
                now: now, timeZone: timeZone, seed: seed, currency: currency, sources: sources,
                customers: customers, until: try values["until"].map { try instant($0) },
                responses: values["responses"] ?? "none", prices: try Self.prices(db),
                asOf: try values["as_of"].map { try instant($0) })
            if let text = values["costs"] { header.costs = try costs(text) }
            return header
        }
    }

    /// An instant of the header, which no run puts beyond the years that dates have, give or take a run.
    private func instant(_ text: String) throws -> Int64 {
        guard let instant = Int64(text), instant.magnitude < 1_000_000_000_000 else {
            throw RunFileError.incomplete(path: path)
        }
        return instant
    }

    private func costs(_ text: String) throws -> [String: [Channel: Double]] {
        guard
            let named = try? JSONDecoder().decode([String: [String: Double]].self, from: Data(text.utf8))
        else { throw RunFileError.incomplete(path: path) }
        return named.mapValues { costs in
            costs.reduce(into: [:]) { found, cost in
                if let channel = Channel(rawValue: cost.key) { found[channel] = cost.value }
            }
        }
    }

    private static func prices(_ db: Database) throws -> [Channel: Double] {
        let rows = try Row.fetchAll(db, sql: "SELECT channel, price FROM prices")
        return rows.reduce(into: [:]) { prices, row in
            if let channel = Channel(rawValue: row["channel"]) { prices[channel] = row["price"] }
        }
    }

    /// The texts of the scripts that decided, by path.
    public func scripts() throws -> [String: String] {
        try read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT path, text FROM scripts")
            return Dictionary(rows.map { ($0["path"], $0["text"]) }) { first, _ in first }
        }
    }

    /// The campaigns, by name.
    public func campaigns() throws -> [RunCampaign] {
        try read { db in
            let funnels = try Self.funnels(db)
            let goals = try Self.goals(db)
            return try Row.fetchAll(db, sql: "SELECT * FROM campaigns ORDER BY name").map { row in
                RunCampaign(
                    name: row["name"], description: row["description"], audience: row["audience"],
                    hasAudience: row["has_audience"],
                    audienceCount: row["audience_count"], silentCount: row["silent_count"],
                    funnel: funnels[row["name"], default: []], goals: goals[row["name"], default: []])
            }
        }
    }

    /// The example messages.
    public func samples() throws -> [RunSample] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM samples ORDER BY rowid").map { row in
                RunSample(
                    customer: row["customer_id"], campaign: row["campaign"],
                    channel: Channel(rawValue: row["channel"]) ?? .email, address: row["address"],
                    subject: row["subject"], preheader: row["preheader"], body: row["body"],
                    text: row["text"], fromName: row["from_name"], replyTo: row["reply_to"],
                    parts: row["parts"])
            }
        }
    }

    /// What went wrong, most frequent first.
    public func problems() throws -> [RunProblem] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM problems ORDER BY rowid").map { row in
                RunProblem(
                    campaign: row["campaign"], location: row["location"], message: row["message"],
                    count: row["count"], customer: row["customer_id"])
            }
        }
    }

    /// What plugins add to the reports, in the order of plugins; nothing in files that were written before they could.
    public func sections() throws -> [RunSection] {
        try read { db in
            guard try db.tableExists("sections") else { return [] }
            let decoder = JSONDecoder()
            return try Row.fetchAll(db, sql: "SELECT * FROM sections ORDER BY rowid").map { row in
                RunSection(
                    plugin: row["plugin"], name: row["name"], title: row["title"],
                    columns: try decoder.decode([String].self, from: Data((row["columns"] as String).utf8)),
                    rows: try decoder.decode(
                        [[RunSection.Cell]].self, from: Data((row["rows"] as String).utf8)),
                    problem: row["problem"])
            }
        }
    }

    /// Hands every decision to `body`, in the order they were made, one at a time.
    public func forEachDecision(_ body: (Decision) throws -> Void) throws {
        try read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM decisions ORDER BY id")
            while let row = try rows.next() {
                try body(Decision(row))
            }
        }
    }

    /// Hands every event to `body`, in the order they were recorded, one at a time.
    public func forEachEvent(_ body: (RunEvent) throws -> Void) throws {
        try read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT * FROM events ORDER BY id")
            while let row = try rows.next() {
                try body(RunEvent(row))
            }
        }
    }

    /// How many journeys went from step to step, in their order.
    public func flow() throws -> [RunFlow] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM flow ORDER BY rowid").map { row in
                RunFlow(
                    campaign: row["campaign"], source: row["source"], answer: row["answer"],
                    target: row["target"], word: row["word"], count: row["count"])
            }
        }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.wrapping(path) { try queue.read(body) }
    }

    /// Runs `body` and says of a file that was changed or cut off that it is damaged.
    private static func wrapping<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try StoreError.wrapping(path, body)
        } catch StoreError.sqlite(path, let message) {
            throw RunFileError.unreadable(path: path, message: message)
        } catch is DecodingError {
            throw RunFileError.incomplete(path: path)
        }
    }
}

extension Decision {
    /// A row of `decisions`.
    init(_ row: Row) throws {
        let displacedBy = try (row["displaced_by"] as String?).map {
            try JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
        self.init(
            customer: row["customer_id"], campaign: row["campaign"], step: row["step"], script: row["script"],
            time: row["time"], localTime: row["local_time"],
            channel: (row["channel"] as String?).flatMap(Channel.init(rawValue:)), address: row["address"],
            outcome: Outcome(rawValue: row["outcome"]) ?? .failed,
            reason: (row["reason"] as String?).flatMap(Reason.init(rawValue:)), detail: row["detail"],
            subject: row["subject"], bodyHash: row["body_hash"], scheduled: row["scheduled"],
            heldBy: (row["held_by"] as String?).flatMap(Reason.init(rawValue:)),
            displacedBy: displacedBy ?? [], variant: row["variant"], parts: row["parts"], place: row["place"])
    }
}

extension RunEvent {
    /// A row of `events`.
    init(_ row: Row) {
        self.init(
            customer: row["customer_id"], campaign: row["campaign"], time: row["time"],
            localTime: row["local_time"], word: row["word"], script: row["script"], subject: row["subject"],
            owner: row["owner"], due: row["due"],
            place: row["place"])
    }
}
