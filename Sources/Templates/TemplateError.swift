public import Diagnostics

/// What is wrong in a template, and where. The words are in `TemplateError+Diagnostic.swift`.
public struct TemplateError: Error, Sendable, Hashable {
    /// What happened.
    public enum Kind: Sendable, Hashable {
        /// No tag has this name, not even one of those that were added.
        case unknownTag(String, added: Set<String>)
        /// Liquid has this tag; this compiler does not.
        case unsupportedTag(String)
        /// No filter has this name, not even one of those that were added.
        case unknownFilter(String, added: Set<String>)
        /// Liquid has this filter; this compiler does not.
        case unsupportedFilter(String)
        /// A block is open at the end of the text, or where the end of another block stands.
        case unclosedTag(String, instead: String?, at: SourceLocation)
        /// An `else`, `when` or `end…` that belongs to no open block.
        case strayTag(String)
        /// A `{{` or `{%` whose closing braces are missing.
        case unterminated(opening: String, closing: String)
        /// A filter with too few or too many arguments; `expected` is `1` or `1 to 2`.
        case wrongArguments(filter: String, expected: String, got: Int)
        /// A named argument that the filter does not take.
        case unknownArgument(filter: String, name: String)
        /// Something stands where something else must.
        case unexpected(found: String, expected: String)
        /// Typographic quotation marks in an expression.
        case curlyQuote(String)
        /// A character that expressions do not have, such as full-width punctuation.
        case unexpectedCharacter(String)
        /// A whole number that does not fit in 64 bits.
        case numberTooLarge(String)
        /// More than 100 blocks, or more than 30 brackets, in each other.
        case tooDeep(limit: Int)
        /// More values in one tag than a Lua call can carry.
        case tooManyValues(limit: Int)
        /// A `layout` tag after something that prints, or inside a block.
        case lateLayout
        /// A second `layout` tag.
        case repeatedLayout
        /// A `layout` tag in a partial.
        case layoutInPartial
        /// An output where no escaping makes it harmless.
        case unescapable(HTMLPlace)
        /// Two ways through a tag leave the HTML at different places.
        case differentEnds(tag: String, HTMLPlace, HTMLPlace)
        /// HTML that is still inside a tag, a value or an element where the template ends.
        case unfinishedHTML(HTMLPlace)
        /// A `tablerow` where no table rows can stand.
        case misplacedTableRow(HTMLPlace)
    }

    /// What happened.
    public let kind: Kind
    /// Where the wrong word begins.
    public let location: SourceLocation
    /// The wrong word as it stands in the file.
    public let token: String
}

/// A place in HTML; names of attributes are empty where a partial does not know them.
public enum HTMLPlace: Sendable, Hashable {
    /// Between tags.
    case text
    /// Where a tag's name stands.
    case tagName
    /// Among the attributes of a tag.
    case tag
    /// In an attribute's value without quotation marks.
    case unquotedValue(String)
    /// In an attribute's quoted value.
    case value(String)
    /// In an attribute whose value is a program: `onclick`, or a `javascript:` address.
    case program(String)
    /// In a `style` attribute.
    case styleAttribute
    /// In `<!-- … -->`.
    case comment
    /// In `<!…>`.
    case declaration
    /// In `<script>`.
    case script
    /// In `<style>`.
    case style
    /// In `<title>` or `<textarea>`.
    case plainElement
}
