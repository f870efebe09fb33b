import Diagnostics

/// Builds the tree of a template from its tokens.
struct LiquidParser {
    /// The names that the template gives values to, wherever it does.
    struct Names {
        /// By `assign` and `capture`.
        var assigned: Set<String> = []
        /// By `increment` and `decrement`.
        var counted: Set<String> = []
        /// Whether an `include` may give values to any name.
        var isOpen = false
    }

    /// A block that waits for its end.
    struct OpenBlock {
        var tag: String
        var token: TemplateToken
    }

    let text: TemplateText
    private var tokens: [TemplateToken]
    private var index = 0
    private var depth = 0
    /// Where the tokens end.
    private var end: SourceLocation
    var names = Names()
    let role: TemplateRole
    let strictness: Strictness
    let additions: LiquidAdditions
    var layout: TemplateLayout?
    /// Where the name of the layout begins.
    var layoutPlace: Int?
    private(set) var comments: [TemplateComment]

    /// Blocks in each other beyond this are refused: Lua's parser has a limit of 200 levels, of which
    /// expressions and the functions around deep blocks need some.
    private static let depthLimit = 100

    init(
        text: TemplateText, role: TemplateRole, strictness: Strictness, additions: LiquidAdditions
    ) throws(TemplateError) {
        self.text = text
        self.role = role
        self.strictness = strictness
        self.additions = additions
        (tokens, comments) = try TemplateTokenizer.tokens(of: text)
        end = text.end
    }

    /// The whole template.
    mutating func parseTemplate() throws(TemplateError) -> [LiquidNode] {
        try nodes(until: [], of: nil).nodes
    }

    /// The nodes up to one of the tags that may divide or end the block, and that tag.
    mutating func nodes(
        until ends: Set<String>, of block: OpenBlock?
    ) throws(TemplateError) -> (nodes: [LiquidNode], end: TemplateToken?) {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit + 1, let token = block?.token ?? tokens.first {
            throw error(.tooDeep(limit: Self.depthLimit), at: token)
        }
        var nodes: [LiquidNode] = []
        while index < tokens.count {
            let token = tokens[index]
            index += 1
            switch token.kind {
            case .text, .raw: nodes.append(textNode(token))
            case .output: nodes += try output(token)
            case .tag:
                if ends.contains(token.name) { return (nodes, token) }
                if token.name == "layout" {
                    try readLayout(token, isFirst: depth == 1 && nodes.isBlank)
                    continue
                }
                nodes += try tag(token, in: block)
            }
        }
        guard let block else { return (nodes, nil) }
        throw unclosed(block, instead: nil, at: end)
    }

    /// Parses the lines of a `liquid` tag in place of the tokens that follow.
    mutating func nodes(
        of lines: [TemplateToken], in token: TemplateToken
    ) throws(TemplateError) -> [LiquidNode] {
        for line in lines where line.name == "#" {
            let range = line.start..<line.content.upperBound
            comments.append(TemplateComment(content: line.content, range: range))
        }
        let outer = (tokens, index, end)
        (tokens, index, end) = (lines, 0, text.location(at: token.content.upperBound))
        defer { (tokens, index, end) = outer }
        return try nodes(until: [], of: nil).nodes
    }

    /// A node in the line of the token.
    func node(_ kind: LiquidNode.Kind, _ token: TemplateToken) -> LiquidNode {
        let place =
            switch token.kind {
            case .tag: token.start..<token.start + token.name.utf8.count
            case .output: text.trimmed(token.content)
            case .text, .raw: token.content
            }
        return LiquidNode(kind: kind, place: place, line: text.line(at: token.start))
    }

    /// A tag without its braces.
    func inside(_ token: TemplateToken) -> Range<Int> {
        token.start..<max(token.start + token.name.utf8.count, text.trimmed(token.content).upperBound)
    }

    /// The parser of a token's markup.
    func markup(_ token: TemplateToken) throws(TemplateError) -> ExpressionParser {
        try ExpressionParser(text: text, range: token.content, addedFilters: additions.filters)
    }

    /// An error at the name of a tag.
    func error(_ kind: TemplateError.Kind, at token: TemplateToken) -> TemplateError {
        TemplateError(kind: kind, location: text.location(at: token.start), token: token.name)
    }

    /// An output or an `echo`; nothing where the markup is empty.
    func output(_ token: TemplateToken) throws(TemplateError) -> [LiquidNode] {
        var markup = try markup(token)
        guard let pipeline = try markup.pipeline() else {
            // Even an output of nothing keeps a block from being blank.
            return [node(.text(""), token)]
        }
        return [node(.output(pipeline), token)]
    }

    func unclosed(_ block: OpenBlock, instead: String?, at place: SourceLocation) -> TemplateError {
        error(.unclosedTag(block.tag, instead: instead, at: place), at: block.token)
    }

    private func textNode(_ token: TemplateToken) -> LiquidNode {
        let content = text.string(token.content)
        let isSpace = token.kind == .text && text.trimmed(token.content).isEmpty
        return node(isSpace ? .space(content) : .text(content), token)
    }
}
