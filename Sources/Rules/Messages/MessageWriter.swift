internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Messages
internal import Templates

/// Writes one message for the customer whose turn it is.
struct MessageWriter {
    private let host: RuleHost
    private let message: MessageTemplate
    private let kind: Campaign.Kind
    private let scope: LuaReference
    private let makeScope: LuaFunction
    private var missing: [MissingValue] = []

    init(
        _ host: RuleHost, _ message: MessageTemplate, _ kind: Campaign.Kind, _ scope: LuaReference,
        _ makeScope: LuaFunction
    ) {
        self.host = host
        self.message = message
        self.kind = kind
        self.scope = scope
        self.makeScope = makeScope
    }

    /// More bytes than this WeCom cuts off, by its reference of application messages (text, `content`):
    /// https://developer.work.weixin.qq.com/document/path/90236
    static let wecomByteLimit = 2048

    mutating func write(_ words: MessageWords) throws -> Rendering {
        let subject = try header("subject")
        let preheader = try header("preheader")
        let fromName = try header("from_name").flatMap { $0.isEmpty ? nil : $0 }
        let replyTo = try replyTo()
        let body = try print(message.body, message.file.path)
        let written = try message.text.map { try print($0, message.file.path).trimmingBlankLines }
        var rendered = RenderedMessage(
            subject: subject, preheader: preheader, fromName: fromName, replyTo: replyTo, html: nil,
            writtenText: nil, length: nil, parts: nil, missing: [], problems: [])
        if message.file.format == .text {
            let rules = host.channelRules(message.file.channel)
            let text = try rules?.text(body.trimmingBlankLines, kind) ?? body.trimmingBlankLines
            if let reason = try tooLong(text, rules, &rendered) {
                return .heldBack(.tooLong, detail: reason)
            }
            rendered.writtenText = text
        } else {
            let html = message.file.format == .markdown ? try self.html(ofMarkdown: body) : body
            rendered.html =
                try message.layout.map { layout in
                    try print(
                        layout.render, layout.path,
                        within: [
                            ("content_for_layout", html), ("subject", subject ?? ""),
                            ("preheader", preheader ?? ""),
                        ])
                } ?? html
            rendered.writtenText = written
        }
        rendered.missing = missing
        rendered.problems = words.problems
        return .written(rendered)
    }

    private func html(ofMarkdown body: String) throws -> String {
        guard body.utf8.count <= Markdown.limit else {
            throw LuaError(
                "a body in Markdown has at most \(Markdown.limit >> 10) KB",
                at: SourceLocation(file: message.file.path, line: message.file.bodyLine),
                hint: "write the long part in HTML")
        }
        return Markdown.html(body)
    }

    /// Why a text is longer than its channel takes; nil where it is not.
    private func tooLong(
        _ text: String, _ rules: ChannelRules?, _ rendered: inout RenderedMessage
    ) throws -> String? {
        var detail = ""
        switch (try rules?.length(of: text), message.file.channel) {
        case (.tooLong(let reason)?, _): return "\(reason) (\(message.file.path))"
        case (.parts(let parts)?, _): rendered.parts = parts
        case (nil, .sms):
            let counted = SMSLength(text)
            rendered.length = counted
            rendered.parts = counted.parts
            detail = " (\(counted.units) units of \(counted.encoding.rawValue))"
        case (nil, .wecom) where text.utf8.count > Self.wecomByteLimit:
            return "\(text.utf8.count) bytes, at most \(Self.wecomByteLimit) (\(message.file.path))"
        case (nil, _): return nil
        }
        let limit = message.file.maxParts
        guard message.file.channel == .sms, let parts = rendered.parts, parts > limit else { return nil }
        return "\(parts) parts\(detail), at most \(limit) (\(message.file.place(of: "max_parts")))"
    }

    /// A value of the front matter that stands in a header of the mail, in which a line break of a customer's would begin
    /// another; nil where the template has none.
    private mutating func header(_ key: String) throws -> String? {
        guard let render = message.values[key] else { return nil }
        let text = try print(render, message.file.path)
        if text.isSingleSpaced { return text }
        let words = text.split { character in
            character.isWhitespace
                || character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
        }
        return words.joined(separator: " ")
    }

    private mutating func replyTo() throws -> String? {
        guard let address = try header("reply_to"), !address.isEmpty else { return nil }
        guard isUsableEmail(address) else {
            throw LuaError(
                "'reply_to' is no e-mail address\(host.mention(address, instead: ""))",
                at: SourceLocation(file: message.file.path, line: message.file.place(of: "reply_to").line),
                hint: "give the output a default that is one")
        }
        return address
    }

    /// What a template prints; notes what was missing.
    private mutating func print(
        _ render: LuaFunction, _ path: String, within values: [(name: String, value: String)] = []
    ) throws -> String {
        var scope = scope
        if !values.isEmpty {
            let table = LuaTable(fields: values.map { ($0.name, .text($0.value)) })
            scope = try host.state.keep(
                makeScope, message.ownLanguage, .value(.missing), .reference(self.scope), .value(.missing),
                .value(.table(table)), within: .template)
        }
        let (output, gaps) = try host.state.callForTwo(render, .reference(scope), within: .template)
        if case .table(let list) = gaps {
            for case .table(let gap) in list.array {
                guard
                    case (.integer(let line), .integer(let column), .text(let variable)) =
                        (gap["line"], gap["column"], gap["path"])
                else { continue }
                var file = path
                if case .text(let partial) = gap["file"] { file = partial }
                missing.append(
                    MissingValue(
                        path: variable,
                        location: SourceLocation(file: file, line: Int(line), column: Int(column))))
            }
        }
        guard case .text(let text) = output else { return "" }
        return text
    }
}

extension String {
    /// Whether single blanks stand between its words and nothing else is white space or a control character; false also
    /// where only a look at each character would tell.
    fileprivate var isSingleSpaced: Bool {
        // As if there were a blank before it, so that it may not begin with one.
        var previous = UInt8(ascii: " ")
        for byte in utf8 {
            switch (previous, byte) {
            // Of blanks and controls beyond ASCII each begins like this (U+0080 to U+00BF, U+1680, U+2000 to U+207F,
            // U+3000); some other characters do too.
            case (_, ..<0x20), (_, 0x7F), (_, 0xC2), (0xE1, 0x9A), (0xE2, 0x80...0x81), (0xE3, 0x80):
                return false
            case (UInt8(ascii: " "), UInt8(ascii: " ")): return false
            default: previous = byte
            }
        }
        return previous != UInt8(ascii: " ")
    }

    /// Without the white space before the first and behind the last line.
    fileprivate var trimmingBlankLines: String {
        guard let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        let text = self[...unicodeScalars.index(before: unicodeScalars.index(after: last))]
        let blank = text.prefix { $0.isWhitespace }
        let start = blank.lastIndex { $0.isNewline }.map { text.index(after: $0) } ?? text.startIndex
        return String(text[start...])
    }
}
