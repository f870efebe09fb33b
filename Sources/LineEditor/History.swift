internal import CReadline
internal import Diagnostics
internal import Foundation

/// The chunks of this session and those before it, in readline's list and in a file.
struct History {
    private let file: HistoryFile?
    private var last: String?
    private var warning: Diagnostic?
    private var hasWarned = false

    /// A longer chunk is a paste of data, not something to come back to.
    private static let longest = 64 << 10

    /// A history with what the file holds; nil for none.
    init(file url: URL?) {
        file = url.map(HistoryFile.init)
        using_history()
        stifle_history(Int32(HistoryFile.most))
        do {
            for chunk in try file?.load() ?? [] { remember(chunk) }
        } catch {
            warning = error.diagnostic
        }
    }

    /// Keeps a chunk: not where it begins with a blank, nor twice in a row.
    mutating func keep(_ chunk: String) {
        guard let first = chunk.first, first != " ", chunk != last, chunk.utf8.count <= Self.longest,
            !chunk.allSatisfy(\.isWhitespace)
        else { return }
        remember(chunk)
        do {
            try file?.append(chunk)
        } catch {
            warning = error.diagnostic
        }
    }

    private mutating func remember(_ chunk: String) {
        add_history(chunk)
        last = chunk
    }

    /// Says on standard error why chunks are not kept; once.
    mutating func warn() {
        guard let warning, !hasWarned else { return }
        hasWarned = true
        let text = DiagnosticRenderer { _ in nil }.render(warning)
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
