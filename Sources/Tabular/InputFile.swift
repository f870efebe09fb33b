internal import Glibc

/// A regular file open for reading; closed when the last reference goes.
final class InputFile {
    /// The path as given.
    let path: String
    /// The size when it was opened.
    let byteCount: Int64
    /// How far `read` has come.
    private(set) var position: Int64 = 0
    private let descriptor: Int32

    /// Opens a regular file, or says why not.
    init(path: String) throws(TabularError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        var reason: String?
        if fstat(descriptor, &status) != 0 {
            reason = String(cString: strerror(errno))
        } else if status.st_mode & S_IFMT == S_IFDIR {
            reason = String(cString: strerror(EISDIR))
        } else if status.st_mode & S_IFMT != S_IFREG {
            reason = "Not a regular file"
        }
        if let reason {
            close(descriptor)
            throw .cannotOpen(path: path, reason: reason)
        }
        self.path = path
        self.descriptor = descriptor
        byteCount = Int64(status.st_size)
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    }

    deinit {
        close(descriptor)
    }

    /// Reads up to `count` bytes from where the last call ended; 0 at the end.
    func read(into target: UnsafeMutablePointer<UInt8>, count: Int) throws(TabularError) -> Int {
        let got = try read(at: position, into: target, count: count)
        position += Int64(got)
        return got
    }

    /// Goes on at a place of the file.
    func seek(to position: Int64) {
        self.position = position
    }

    /// Fills `target` with `count` bytes from `offset` on, fewer only at the end. Moves nothing.
    func read(at offset: Int64, into target: UnsafeMutablePointer<UInt8>, count: Int) throws(TabularError)
        -> Int
    {
        var got = 0
        while got < count {
            let more = pread(descriptor, target + got, count - got, off_t(offset) + off_t(got))
            if more == 0 { break }
            if more < 0 {
                if errno == EINTR { continue }
                throw .cannotRead(path: path, reason: String(cString: strerror(errno)))
            }
            got += more
        }
        return got
    }
}
