internal import Basics
internal import Foundation

/// The CSV file of rejected rows. It gets its name when the import has ended; until then it is `NAME.part`.
final class RejectsFile {
    private let path: String
    private var partPath: String { path + ".part" }
    private var handle: FileHandle?
    private var buffer: [UInt8] = []

    init(path: String) {
        self.path = path
    }

    /// Adds a row; the first makes the file, and its folder where there is none.
    func add(file: String, line: Int, reason: String, record: String) throws {
        if handle == nil {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let descriptor = open(partPath, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
            guard descriptor >= 0 else {
                throw ImportError.rejectsNotWritable(path: path, reason: String(cString: strerror(errno)))
            }
            handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            buffer.append(contentsOf: "file,line,reason,record\n".utf8)
        }
        let row = "\(csvField(file)),\(line),\(csvField(reason)),\(csvField(record))\n"
        buffer.append(contentsOf: row.utf8)
        if buffer.count > 1 << 18 { try flush() }
    }

    /// Completes the file and gives it its name; the name, or nil where no row was rejected.
    func finish() throws -> String? {
        guard let handle else { return nil }
        try flush()
        try? handle.close()
        self.handle = nil
        guard rename(partPath, path) == 0 else {
            let reason = String(cString: strerror(errno))
            try? FileManager.default.removeItem(atPath: partPath)
            throw ImportError.rejectsNotWritable(path: path, reason: reason)
        }
        return path
    }

    /// Removes what was written.
    func discard() {
        guard let handle else { return }
        try? handle.close()
        self.handle = nil
        try? FileManager.default.removeItem(atPath: partPath)
    }

    private func flush() throws {
        do {
            try handle?.write(contentsOf: buffer)
        } catch {
            throw ImportError.rejectsNotWritable(path: path, reason: error.localizedDescription)
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
