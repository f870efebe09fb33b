/// A filter as the compiler knows it; its function is in the Lua helpers under the same name.
struct FilterSpec {
    /// As written in templates.
    let name: String
    /// The fewest positional arguments.
    let least: Int
    /// Lua texts of the optional positional arguments where they are left out.
    let optional: [String]
    /// Names of the named arguments; they follow the positional ones.
    let keywords: [String]
    /// Whether it takes named arguments of any name, as one table behind the others.
    let takesAnyKeyword: Bool
    /// What it does to text that is HTML already.
    let effect: Effect
    /// Whether the program has it, or it was added.
    let origin: Origin

    /// Where a filter's function is.
    enum Origin {
        /// Among the helpers.
        case liquid
        /// Among the filters that were added; it takes any number of positional arguments.
        case addedFilter
        /// Among the tags that were added: the value is the tag's first argument, the arguments are the others.
        case addedTag
    }

    /// What becomes of HTML that goes through a filter.
    enum Effect {
        /// Text in, text out: HTML stays HTML, and what an argument adds is escaped as an output would be.
        case keeps
        /// The result is HTML that needs no escaping.
        case makesHTML
        /// The input is escaped where it is not HTML; the result is HTML.
        case escapesFirst
        /// The result is no HTML any more.
        case drops
        /// The result has only what stands in a URL, and nothing that HTML reads.
        case makesURL
        /// As the last filter of an output, the result is printed as it is.
        case printsAsIs
        /// Where the input is written in the template and ends in `_html`, the result is HTML, in which the
        /// arguments are escaped; else it is text.
        case isHTMLByName
    }

    /// From the fewest to the most positional arguments: `1`, `1 to 2`.
    var arity: String {
        optional.isEmpty ? String(least) : "\(least) to \(least + optional.count)"
    }

    private init(
        _ name: String, _ least: Int = 0, optional: [String] = [], keywords: [String] = [],
        takesAnyKeyword: Bool = false, effect: Effect = .keeps, origin: Origin = .liquid
    ) {
        self.name = name
        self.least = least
        self.optional = optional
        self.keywords = keywords
        self.takesAnyKeyword = takesAnyKeyword
        self.effect = effect
        self.origin = origin
    }

    /// A filter or a tag that was added: what it gives is text, escaped where it stands.
    init(added name: String, _ origin: Origin) {
        self.init(name, effect: .drops, origin: origin)
    }

    /// Whether it takes so many positional arguments.
    func takes(_ count: Int) -> Bool {
        origin != .liquid || count >= least && count <= least + optional.count
    }

    /// Whether it may raise an error: those that read text alone never do.
    var mayFail: Bool { origin != .liquid || !Self.harmless.contains(name) }

    private static let harmless: Set<String> = [
        "append", "capitalize", "default", "downcase", "escape", "escape_once", "join", "json", "lstrip",
        "newline_to_br", "pluralize", "prepend", "raw", "remove", "replace", "rstrip", "size", "split",
        "squish", "strip", "strip_html", "strip_newlines", "upcase", "url_encode",
    ]

    /// All filters by name.
    static let known: [String: FilterSpec] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Filters of Liquid and Shopify that are known and refused.
    static let unsupported: Set<String> = [
        "hmac_sha1", "hmac_sha256", "image_url", "link_to", "md5", "sha1", "sha256", "weight_with_unit",
    ]

    private static let all: [FilterSpec] = [
        FilterSpec("append", 1), FilterSpec("prepend", 1), FilterSpec("upcase"), FilterSpec("downcase"),
        FilterSpec("capitalize"), FilterSpec("strip"), FilterSpec("lstrip"), FilterSpec("rstrip"),
        FilterSpec("strip_newlines"), FilterSpec("newline_to_br", effect: .escapesFirst),
        FilterSpec("replace", 1, optional: ["\"\""]), FilterSpec("replace_first", 1, optional: ["\"\""]),
        FilterSpec("remove", 1), FilterSpec("remove_first", 1), FilterSpec("split", 1),
        FilterSpec("join", optional: ["\" \""]), FilterSpec("size", effect: .drops), FilterSpec("first"),
        FilterSpec("last"), FilterSpec("slice", 1, optional: ["nil"]),
        FilterSpec("truncate", optional: ["50", "\"...\""]),
        FilterSpec("truncatewords", optional: ["15", "\"...\""]), FilterSpec("reverse"),
        FilterSpec("sort", optional: ["nil"]), FilterSpec("sort_natural", optional: ["nil"]),
        FilterSpec("uniq", optional: ["nil"]), FilterSpec("map", 1, effect: .drops),
        FilterSpec("where", 1, optional: ["nil"]), FilterSpec("compact", optional: ["nil"]),
        FilterSpec("concat", 1, effect: .drops), FilterSpec("sum", optional: ["nil"], effect: .drops),
        FilterSpec("escape", effect: .makesHTML), FilterSpec("escape_once", effect: .makesHTML),
        FilterSpec("url_encode", effect: .makesURL),
        FilterSpec("url_decode", effect: .drops), FilterSpec("strip_html"), FilterSpec("abs", effect: .drops),
        FilterSpec("ceil", effect: .drops), FilterSpec("floor", effect: .drops),
        FilterSpec("round", optional: ["nil"], effect: .drops),
        FilterSpec("plus", 1, effect: .drops), FilterSpec("minus", 1, effect: .drops),
        FilterSpec("times", 1, effect: .drops),
        FilterSpec("divided_by", 1, effect: .drops), FilterSpec("modulo", 1, effect: .drops),
        FilterSpec("at_least", 1, effect: .drops),
        FilterSpec("at_most", 1, effect: .drops),
        FilterSpec("default", optional: ["\"\""], keywords: ["allow_false"]),
        FilterSpec("date", 1, effect: .drops), FilterSpec("money", optional: ["nil"], effect: .drops),
        FilterSpec("money_with_currency", optional: ["nil"], effect: .drops),
        FilterSpec("money_without_currency", optional: ["nil"], effect: .drops),
        FilterSpec("money_without_trailing_zeros", optional: ["nil"], effect: .drops),
        FilterSpec("number_with_delimiter", optional: ["nil", "nil"], effect: .drops),
        FilterSpec("t", takesAnyKeyword: true, effect: .isHTMLByName),
        FilterSpec("raw", effect: .printsAsIs), FilterSpec("squish"),
        FilterSpec("replace_last", 2), FilterSpec("remove_last", 1),
        FilterSpec("find", 1, optional: ["nil"], effect: .drops),
        FilterSpec("find_index", 1, optional: ["nil"], effect: .drops),
        FilterSpec("has", 1, optional: ["nil"], effect: .drops), FilterSpec("reject", 1, optional: ["nil"]),
        FilterSpec("base64_encode", effect: .drops), FilterSpec("base64_decode", effect: .drops),
        FilterSpec("base64_url_safe_encode", effect: .drops),
        FilterSpec("base64_url_safe_decode", effect: .drops),
        FilterSpec("handle", effect: .drops), FilterSpec("handleize", effect: .drops),
        FilterSpec("camelcase", effect: .drops), FilterSpec("pluralize", 2, effect: .drops),
        FilterSpec("json", effect: .drops), FilterSpec("url_escape", effect: .drops),
        FilterSpec("url_param_escape", effect: .drops),
    ]
}
