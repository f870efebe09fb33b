internal import Diagnostics
internal import Foundation

/// The chunks of all sessions in a workspace, oldest first: a line for each, `\n` within it as `\n`, `\` as `\\`.
///
/// Sessions take turns by a lock on the file. Each appends its own chunks; the first to find too many of them puts a
/// shorter file in the place of the old one.
struct HistoryFile {
    /// So many chunks are kept.
    static let most = 5000
    /// What lies before the last so many bytes is not read.
    private static let tail = 16 << 20

    let url: URL

    /// The last chunks; none where there is no file yet.
    func load() throws(HistoryError) -> [String] {
        guard FileManager.default.fileExists(atPath: url.path) else { return [] }
        let handle = try open(O_RDWR | O_APPEND)
        defer { close(handle) }
        let size = Int(try status(handle).st_size)
        let start = max(0, size - Self.tail)
        var bytes = [UInt8](repeating: 0, count: size - start)
        guard pread(handle, &bytes, bytes.count, off_t(start)) == bytes.count else { throw failure() }
        var lines = bytes.split(separator: UInt8(ascii: "\n"))
        // The first of them may be cut.
        if start > 0, !lines.isEmpty { lines.removeFirst() }
        let kept = lines.suffix(Self.most)
        if start > 0 || lines.count > Self.most { try replace(with: kept) }
        return kept.map(Self.unescaped)
    }

    /// Adds a chunk.
    func append(_ chunk: String) throws(HistoryError) {
        try? FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let handle = try open(O_RDWR | O_APPEND | O_CREAT)
        defer { close(handle) }
        let size = try status(handle).st_size
        guard write(Array((Self.escaped(chunk) + "\n").utf8), to: handle) else {
            let failure = failure()
            // On a full disk no half of a chunk stays.
            ftruncate(handle, size)
            throw failure
        }
    }

    /// The file, locked, and readable by nobody else.
    private func open(_ flags: Int32) throws(HistoryError) -> Int32 {
        while true {
            // A pipe in its place would never open.
            let handle = Foundation.open(url.path, flags | O_CLOEXEC | O_NONBLOCK, 0o600)
            guard handle >= 0 else { throw failure() }
            do throws(HistoryError) {
                guard try status(handle).st_mode & S_IFMT == S_IFREG else {
                    throw HistoryError(path: url.path, reason: "it is not a file")
                }
                guard flock(handle, LOCK_EX) == 0, fchmod(handle, 0o600) == 0 else { throw failure() }
                // Another session may have put a new file here while this one waited for the lock.
                var present = stat()
                if stat(url.path, &present) == 0, present.st_ino == (try status(handle)).st_ino {
                    return handle
                }
            } catch {
                close(handle)
                throw error
            }
            close(handle)
        }
    }

    /// Puts a file with these lines in the place of the old one, whose lock is held.
    private func replace(with lines: ArraySlice<ArraySlice<UInt8>>) throws(HistoryError) {
        let path = url.path + ".\(getpid())"
        let handle = Foundation.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard handle >= 0 else { throw failure() }
        defer { close(handle) }
        let text = Array(lines.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
        guard write(text, to: handle), fsync(handle) == 0, rename(path, url.path) == 0 else {
            let failure = failure()
            unlink(path)
            throw failure
        }
    }

    private func write(_ bytes: [UInt8], to handle: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func status(_ handle: Int32) throws(HistoryError) -> stat {
        var status = stat()
        guard fstat(handle, &status) == 0 else { throw failure() }
        return status
    }

    private func failure() -> HistoryError {
        HistoryError(path: url.path, reason: String(cString: strerror(errno)))
    }

    static func escaped(_ chunk: String) -> String {
        chunk.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    static func unescaped(_ line: ArraySlice<UInt8>) -> String {
        let mark = UInt8(ascii: "\\")
        guard line.contains(mark) else { return String(decoding: line, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = line
        while let byte = rest.popFirst() {
            let next = byte == mark ? rest.popFirst() : nil
            text.append(next == UInt8(ascii: "n") ? UInt8(ascii: "\n") : next ?? byte)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Why the history is not kept.
struct HistoryError: Error, Diagnosable {
    let path: String
    let reason: String

    var diagnostic: Diagnostic {
        Diagnostic(
            "the history of the prompt cannot be kept in \(path): \(reason)", severity: .warning,
            hint:
                "lines of this session are forgotten at its end; make it a file that you can write, or move it away"
        )
    }
}
