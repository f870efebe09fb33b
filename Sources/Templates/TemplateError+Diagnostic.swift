public import Diagnostics

extension TemplateError: Diagnosable {
    /// The words for the error, with the next step where there is one.
    public var diagnostic: Diagnostic {
        Diagnostic(message, at: location, token: token, hint: hint, notes: notes)
    }

    private var message: String {
        switch kind {
        case .unknownTag(let name, _): "unknown tag '\(name)'"
        case .unsupportedTag(let name): "the tag '\(name)' is not supported here"
        case .unknownFilter(let name, _): "unknown filter '\(name)'"
        case .unsupportedFilter(let name): "the filter '\(name)' is not supported here"
        case .unclosedTag(let name, _, _): "the tag '\(name)' of line \(location.line) is not closed"
        case .strayTag(let name): "'\(name)' belongs to no open tag"
        case .unterminated(let opening, let closing): "'\(opening)' without '\(closing)'"
        case .wrongArguments(let filter, let expected, let got):
            "the filter '\(filter)' takes \(expected) argument\(expected == "1" ? "" : "s"), got \(got)"
        case .unknownArgument(let filter, let name): "the filter '\(filter)' has no argument named '\(name)'"
        case .unexpected(let found, let expected): "expected \(expected), found \(found)"
        case .curlyQuote(let mark): "a curly quotation mark \(mark) in an expression"
        case .unexpectedCharacter(let character): "unexpected character '\(character)' in an expression"
        case .numberTooLarge(let digits): "the number \(digits) is too large"
        case .tooDeep(let limit): "more than \(limit) levels in each other"
        case .tooManyValues(let limit): "more than \(limit) values in one tag"
        case .lateLayout: "'layout' stands after something that prints, or in a block"
        case .repeatedLayout: "a second 'layout'"
        case .layoutInPartial: "a partial has no layout"
        case .unescapable(let place): "a value cannot be made safe \(place.described)"
        case .differentEnds(let tag, let first, let second):
            "the HTML goes on in two ways behind this '\(tag)': \(first.described) or \(second.described)"
        case .unfinishedHTML(let place): "the HTML ends \(place.described)"
        case .misplacedTableRow(let place): "'tablerow' writes rows of a table, and stands \(place.described)"
        }
    }

    private var hint: String? {
        switch kind {
        case .unknownTag(let name, let added):
            near(
                name, TagTable.names + added.sorted(),
                else: "the tags are \(list(TagTable.opening + added.sorted()))")
        case .unknownFilter(let name, let added): near(name, Array(FilterSpec.known.keys) + added, else: nil)
        case .unclosedTag(let name, _, _): "close it with {% end\(name) %}"
        case .strayTag(let name):
            name.hasPrefix("end")
                ? "remove it, or open '\(name.dropFirst(3))' before it in the same block"
                : "remove it, or put it between the opening tag and its end"
        case .unterminated(_, let closing): "add \(closing)"
        case .unknownArgument(let filter, let name):
            near(name, FilterSpec.known[filter]?.keywords ?? [], else: "remove '\(name):'")
        case .curlyQuote: "use the straight quotation marks ' or \""
        case .unexpectedCharacter(let character): hint(for: character)
        case .tooDeep: "split the template, or join conditions with 'and'"
        case .lateLayout: "put it at the beginning of the template"
        case .repeatedLayout: "remove it"
        case .layoutInPartial: "put it into the template that renders the partial"
        case .unescapable(let place): place.remedy
        case .differentEnds: "let every branch end at the same place, or write each whole"
        case .unfinishedHTML: "close what begins here; for the sign itself write &lt;"
        case .misplacedTableRow: "put it between <table> and </table>"
        case .unsupportedTag, .unsupportedFilter, .wrongArguments, .unexpected, .numberTooLarge,
            .tooManyValues:
            nil
        }
    }

    private var notes: [String] {
        guard case .unclosedTag(let name, let instead, let place) = kind else { return [] }
        guard let instead else { return ["the text ends in line \(place.line)"] }
        return ["line \(place.line) has '\(instead)' where 'end\(name)' is expected"]
    }

    private func near(_ name: String, _ names: some Sequence<String>, else other: String?) -> String? {
        nearestName(to: name, in: names).map { "did you mean '\($0)'?" } ?? other
    }

    private func list(_ names: [String]) -> String {
        names.joined(separator: ", ")
    }

    private func hint(for character: String) -> String? {
        guard let scalar = character.unicodeScalars.first, scalar.value > 0x7F else { return nil }
        // The full-width forms stand 0xFEE0 above their ASCII ones.
        if (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
            return "use the half-width '\(plain)'"
        }
        if scalar.properties.isAlphabetic {
            return "write a name that is not ASCII in brackets: customer[\"\(character)…\"]"
        }
        return nil
    }
}

extension HTMLPlace {
    fileprivate var described: String {
        switch self {
        case .text: "in text"
        case .tagName: "in the name of a tag"
        case .tag: "among the attributes of a tag"
        case .unquotedValue(let name): "in \(value(of: name)), which has no quotation marks"
        case .value(let name): "in \(value(of: name))"
        case .program(let name): "in \(value(of: name)), which is a program"
        case .styleAttribute: "in a style"
        case .comment: "in a comment"
        case .declaration: "in a declaration"
        case .script: "in a script"
        case .style: "in a style sheet"
        case .plainElement: "in a title or text area"
        }
    }

    private func value(of name: String) -> String {
        name.isEmpty ? "the value of an attribute" : "the value of '\(name)'"
    }

    /// What the author can do about an output there.
    fileprivate var remedy: String? {
        switch self {
        case .unquotedValue(let name): name.isEmpty ? "put the value into \"…\"" : "write \(name)=\"…\""
        case .tagName: "for the sign itself write &lt;, or add | raw if the value is safe"
        case .tag, .declaration:
            "put it into the quoted value of an attribute, or add | raw if the value is safe"
        case .program, .script:
            "put it into a data attribute, or add | json | raw, or | raw if the value is safe"
        case .styleAttribute, .style: "choose among fixed styles with 'if', or add | raw if the value is safe"
        case .text, .value, .comment, .plainElement: nil
        }
    }
}
