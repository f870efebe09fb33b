internal import ScriptSyntax

/// What a person has typed up to the cursor, and what can be read from its end backwards.
///
/// The text is not finished, so nothing here asks for a tree: brackets and blocks have their partners where there are any,
/// and a chain such as `c.orders:since(days_ago(30))` is read from its last piece to its first.
struct Draft {
    /// The words and literals.
    let pieces: [LuaBeginning.Piece]
    /// What the text ends in.
    let ending: LuaBeginning.Ending
    /// The text.
    let text: [UInt8]
    /// For each closing piece the one that opens, and the other way round.
    private var partners: [Int: Int] = [:]
    /// For each piece, and for what would follow the last, the opening piece around it.
    private var enclosing: [Int?] = []

    private static let openers: Set<String> = ["(", "[", "{", "function", "if", "do", "repeat"]
    private static let brackets = [")": "(", "]": "[", "}": "{"]

    /// Reads the text before the cursor. Cost: one pass.
    init(_ text: String) {
        let beginning = LuaBeginning(text)
        (pieces, ending, self.text) = (beginning.pieces, beginning.ending, Array(text.utf8))
        var open: [Int] = []
        func close(_ place: Int, _ isMeant: (String) -> Bool) {
            guard let opener = open.lastIndex(where: { isMeant(word($0) ?? "") }) else { return }
            partners[place] = open[opener]
            partners[open[opener]] = place
            // What was opened in between was never closed.
            open.removeSubrange(opener...)
        }
        enclosing.reserveCapacity(pieces.count + 1)
        for place in pieces.indices {
            enclosing.append(open.last)
            guard let word = word(place) else { continue }
            if Self.openers.contains(word) { open.append(place) }
            if let bracket = Self.brackets[word] { close(place) { $0 == bracket } }
            if word == "end" { close(place) { ["function", "if", "do"].contains($0) } }
            if word == "until" { close(place) { $0 == "repeat" } }
        }
        enclosing.append(open.last)
    }

    /// The reserved word or sign in a place; nil for any other piece, and outside.
    func word(_ place: Int) -> String? {
        guard pieces.indices.contains(place), case .word(let word) = pieces[place].kind else { return nil }
        return word
    }

    /// The name in a place.
    func name(_ place: Int) -> String? {
        guard pieces.indices.contains(place), case .name(let name) = pieces[place].kind else { return nil }
        return name
    }

    /// The literal text in a place.
    func literal(_ place: Int) -> String? {
        guard pieces.indices.contains(place), case .text(let text) = pieces[place].kind else { return nil }
        return text
    }

    /// The place of the bracket, or of the word of a block, in which the pieces from `end` on would stand; nil outside of
    /// all.
    func opener(before end: Int) -> Int? { enclosing[end] }

    /// How many commas stand before `end` behind an opening bracket, outside of other brackets.
    func commas(between opener: Int, and end: Int) -> Int {
        var count = 0
        var place = opener + 1
        while place < end {
            if let partner = partners[place], partner > place {
                place = partner
            } else if [",", ";"].contains(word(place)) {
                count += 1
            }
            place += 1
        }
        return count
    }

    /// The piece that closes what opens in a place; nil where it is open still.
    func closing(_ place: Int) -> Int? { partners[place].flatMap { $0 > place ? $0 : nil } }

    /// The piece that opens what closes in a place.
    func opening(_ place: Int) -> Int? { partners[place].flatMap { $0 < place ? $0 : nil } }

    /// Whether the piece before `end` can be called: `customer "ann"`, `c.orders:where { }`.
    func isCallee(before end: Int) -> Bool {
        let place = end - 1
        if name(place) != nil { return word(place - 1) != "function" && !isParameterName(place) }
        switch word(place) {
        case "]": return true
        case ")": return opening(place).map { !isParameterList($0) } ?? false
        default: return literal(place) != nil && isCallee(before: place)
        }
    }

    /// Whether a bracket opens the parameters of a function.
    func isParameterList(_ place: Int) -> Bool {
        var before = place - 1
        while name(before) != nil || [".", ":"].contains(word(before)) { before -= 1 }
        return word(before) == "function"
    }

    private func isParameterName(_ place: Int) -> Bool {
        opener(before: place).map { word($0) == "(" && isParameterList($0) } ?? false
    }

    /// Whether a chain begins with a name.
    func names(_ name: String) -> Bool {
        pieces.indices.contains { self.name($0) == name && ![".", ":"].contains(word($0 - 1)) }
    }

    /// Whether the text ends in a method that is not called.
    var endsInMethod: Bool {
        guard ending == .code, let chain = chain(before: pieces.count), case .method? = chain.steps.last
        else {
            return false
        }
        return true
    }

    // MARK: Chains

    /// A step of a chain; ranges are of pieces.
    enum Step: Hashable {
        /// A name with which it begins, and its place.
        case name(String, at: Int)
        /// A literal text with which it begins.
        case text
        /// `( … )` with which it begins.
        case group(Range<Int>)
        /// Anything else with which it begins: a number, a table, a function.
        case literal
        /// `.name`
        case member(String)
        /// `:name`, not called yet.
        case method(String)
        /// A call, with its arguments.
        case call(Range<Int>)
        /// `[ … ]`
        case index(Range<Int>)
    }

    /// The chain whose last piece stands before `end`: where it begins, and its steps; nil where there is none.
    func chain(before end: Int) -> (start: Int, steps: [Step])? {
        var steps: [Step] = []
        var place = end - 1
        func begun(with step: Step, at start: Int) -> (start: Int, steps: [Step]) {
            (start, [step] + steps.reversed())
        }
        while place >= 0 {
            switch pieces[place].kind {
            case .name(let name):
                guard let sign = word(place - 1), sign == "." || sign == ":" else {
                    return begun(with: .name(name, at: place), at: place)
                }
                steps.append(sign == "." ? .member(name) : .method(name))
                place -= 2
            case .text:
                guard isCallee(before: place) else { return begun(with: .text, at: place) }
                steps.append(.call(place..<place + 1))
                place -= 1
            case .number: return begun(with: .literal, at: place)
            case .word(let word):
                guard let opener = opening(place) else {
                    return ["nil", "true", "false", "..."].contains(word)
                        ? begun(with: .literal, at: place) : nil
                }
                switch word {
                case "]": steps.append(.index(opener + 1..<place))
                case ")" where isCallee(before: opener): steps.append(.call(opener + 1..<place))
                case "}" where isCallee(before: opener): steps.append(.call(opener..<place + 1))
                case ")": return begun(with: .group(opener + 1..<place), at: opener)
                default:
                    guard word == "}" || self.word(opener) == "function" else { return nil }
                    return begun(with: .literal, at: opener)
                }
                place = opener - 1
            }
        }
        return nil
    }

    /// The place behind the chain that begins in a place; nil where none does, or where it is open still.
    func endOfChain(from start: Int) -> Int? {
        var place = start
        if word(place) == "(" {
            guard let closing = closing(place) else { return nil }
            place = closing + 1
        } else {
            guard name(place) != nil else { return nil }
            place += 1
        }
        while place < pieces.count {
            switch word(place) {
            case "." where name(place + 1) != nil, ":" where name(place + 1) != nil: place += 2
            case "(", "[", "{":
                guard let closing = closing(place) else { return nil }
                place = closing + 1
            default:
                guard literal(place) != nil else { return place }
                place += 1
            }
        }
        return place
    }
}
