internal import Diagnostics
internal import Synchronization
internal import Templates

/// How messages are written.
public struct MessageOptions: Sendable {
    /// Whether what templates print is escaped in HTML.
    public var escapesHTML = true
    /// Whether messages tell which branches of their templates ran (``RenderedMessage/branches``).
    public var notesBranches = false
    /// Where the links of a message for itself lead.
    public var links = MessageLinks()

    /// Escaped, silent about branches, and without links of their own.
    public init() {}
}

/// What templates were compiled to, by their text: hosts of several threads, and one that takes the place of another, share
/// the work.
final class TemplateCache: Sendable {
    struct Key: Hashable {
        var path: String
        var source: String
        var part: TemplateFile.Part
        var escapes: Bool
        var additions: LiquidAdditions
    }

    private let compiled = Mutex<[Key: CompiledTemplate]>([:])

    subscript(key: Key) -> CompiledTemplate? {
        get { compiled.withLock { $0[key] } }
        set { compiled.withLock { $0[key] = newValue } }
    }
}

/// Compiles the parts of template files, each text once.
struct TemplateCompiler {
    let options: MessageOptions
    let cache: TemplateCache
    /// The filters and tags of plugins.
    let additions: LiquidAdditions
    /// All branches so far, by their numbers.
    private(set) var branches: [BranchUse] = []

    init(_ options: MessageOptions, _ cache: TemplateCache, _ additions: LiquidAdditions) {
        self.options = options
        self.cache = cache
        self.additions = additions
    }

    /// A part of a file that was read from `source`; nil where the file has none.
    mutating func compiled(
        _ part: TemplateFile.Part, of file: TemplateFile, source: String
    ) throws -> CompiledTemplate? {
        if options.notesBranches {
            // The numbers of branches are those of this host alone.
            let made = try file.compiled(
                part, escapes: options.escapesHTML, firstBranch: branches.count, additions: additions)
            branches += made?.branches ?? []
            return made
        }
        let key = TemplateCache.Key(
            path: file.path, source: source, part: part, escapes: options.escapesHTML,
            additions: additions)
        if let known = cache[key] { return known }
        let made = try file.compiled(part, escapes: options.escapesHTML, additions: additions)
        if let made { cache[key] = made }
        return made
    }

    /// The branches that have these numbers, and the others in their files.
    func branches(_ numbers: Set<Int>) -> MessageBranches {
        let run = Set(numbers.filter { $0 < branches.count }.map { MessageBranch(branches[$0]) })
        let files = Set(run.map(\.location.file))
        let all = branches.lazy.filter { files.contains($0.location.file) }.map(MessageBranch.init)
        return MessageBranches(run: run, others: Set(all).subtracting(run))
    }
}

extension MessageBranch {
    fileprivate init(_ use: BranchUse) {
        location = use.location
        tag = use.tag.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        isSkipped = use.isSkipped
    }
}
