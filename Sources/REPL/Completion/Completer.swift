internal import Diagnostics
internal import LineEditor
internal import LuaRuntime
internal import Rules
internal import ScriptSyntax

/// Says what may stand at the cursor: words, fields, methods, settings, and the names and values of the workspace.
///
/// It reads the text backwards from the cursor and runs none of it. What it finds comes from the entries that describe
/// words and fields, from the variables as they are, and from the customers.
final class Completer {
    unowned let session: PromptSession
    let values: WorkspaceValues

    /// A completer for a session, which must outlive it.
    init(_ session: PromptSession) {
        self.session = session
        values = WorkspaceValues(session)
    }

    /// What may stand at a byte of the line; `before` are the earlier lines of what is typed.
    ///
    /// Cost: that of the text, and the first time for the values of a field, a question about ten thousand customers.
    func complete(before: String, line: String, cursor: Int) -> Completion {
        let bytes = Array(line.utf8)
        let cursor = min(max(0, cursor), bytes.count)
        let earlier = before.isEmpty ? "" : before + "\n"
        var text = earlier + String(decoding: bytes[..<cursor], as: UTF8.self)
        let isQuestion = text.hasPrefix("?")
        if isQuestion { text = " " + text.dropFirst() }
        let rest = String(decoding: bytes[cursor...], as: UTF8.self)
        let place = Place(
            reader: DraftReader(Draft(text), session), offset: earlier.utf8.count, end: text.utf8.count,
            rest: rest,
            isQuestion: isQuestion)
        return session.reading { try completion(at: place) } ?? .nothing(at: cursor)
    }

    /// Where something is to be completed.
    struct Place {
        let reader: DraftReader
        /// Where in the text the line begins.
        let offset: Int
        /// Where in the text the cursor is.
        let end: Int
        /// What stands behind the cursor.
        let rest: String
        /// Whether a question about a word is typed: `?c.orders`.
        let isQuestion: Bool

        var draft: Draft { reader.draft }

        /// A byte of the text as one of the line; nil in an earlier line.
        func inLine(_ byte: Int) -> Int? { byte >= offset ? byte - offset : nil }
    }

    private func completion(at place: Place) throws -> Completion {
        switch place.draft.ending {
        case .comment: return .nothing(at: place.end - place.offset)
        case .text(let quote, let start): return try completion(ofTextFrom: start, quote, at: place)
        case .code: return completion(ofCodeAt: place)
        }
    }

    // MARK: Names

    private func completion(ofCodeAt place: Place) -> Completion {
        let draft = place.draft
        let cursor = place.end - place.offset
        guard let last = draft.pieces.last, last.range.end == place.end else {
            return completion(ofName: "", before: draft.pieces.count, at: place, from: cursor)
        }
        let prefix = String(decoding: draft.text[last.range.start..<last.range.end], as: UTF8.self)
        guard prefix.first.map({ $0.isLetter || $0 == "_" }) == true else {
            // Behind a literal or a closing bracket a blank or a sign comes first.
            if case .word(let sign) = last.kind, ![")", "]", "}"].contains(sign) {
                return completion(ofName: "", before: draft.pieces.count, at: place, from: cursor)
            }
            return .nothing(at: cursor)
        }
        if case .text = last.kind { return .nothing(at: cursor) }
        return completion(
            ofName: prefix, before: draft.pieces.count - 1, at: place, from: cursor - prefix.utf8.count)
    }

    /// What a name may be that begins behind the pieces before `end`.
    private func completion(ofName prefix: String, before end: Int, at place: Place, from start: Int)
        -> Completion
    {
        let draft = place.draft
        switch draft.word(end - 1) {
        case ".":
            guard let subject = place.reader.meaning(before: end - 1) else { return .nothing(at: start) }
            return completion(
                of: subject, dottedWith: prefix, dot: draft.pieces[end - 1].range.start, place, start)
        case ":":
            guard let subject = place.reader.meaning(before: end - 1) else { return .nothing(at: start) }
            let methods = subject.methods(session).map(candidate)
            return chosen(prefix, methods, at: start, what: "method")
        case "function", "for", "local", "goto", "::": return .nothing(at: start)
        default: break
        }
        if isBehindValue(end, draft) {
            guard !prefix.isEmpty else { return .nothing(at: start) }
            return chosen(prefix, Self.joining.map { Completion.Candidate($0) }, at: start, what: nil)
        }
        let keys = keys(before: end, at: place)
        if !keys.isEmpty {
            let fitting = Fitting(prefix).choose(keys)
            if prefix.isEmpty || !fitting.isEmpty {
                return Completion(start: start, candidates: fitting, note: nil)
            }
        }
        return chosen(
            prefix, names(place, isPrefixEmpty: prefix.isEmpty), at: start,
            what: keys.isEmpty ? "name" : "setting")
    }

    /// What can follow a value.
    private static let joining = ["and", "do", "else", "elseif", "end", "or", "then", "until"]

