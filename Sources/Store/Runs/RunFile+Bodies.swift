public import Catalog
internal import GRDB

extension RunFile {
    /// The messages with these hashes, by hash; only those that the run has kept.
    public func bodies(_ hashes: some Sequence<String>) throws -> [String: RunBody] {
        try read { db in
            var found: [String: RunBody] = [:]
            for hash in hashes {
                guard
                    let row = try Row.fetchOne(
                        db, sql: "SELECT * FROM bodies WHERE hash = ?", arguments: [hash])
                else { continue }
                found[hash] = RunBody(
                    hash: hash, subject: row["subject"], preheader: row["preheader"],
                    fromName: row["from_name"], replyTo: row["reply_to"], body: row["body"], text: row["text"]
                )
            }
            return found
        }
    }
}
