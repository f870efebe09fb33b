/// The Lua text of the helpers that compiled templates call.
///
/// Loaded as text and called once as `runtime(host)`, it returns the table `rt` that a compiled chunk takes.
/// `host` carries `string`, `table`, `math`, `utf8`, `type`, `tostring`, `tonumber`, `pairs`, `ipairs`,
/// `error`, `setmetatable`, `getmetatable` and `rawget`,
///
/// - `count(text)`, `slice(text, first, count)`, `characters(text)`: how many characters a text has, some of them,
///   counted from 0, and all as a sequence; asked only about UTF-8 that has code points which may join;
/// - `words(text, count)` → the text up to the end of that word, or nil where it has no more; asked only about
///   UTF-8 that may be of a script which parts no words;
/// - `upper(text)`, `lower(text)`, `capitalize(text)`, asked about UTF-8 that is not ASCII, and about ASCII where
///   `has_dotless_i()` says that the language has one;
///
/// and optionally
///
/// - `now()` → Unix seconds, `date(format, seconds)` → text (must know `%z`),
///   `money(number, currency, filter)` → text, `number(number, delimiter, separator)` → text,
///   `t(key, texts, count)` → text: a filter that needs an absent one raises an error that names it;
/// - `amount(value)` → what `money` gives for the filter of that name in the usual currency, or nothing where that is to
///   be asked;
/// - `outputs(text_of, array_of, metatable)` → a table of functions in C that go before the helpers of the same name:
///   `out`, `esc`, `get`, `add`, `put` and the like, `mark`, `cut`, `array_of`, `url_codes` and `url_start`; given what
///   they call in rare cases, and the metatable of tagged arrays;
/// - `abort(reason)`, told why a template aborts its message, before that is raised;
/// - `branch(number)`, told which branches run, by templates that were compiled to tell it;
/// - `filters`, `tags`: tables of functions by name, of ``LiquidAdditions``; each gets plain values and gives a value, or
///   nil and what is wrong;
/// - `list(userdata)` → a sequence of its items, or nil where it is no list;
/// - `partial(name, form)` → what the chunk of a partial gives when called with the helpers, or nil and the
///   known names as text. The chunk is that of `LiquidCompiler.compile(partial:)` in this form. It is asked for
///   each `render` and `include`, so it should keep what it loaded.
///
/// `rt.array(table, n)` and `rt.hash(keys, values)` tag tables: an array with holes, a hash with its order. A
/// plain table is an array where it is empty or has an item 1, otherwise a hash in the order of its sorted
/// keys.
///
/// Between renders the helpers keep nothing but what a render that failed has printed, which no other shows. A failing helper raises its message at the line of the
/// template, with a ``PlaceMark`` behind it.
public let liquidRuntimeSource: String = [
    liquidRuntimeWords,
    liquidRuntimeCharacters,
    liquidRuntimeValues,
    liquidRuntimeNumbers,
    liquidRuntimeLookups,
    liquidRuntimeConditions,
    liquidRuntimeOutput,
    liquidRuntimeHTML,
    liquidRuntimeTags,
    liquidRuntimeTableRows,
    liquidRuntimePartials,
    liquidRuntimeText,
    liquidRuntimeTextFilters,
    liquidRuntimeMarkupFilters,
    liquidRuntimeEncodings,
    liquidRuntimeArrayHelpers,
    liquidRuntimeArrayFilters,
    liquidRuntimeArithmeticFilters,
    liquidRuntimeNumberFormats,
    liquidRuntimeDates,
    liquidRuntimeAdditions,
    "return rt\n",
].joined()
