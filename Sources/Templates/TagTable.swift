/// The names of the tags.
enum TagTable {
    /// Tags that stand alone or open a block.
    static let opening = [
        "abort_message", "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement",
        "doc", "echo",
        "for", "if", "ifchanged", "include", "increment", "layout", "liquid", "raw", "render", "tablerow",
        "unless",
    ]

    /// Tags that divide a block.
    static let dividing: Set<String> = ["else", "elsif", "when"]

    /// Tags that close a block.
    static let closing: Set<String> = [
        "endcapture", "endcase", "endcomment", "enddoc", "endfor", "endif", "endifchanged", "endraw",
        "endtablerow", "endunless",
    ]

    /// Shopify's own tags, which need a shop, and those of other Liquids: known and refused.
    static let unsupported: Set<String> = [
        "block", "content_for", "extends", "form", "javascript", "paginate", "schema", "section", "sections",
        "snippet", "style", "stylesheet",
    ]

    /// All that a person may have meant.
    static let names = opening + dividing.sorted() + closing.sorted()
}
