import Foundation

/// A piece of a Lua program, whose own pieces can be taken out again.
struct Piece: Sendable {
    /// What it may stand for.
    enum Form: Hashable, Sendable {
        /// What a dot, a colon or a call may follow: a name, an index, a call.
        case prefix
        /// A literal.
        case simple
        /// An expression with operators, which needs parentheses within another unless that one binds less.
        case compound(binding: Int)
        /// One or more statements.
        case statement
    }

    enum Part: Sendable {
        case text(String)
        /// As an operand: in parentheses where it binds less than the piece around it.
        case operand(Piece)
        /// Before a dot, a colon or a call: in parentheses unless it may stand there.
        case subject(Piece)
        /// As it is: an argument, the value of a return, a statement.
        case bare(Piece)

        var piece: Piece? {
            switch self {
            case .text: nil
            case .operand(let piece), .subject(let piece), .bare(let piece): piece
            }
        }
    }

    let form: Form
    let parts: [Part]

    static func prefix(_ parts: Parts) -> Piece { Piece(form: .prefix, parts: parts.parts) }
    static func simple(_ text: String) -> Piece { Piece(form: .simple, parts: [.text(text)]) }
    static func simple(_ parts: Parts) -> Piece { Piece(form: .simple, parts: parts.parts) }
    static func compound(_ parts: Parts) -> Piece {
        let bindings = parts.parts.map { part in
            if case .text(let text) = part { binding(of: text) } else { nil as Int? }
        }
        return Piece(form: .compound(binding: bindings.compactMap(\.self).min() ?? 0), parts: parts.parts)
    }
    static func statement(_ parts: Parts) -> Piece { Piece(form: .statement, parts: parts.parts) }

    /// The Lua of it.
    var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .bare(let piece): piece.write(to: &text)
            case .operand(let piece): piece.write(to: &text, inParentheses: needsParentheses(piece))
            case .subject(let piece):
                piece.write(to: &text, inParentheses: piece.form != .prefix)
            }
        }
    }

    private func needsParentheses(_ operand: Piece) -> Bool {
        guard case .compound(let inner) = operand.form else { return false }
        guard case .compound(let outer) = form else { return true }
        // Beside an operator of its own kind, too: which of them comes first is not always the same.
        return inner <= outer
    }

    /// How much the operator in a text between operands binds; nil for a blank, 0 for a text that is more
    /// than that.
    private static func binding(of text: String) -> Int? {
        let operators: [[String]] = [
            ["or"], ["and"], ["==", "~=", "<", "<=", ">", ">="], ["|"], ["~"], ["&"], ["<<", ">>"], [".."],
            ["+", "-"],
            ["*", "/", "//", "%"], ["not", "not not", "#"], ["^"],
        ]
        let text = text.trimmingCharacters(in: .whitespaces)
        if text.isEmpty { return nil }
        return operators.firstIndex { $0.contains(text) }.map { $0 + 1 } ?? 0
    }

    private func write(to text: inout String, inParentheses: Bool) {
        if inParentheses { text += "(" }
        write(to: &text)
        if inParentheses { text += ")" }
    }

    /// Lua written with pieces in it: `"\(a) and \(b)"` puts operands, `bare:` and `of:` the other parts.
    struct Parts: ExpressibleByStringInterpolation, Sendable {
        var parts: [Part]

        init(stringLiteral text: String) { parts = [.text(text)] }
        init(stringInterpolation: Interpolation) { parts = stringInterpolation.parts }

        struct Interpolation: StringInterpolationProtocol {
            var parts: [Part] = []

            init(literalCapacity: Int, interpolationCount: Int) {}
            mutating func appendLiteral(_ text: String) { if !text.isEmpty { parts.append(.text(text)) } }
            mutating func appendInterpolation(_ text: String) { parts.append(.text(text)) }
            mutating func appendInterpolation(_ number: Int) { parts.append(.text(String(number))) }
            mutating func appendInterpolation(_ piece: Piece) { parts.append(.operand(piece)) }
            mutating func appendInterpolation(of piece: Piece) { parts.append(.subject(piece)) }
            mutating func appendInterpolation(bare piece: Piece) { parts.append(.bare(piece)) }
            /// Arguments with commas, or statements a line each.
            mutating func appendInterpolation(_ pieces: [Piece]) {
                for (index, piece) in pieces.enumerated() {
                    let between = piece.form == .statement ? "\n" : ", "
                    if index > 0 { parts.append(.text(between)) }
                    parts.append(.bare(piece))
                }
            }
        }
    }
}

// MARK: Smaller programs

extension Piece {
    /// How many pieces it is made of, itself included.
    var count: Int { parts.reduce(1) { $0 + ($1.piece?.count ?? 0) } }

    /// The piece of that number, counted from itself as 0.
    func piece(_ number: Int) -> Piece? {
        if number == 0 { return self }
        var rest = number - 1
        for case let piece? in parts.map(\.piece) {
            if rest < piece.count { return piece.piece(rest) }
            rest -= piece.count
        }
        return nil
    }

    /// The program with another piece in the place of that number.
    func replacing(_ number: Int, with other: Piece) -> Piece {
        if number == 0 { return other }
        var rest = number - 1
        var parts = parts
        for (index, part) in parts.enumerated() {
            guard let piece = part.piece else { continue }
            if rest < piece.count {
                let replaced = piece.replacing(rest, with: other)
                switch part {
                case .text: break
                case .operand: parts[index] = .operand(replaced)
                case .subject: parts[index] = .subject(replaced)
                case .bare: parts[index] = .bare(replaced)
                }
                return Piece(form: form, parts: parts)
            }
            rest -= piece.count
        }
        return self
    }

    /// What may stand in its place and is smaller: nothing for a statement or the statements within it,
    /// literals and its own operands for an expression.
    var replacements: [Piece] {
        let inner = (1..<max(1, count)).compactMap(piece)
        guard form == .statement else {
            let literals = ["true", "nil", "0"].map { Piece.simple($0) }
            return (literals + inner.filter { $0.form != .statement }).filter {
                $0.text.utf8.count < text.utf8.count
            }
        }
        guard !text.isEmpty else { return [] }
        return [Piece.statement("")]
            + inner.filter { $0.form == .statement && $0.text.utf8.count < text.utf8.count }
    }
}
