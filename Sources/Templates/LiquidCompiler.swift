/// Turns Liquid into Lua.
public enum LiquidCompiler {
    /// The Lua chunk of a Liquid text, or the first error in it.
    ///
    /// `firstLine` and `firstColumn` say where the text begins in its file, so that diagnostics and the Lua
    /// lines are those of the file. With a `firstBranch`, branches tell the host their numbers, from that one on, when they
    /// run (``CompiledTemplate/branches``). Cost: linear in the text.
    ///
    ///     try LiquidCompiler.compile("Dear {{ name }}", file: "hi.liquid", firstLine: 1, escaping: .none)
    public static func compile(
        _ text: String, file: String, firstLine: Int = 1, firstColumn: Int = 1, escaping: Escaping,
        strictness: Strictness = .strict2, firstBranch: Int? = nil,
        additions: LiquidAdditions = LiquidAdditions()
    ) throws(TemplateError) -> CompiledTemplate {
        try compile(
            TemplateText(text, file: file, firstLine: firstLine, firstColumn: firstColumn),
            escaping: escaping, at: HTMLState(), role: .message, strictness: strictness,
            firstBranch: firstBranch, additions)
    }

    /// The Lua chunk of a partial, or the first error in it.
    ///
    /// The chunk is for `render` and `include`, which ask the host for it in the `form` that the place of the
    /// tag needs: a form has its own chunk. The form `text` is that of a place where nothing is escaped.
    public static func compile(
        partial text: String, file: String, firstLine: Int = 1, form: String, firstBranch: Int? = nil,
        additions: LiquidAdditions = LiquidAdditions()
    ) throws(TemplateError) -> CompiledTemplate {
        let place = HTMLState(code: form)
        return try compile(
            TemplateText(text, file: file, firstLine: firstLine, firstColumn: 1),
            escaping: place == nil ? .none : .html, at: place ?? HTMLState(), role: .partial,
            strictness: .strict2, firstBranch: firstBranch, additions)
    }

    private static func compile(
        _ source: TemplateText, escaping: Escaping, at place: HTMLState, role: TemplateRole,
        strictness: Strictness, firstBranch: Int?, _ additions: LiquidAdditions
    ) throws(TemplateError) -> CompiledTemplate {
        var parser = try LiquidParser(
            text: source, role: role, strictness: strictness, additions: additions)
        var nodes = try parser.parseTemplate()
        if escaping == .html { try HTMLContexts.resolve(&nodes, of: source, from: place) }
        var emitter = LuaEmitter(
            escaping: escaping, names: parser.names, role: role, firstBranch: firstBranch, source: source)
        emitter.emit(template: nodes)
        return CompiledTemplate(
            luaSource: emitter.chunk, chunkName: "=" + source.file,
            partials: emitter.partials, translations: emitter.translations, branches: emitter.branches,
            layout: parser.layout, outline: OutlineReader.outline(of: nodes, parser))
    }
}
