internal import Catalog
internal import LuaRuntime
internal import Rules

/// Tells what the chains of a draft stand for, and where in it a value stands.
///
/// Types come from the entries of words, from the fields that there are, and from the variables as they are now; nothing
/// that was typed is run.
struct DraftReader {
    let draft: Draft
    let session: PromptSession
    /// Names that stand for others, one inside the other: what goes on longer turns in a circle.
    private static let depthLimit = 12

    init(_ draft: Draft, _ session: PromptSession) {
        (self.draft, self.session) = (draft, session)
    }

    // MARK: Chains

    /// What the chain before a place stands for; nil where there is none, or nobody can say.
    func meaning(before end: Int, depth: Int = 0) -> Meaning? {
        guard depth < Self.depthLimit, let chain = draft.chain(before: end) else { return nil }
        var meaning: Meaning?
        for (number, step) in chain.steps.enumerated() {
            if number > 0, meaning == nil { return nil }
            meaning = self.meaning(of: step, behind: meaning, depth: depth)
        }
        return meaning
    }

    private func meaning(of step: Draft.Step, behind subject: Meaning?, depth: Int) -> Meaning? {
        switch step {
        case .name(let name, let place): return meaning(of: name, at: place, depth: depth)
        case .text: return .text
        case .literal: return .value
        case .group(let range):
            guard range.isEmpty == false, let chain = draft.chain(before: range.upperBound) else {
                return nil
            }
            let inner = meaning(before: range.upperBound, depth: depth + 1)
            // A combination of segments is one.
            if case .segment? = inner { return chain.start > range.lowerBound ? .segment(nil) : inner }
            return chain.start == range.lowerBound ? inner : nil
        case .member(let name): return member(name, of: subject)
        case .method(let name): return subject?.methods(session).first { $0.name == name }?.meaning
        case .index(let range):
            if range.count == 1, let key = draft.literal(range.lowerBound) { return member(key, of: subject) }
            return subject?.element
        case .call(let arguments):
            if case .word(let word, _)? = subject, isDefinition(word), arguments.count == 1,
                draft.literal(arguments.lowerBound) != nil
            {
                // The table that defines it follows.
                return subject
            }
            return subject?.result()
        }
    }

    private func member(_ name: String, of subject: Meaning?) -> Meaning? {
        guard let subject else { return nil }
        if let member = subject.fields(session).first(where: { $0.name == name }) { return member.meaning }
        if case .word(let word, of: nil) = subject, word.gives == "segment" { return .segment(nil) }
        return subject.methods(session).first { $0.name == name }?.meaning
    }

    /// Whether a word takes a name, and then a table.
    func isDefinition(_ word: HostWord) -> Bool {
        word.place == .script && word.signature.hasPrefix("\(word.name) \"")
    }

    // MARK: Names

    private func meaning(of name: String, at place: Int, depth: Int) -> Meaning? {
        if let found = local(name, before: place, depth: depth) { return found.meaning }
        if let live = session.host.variable(name) { return Meaning(of: live, session) }
        return word(name) ?? (name == "c" ? .customer : nil)
    }

    /// What a word means that nobody has defined anew.
    func word(_ name: String) -> Meaning? {
        if let word = session.words.first(where: { $0.name == name }) {
            // An object stands there without being called.
            return word.signature == name ? Meaning.named(word.gives, nil) : .word(word, of: nil)
        }
        if let word = (hostWords + session.host.providedWords).first(where: { $0.name == name }) {
            return .word(word, of: nil)
        }
        return libraryNames.contains(name) ? .library(name) : nil
    }

    /// The names that are declared in the draft and seen at its end, the last first.
    var localNames: [String] {
        var names: [String] = []
        _ = declaration(before: draft.pieces.count) { name, _ in
            if !names.contains(name) { names.append(name) }
            return false
        }
        return names
    }

    private enum Declaration {
        /// As this expression in the list that begins in a place.
        case assigned(number: Int, from: Int)
        /// As this parameter of the function in a place.
        case parameter(number: Int, of: Int)
        /// As this variable of a loop over what is iterated in a place.
        case loop(number: Int, over: Int)
        case function
    }

