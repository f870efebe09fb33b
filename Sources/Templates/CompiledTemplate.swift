public import Diagnostics

/// A template as Lua 5.4 source text.
public struct CompiledTemplate: Sendable {
    /// The text of a chunk. Called as `chunk(rt)` it returns `render`; `render(scope)` returns the output and
    /// nil, or the output and an array of the missing outputs `{ { line = 3, column = 9, path =
    /// "customer.name" }, … }`, those of partials with their `file`.
    ///
    /// A Lua line is the template's line of the same number, so positions in Lua's errors are the template's.
    public let luaSource: String
    /// The name to load the chunk under: `=templates/win-back.liquid`.
    public let chunkName: String
    /// The partials that its `render` and `include` tags ask for.
    public let partials: Set<PartialUse>
    /// The keys that stand before a filter `t` in quotation marks, in the order they stand in the template.
    public let translations: [TranslationUse]
    /// The branches that tell the host when they run, in the order of their numbers; none unless asked for.
    public let branches: [BranchUse]
    /// What its `layout` tag says; nil where it has none.
    public let layout: TemplateLayout?
    /// What it reads and names, with what each name stands for.
    public let outline: TemplateOutline
}

/// What a `render` or `include` tag asks for.
public struct PartialUse: Sendable, Hashable {
    /// Nil where the name is a value.
    public let name: String?
    /// What the place of the tag needs: see ``LiquidCompiler/compile(partial:file:form:)``.
    public let form: String

    /// A use from its parts.
    public init(name: String?, form: String) {
        self.name = name
        self.form = form
    }
}

/// What a template is for.
enum TemplateRole {
    /// Called as `render(scope)`.
    case message
    /// A partial, which `render` and `include` tags call: the helpers know how.
    case partial
}

/// How strictly a template is read where Shopify has two ways.
public enum Strictness: Sendable {
    /// Shopify's strict mode: what follows the values of a `when` is left out.
    case strict
    /// Shopify's strict2: all that does not belong is an error.
    case strict2
}

/// What templates call the pages of their message for unsubscribing and for seeing it in a browser.
public let linkVariables = ["unsubscribe_url", "view_in_browser_url"]

/// What a `layout` tag says.
public enum TemplateLayout: Sendable, Hashable {
    /// `{% layout 'name' %}`
    case named(String)
    /// `{% layout none %}`
    case none
}

/// One way that a message can go: the inside of an `if`, `elsif`, `else`, `when` or `for`, or the way past it.
public struct BranchUse: Sendable, Hashable {
    /// Where the tag stands.
    public let location: SourceLocation
    /// The tag as written, without its braces: `if customer.tier == "gold"`.
    public let tag: String
    /// Whether nothing of the tag's block runs: the condition and those behind it do not hold, the list is empty.
    public let isSkipped: Bool
}

/// A text that a template takes from the translations.
public struct TranslationUse: Sendable, Hashable {
    /// As written: `cart.items`.
    public let key: String
    /// The file's line, counted from 1.
    public let line: Int
}
