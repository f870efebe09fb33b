/// The Lua text of the helpers that compiled templates call.
///
/// Loaded as text and called once as `runtime(host)`, it returns the table `rt` that a compiled chunk takes.
/// `host` carries `string`, `table`, `math`, `utf8`, `type`, `tostring`, `tonumber`, `pairs`, `ipairs`,
/// `error`, `setmetatable`, `getmetatable` and `rawget`, and optionally
///
/// - `now()` → Unix seconds, `date(format, seconds)` → text (must know `%z`), `money(number, currency)`
///   → text: a filter that needs an absent one raises an error that names it;
/// - `list(userdata)` → a sequence of its items, or nil where it is no list;
/// - `partial(name, form)` → what the chunk of a partial gives when called with the helpers, or nil and the
///   known names as text. The chunk is that of `LiquidCompiler.compile(partial:)` in this form. It is asked for
///   each `render` and `include`, so it should keep what it loaded.
///
/// `rt.array(table, n)` and `rt.hash(keys, values)` tag tables: an array with holes, a hash with its order. A
/// plain table is an array where it is empty or has an item 1, otherwise a hash in the order of its sorted
/// keys.
///
/// The helpers keep no state between renders. A failing helper raises its message at the line of the
/// template.
public let liquidRuntimeSource: String = [
    liquidRuntimeValues,
    liquidRuntimeNumbers,
    liquidRuntimeLookups,
    liquidRuntimeConditions,
    liquidRuntimeOutput,
    liquidRuntimeTags,
    liquidRuntimeTableRows,
    liquidRuntimePartials,
    "local case_pairs = \(luaLiteral(casePairs()))\n",
    liquidRuntimeText,
    liquidRuntimeTextFilters,
    liquidRuntimeMarkupFilters,
    liquidRuntimeEncodings,
    liquidRuntimeArrayHelpers,
    liquidRuntimeArrayFilters,
    liquidRuntimeArithmeticFilters,
    liquidRuntimeDates,
    "return rt\n",
].joined()

/// `lower upper lower upper …` for the bicameral scripts that Lua's own `upper` does not know.
///
/// The ranges are Latin to Armenian, Latin Extended Additional, Greek Extended and the full-width forms.
private func casePairs() -> String {
    let ranges: [ClosedRange<UInt32>] = [0xB5...0x587, 0x1E00...0x1FFF, 0xFF21...0xFF5A]
    var words: [String] = []
    for value in ranges.joined() {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let properties = scalar.properties
        if properties.uppercaseMapping != String(scalar) {
            words += [String(scalar), properties.uppercaseMapping, "u"]
        }
        if properties.lowercaseMapping != String(scalar) {
            words += [String(scalar), properties.lowercaseMapping, "l"]
        }
    }
    return words.joined(separator: " ")
}