    private func local(_ name: String, before place: Int, depth: Int) -> (meaning: Meaning?, Void)? {
        guard let declaration = declaration(before: place, where: { found, _ in found == name }) else {
            return nil
        }
        switch declaration {
        case .assigned(let number, let start):
            return (expression(number, from: start, depth: depth + 1), ())
        case .parameter(let number, let function):
            return (parameter(number, named: name, of: function, depth: depth + 1), ())
        case .loop(let number, let start): return (loop(number, over: start, depth: depth + 1), ())
        case .function: return (.value, ())
        }
    }

    /// The last declaration before a place, seen from there, for which `isMeant` holds.
    private func declaration(
        before end: Int, where isMeant: (String, Declaration) -> Bool
    ) -> Declaration? {
        var place = end - 1
        while place >= 0 {
            if let opening = draft.opening(place) {
                place = opening - 1
                continue
            }
            let found: [(String, Declaration)]
            switch draft.word(place) {
            case "local": found = locals(at: place, before: end)
            case "function": found = parameters(of: place)
            case "do": found = loopVariables(before: place)
            case "=": found = assigned(at: place, before: end)
            default: found = []
            }
            if let meant = found.first(where: { isMeant($0.0, $0.1) }) { return meant.1 }
            place -= 1
        }
        return nil
    }

    private func locals(at place: Int, before end: Int) -> [(String, Declaration)] {
        if draft.word(place + 1) == "function", let name = draft.name(place + 2) {
            return [(name, .function)]
        }
        let names = nameList(from: place + 1)
        guard draft.word(names.end) == "=", names.end < end else {
            return names.names.map { ($0, .function) }
        }
        return names.names.enumerated().map { ($1, .assigned(number: $0, from: names.end + 1)) }
    }

    /// A name that a statement sets without declaring it.
    private func assigned(at place: Int, before end: Int) -> [(String, Declaration)] {
        guard place < end, let name = draft.name(place - 1),
            ![".", ":", ",", "local"].contains(draft.word(place - 2)),
            !["(", "{", "["].contains(draft.opener(before: place).flatMap { draft.word($0) })
        else { return [] }
        return [(name, .assigned(number: 0, from: place + 1))]
    }

    private func parameters(of function: Int) -> [(String, Declaration)] {
        var place = function + 1
        while draft.name(place) != nil || [".", ":"].contains(draft.word(place)) { place += 1 }
        guard draft.word(place) == "(" else { return [] }
        return nameList(from: place + 1).names.enumerated().map { ($1, .parameter(number: $0, of: function)) }
    }

    private func loopVariables(before place: Int) -> [(String, Declaration)] {
        var head = place - 1
        while head >= 0, draft.word(head) != "for" {
            if ["do", "then", "while", "end", ";"].contains(draft.word(head)) { return [] }
            head = draft.opening(head).map { $0 - 1 } ?? head - 1
        }
        guard head >= 0 else { return [] }
        let names = nameList(from: head + 1)
        let isIn = draft.word(names.end) == "in"
        return names.names.enumerated().map {
            ($1, isIn ? .loop(number: $0, over: names.end + 1) : .function)
        }
    }

    private func nameList(from start: Int) -> (names: [String], end: Int) {
        var names: [String] = []
        var place = start
        while let name = draft.name(place) {
            names.append(name)
            place += 1
            // local x <const>
            if draft.word(place) == "<" { place += 3 }
            guard draft.word(place) == "," else { break }
            place += 1
        }
        return (names, place)
    }

    /// An expression of a list that begins in a place.
    private func expression(_ number: Int, from start: Int, depth: Int) -> Meaning? {
        var place = start
        for _ in 0..<number {
            guard let end = draft.endOfChain(from: place), draft.word(end) == "," else { return nil }
            place = end + 1
        }
        if draft.literal(place) != nil { return .text }
        guard let end = draft.endOfChain(from: place), draft.chain(before: end)?.start == place else {
            return nil
        }
        let meaning = meaning(before: end, depth: depth)
        guard let sign = draft.word(end),
            ["+", "-", "*", "/", "..", "==", "~=", "<", ">", "&", "|"].contains(sign)
        else { return meaning }
        if case .segment? = meaning { return ["&", "|", "-"].contains(sign) ? .segment(nil) : nil }
        return sign == ".." ? .text : .value
    }

