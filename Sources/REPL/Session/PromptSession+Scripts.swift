internal import Basics
internal import Diagnostics
internal import Rules

extension PromptSession {
    /// Segments of changed scripts that are counted before and after.
    private static let countLimit = 20

    /// What there is to say of scripts that have changed while nothing was typed; nil where none has.
    func newsOfScripts() -> String? {
        guard bench.fingerprint() != fingerprint else { return nil }
        let news = reading { try readScripts() } ?? []
        return news.isEmpty ? nil : news.joined(separator: "\n")
    }

    /// Loads the scripts again where one has changed, and gives what is to be said of it: what it did to their segments.
    /// Where they do not load, those of before stay, and the error is told once.
    func readScripts(countsSegments: Bool = true) throws -> [String] {
        let now = bench.fingerprint()
        guard now != fingerprint else { return [] }
        fingerprint = now
        let files: [ScriptFile]
        do {
            files = try bench.rules(at: bench.clock(), templates: false).scripts
        } catch {
            return tell(error)
        }
        let before = Dictionary(scripts.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let after = Dictionary(files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
        let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
        // A template says nothing here; previews and dry runs read it anew.
        guard !changed.isEmpty else { return [] }
        let old = countsSegments ? try counts(ofSegmentsIn: changed) : [:]
        do {
            try host.reload(files)
        } catch {
            return tell(error)
        }
        scripts = files
        didRedefine()
        guard countsSegments else { return [] }
        let new = try counts(ofSegmentsIn: changed)
        var news = changed.sorted().map { after[$0] == nil ? "\($0) is gone" : "\($0) read again" }
        for name in Set(old.keys).union(new.keys).sorted() {
            switch (old[name] ?? nil, new[name] ?? nil) {
            case (let was?, let count?) where was != count:
                news.append("  segment \(name): \(grouped(was)) → \(counted(count, "customer"))")
            case (_?, _?): break
            case (nil, let count?): news.append("  segment \(name): \(counted(count, "customer"))")
            case (_, nil): news.append("  segment \(name) is gone")
            }
        }
        return news
    }

    private func tell(_ error: any Error) -> [String] {
        [text(of: error), "The scripts of before stay in force until that is mended."]
    }

    /// How many customers are in each segment that one of these scripts defines.
    private func counts(ofSegmentsIn paths: Set<String>) throws -> [String: Int] {
        let segments = host.segments.values.filter { paths.contains($0.location.file) }
        try findPopulations(for: segments.map(\.name))
        return try Dictionary(
            uniqueKeysWithValues: segments.sorted { $0.name < $1.name }.prefix(Self.countLimit).map {
                ($0.name, try count($0.members))
            })
    }

    /// How many customers belong to an audience.
    func count(_ expression: SegmentExpression) throws -> Int {
        try QueryObject(asking: QueryObject.Question(audience: expression), self).count(self)
    }
}