    /// Whether the piece before a place, on the same line, ends a value, so that no other can follow.
    private func isBehindValue(_ end: Int, _ draft: Draft) -> Bool {
        guard end > 0, draft.pieces.count >= end else { return false }
        let from = draft.pieces[end - 1].range.end
        let until = draft.pieces.count > end ? draft.pieces[end].range.start : draft.text.count
        guard !draft.text[from..<until].contains(UInt8(ascii: "\n")) else { return false }
        switch draft.pieces[end - 1].kind {
        case .name, .text, .number: return true
        case .word(let word):
            guard [")", "]", "}", "end", "true", "false", "nil"].contains(word) else { return false }
            // The parameters of a function are followed by its statements.
            return word != ")"
                || draft.opening(end - 1).map { draft.isCallee(before: $0) || !draft.isParameterList($0) }
                    ?? true
        }
    }

    private func completion(
        of subject: Meaning, dottedWith prefix: String, dot: Int, _ place: Place, _ start: Int
    ) -> Completion {
        let fields = subject.fields(session)
        if fields.isEmpty {
            // Whoever knows other languages writes a dot where Lua has a colon.
            let methods = subject.methods(session).map(candidate)
            let fitting = Fitting(prefix).choose(methods).map {
                Completion.Candidate(":" + $0.text, label: $0.label, detail: $0.detail)
            }
            guard let dotInLine = place.inLine(dot), !fitting.isEmpty else { return .nothing(at: start) }
            return Completion(start: dotInLine, candidates: fitting, note: nil)
        }
        let what =
            switch subject {
            case .word: "segment"
            case .library: "function"
            default: "field"
            }
        let found = chosen(prefix, fields.map(candidate), at: start, what: what)
        guard let dotInLine = place.inLine(dot), found.candidates.contains(where: { !isLuaName($0.text) })
        else {
            return found
        }
        // A name that Lua does not read behind a dot stands in brackets, in the place of the dot.
        return Completion(
            start: dotInLine,
            candidates: found.candidates.map {
                return Completion.Candidate(luaAccess($0.text), label: $0.label, detail: $0.detail)
            }, note: nil)
    }

    private func candidate(_ member: Member) -> Completion.Candidate {
        let detail = [member.type, member.doc].filter { !$0.isEmpty }.joined(separator: "  ")
        return Completion.Candidate(member.name, detail: detail)
    }

    // MARK: Settings

    /// The keys of the table in which a name begins, but for those that it has.
    private func keys(before end: Int, at place: Place) -> [Completion.Candidate] {
        let draft = place.draft
        guard let opener = draft.opener(before: end), draft.word(opener) == "{",
            ["{", ",", ";"].contains(draft.word(end - 1)),
            case .argument(.word(let word, let subject), let number) = place.reader.valuePlace(before: opener)
        else { return [] }
        var keys = word.settings.map {
            Completion.Candidate("\($0) = ", label: $0, detail: word.doc(ofSetting: $0))
        }
        if word.things(at: number).contains(where: \.isOfFields), !place.reader.isDefinition(word) {
            let fields = (try? values.entries(.fields, of: subject, prefix: "")) ?? []
            keys += fields.map { Completion.Candidate("\($0.name) = ", label: $0.name, detail: $0.detail) }
        }
        let given = Set((opener..<end).filter { draft.word($0 + 1) == "=" }.compactMap { draft.name($0) })
        return keys.filter { !given.contains($0.label) }
    }

    // MARK: Words

    private func names(_ place: Place, isPrefixEmpty: Bool) -> [Completion.Candidate] {
        var found = place.reader.localNames.map { Completion.Candidate($0, detail: "local") }
        let host = session.host
        found += host.variableNames.map { name in
            let type = host.variable(name).map { Meaning(of: $0, session).typeName } ?? ""
            return Completion.Candidate(name, detail: type)
        }
        let words = (session.words + ruleWords + host.providedWords).sorted { $0.name < $1.name }
        found += words.map { Completion.Candidate($0.name, detail: "\($0.signature)  \($0.doc)") }
        if place.isQuestion {
            let topics = (try? values.entries(.topic, of: nil, prefix: "")) ?? []
            found += topics.map {
                Completion.Candidate(
                    isLuaName($0.name) ? $0.name : luaLiteral($0.name), label: $0.name, detail: $0.detail)
            }
        }
        if !isPrefixEmpty {
            let tests = Set((hostWords + host.providedWords).map(\.name))
            found += host.state.words.filter { !tests.contains($0) }.map {
                Completion.Candidate($0, detail: "Lua")
            }
            found += LuaBeginning.reservedWords.map { Completion.Candidate($0, detail: "") }
        }
        var seen: Set<String> = []
        return found.filter { seen.insert($0.label).inserted }
    }

    // MARK: Choosing

    /// Those of the candidates that fit what is typed, or what to say where none does.
    func chosen(
        _ prefix: String, _ candidates: [Completion.Candidate], at start: Int, what: String?
    ) -> Completion {
        let fitting = Fitting(prefix).choose(candidates)
        guard fitting.isEmpty, !prefix.isEmpty, let what else {
            return Completion(start: start, candidates: fitting, note: nil)
        }
        let nearest = nearestName(to: prefix, in: candidates.map(\.label))
        let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
        return .nothing(at: start, "no \(what) '\(prefix)'\(hint)")
    }
}

/// A text as it stands in a literal between such quotes.
func escaped(_ text: String, quote: String) -> String {
    guard quote == "\"" || quote == "'" else { return text }
    return text.replacing("\\", with: "\\\\").replacing(quote, with: "\\\(quote)")
}