    private func loop(_ number: Int, over start: Int, depth: Int) -> Meaning? {
        guard let name = draft.name(start), name == "ipairs" || name == "pairs", draft.word(start + 1) == "(",
            let closing = draft.closing(start + 1)
        else { return nil }
        guard number == 1 else { return .value }
        let meaning = meaning(before: closing, depth: depth)
        if case .table(let table)? = meaning {
            let state = session.host.state
            return state.names(in: table).first.flatMap { state.field($0, of: table) }.map {
                Meaning(of: $0, session)
            }
        }
        return meaning?.element
    }

    // MARK: Parameters

    /// What a function gets from who calls it.
    private func parameter(_ number: Int, named name: String, of function: Int, depth: Int) -> Meaning? {
        let place = valuePlace(before: function, depth: depth)
        switch place {
        case .argument(.word(_, of: .object(let kind, let object)?), _) where number == 0 && kind != "query":
            return Meaning.object(kind, object).element
        case .argument(.word(_, of: .some), _) where number == 0: return .customer
        case .key(_, .argument(.word(let word, _), _), let table) where isDefinition(word):
            if number == 0 { return .customer }
            return number == 1 && word.name == "follow_up" ? event(in: table) : nil
        default: return name == "c" ? .customer : nil
        }
    }

    /// What happened, where the table says `on = "feedback"` and rows tell of it.
    private func event(in table: Int) -> Meaning? {
        for place in table..<draft.pieces.count
        where draft.name(place) == "on" && draft.word(place + 1) == "=" {
            guard let name = draft.literal(place + 2) else { return nil }
            let relation = relations.first { $0.name == name || $0.singular == name }
            return relation?.record ?? relations.first { $0.name == "messages" }?.record
        }
        return nil
    }

    // MARK: Places

    /// Where a value stands that begins before a place.
    indirect enum ValuePlace {
        /// It is an argument of what is called, in this place from 0.
        case argument(Meaning, Int)
        /// It is the value of a key in the table that begins in a place and stands there itself.
        case key(String, ValuePlace, table: Int)
        /// It is in a table, without a key.
        case item(ValuePlace, table: Int)
        /// It is compared with what the chain before a place stands for.
        case compared(with: Meaning?)
        /// It says which part is meant.
        case index(of: Meaning?)
        /// Anywhere else.
        case free
    }

    /// Where the value stands that begins with the piece in a place.
    func valuePlace(before end: Int, depth: Int = 0) -> ValuePlace {
        guard depth < Self.depthLimit else { return .free }
        let sign = draft.word(end - 1)
        if sign == "==" || sign == "~=" {
            return .compared(with: meaning(before: end - 1, depth: depth + 1))
        }
        if draft.isCallee(before: end) {
            return meaning(before: end, depth: depth + 1).map { .argument($0, 0) } ?? .free
        }
        if sign == "=", let key = draft.name(end - 2), let table = draft.opener(before: end),
            draft.word(table) == "{"
        {
            return .key(key, valuePlace(before: table, depth: depth + 1), table: table)
        }
        guard let sign, ["(", "{", "[", ",", ";"].contains(sign), let opener = draft.opener(before: end)
        else {
            return .free
        }
        switch draft.word(opener) {
        case "(":
            guard draft.isCallee(before: opener), let called = meaning(before: opener, depth: depth + 1)
            else {
                return .free
            }
            return .argument(called, draft.commas(between: opener, and: end))
        case "{": return .item(valuePlace(before: opener, depth: depth + 1), table: opener)
        case "[" where sign == "[": return .index(of: meaning(before: opener, depth: depth + 1))
        default: return .free
        }
    }
}
