/// The names of the tags.
enum TagTable {
    /// Tags that stand alone or open a block.
    static let opening = [
        "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement", "echo", "for",
        "if",
        "increment", "liquid", "raw", "unless",
    ]

    /// Tags that divide a block.
    static let dividing: Set<String> = ["else", "elsif", "when"]

    /// Tags that close a block.
    static let closing: Set<String> = [
        "endcapture", "endcase", "endcomment", "endfor", "endif", "endraw", "endunless",
    ]

    /// Liquid's tags, and Shopify's own, that are known and refused.
    static let unsupported: Set<String> = [
        "block", "content_for", "doc", "extends", "form", "ifchanged", "include", "javascript", "layout",
        "paginate",
        "render", "schema", "section", "sections", "snippet", "style", "stylesheet", "tablerow",
    ]

    /// All that a person may have meant.
    static let names = opening + dividing.sorted() + closing.sorted()
}
