/// Turns Liquid into Lua.
public enum LiquidCompiler {
    /// The Lua chunk of a Liquid text, or the first error in it.
    ///
    /// `firstLine` and `firstColumn` say where the text begins in its file, so that diagnostics and the Lua
    /// lines are those of the file. The chunk of a partial is for the helpers alone. Cost: linear in the text.
    ///
    ///     try LiquidCompiler.compile("Dear {{ name }}", file: "hi.liquid", firstLine: 1, escaping: .none)
    public static func compile(
        _ text: String, file: String, firstLine: Int = 1, firstColumn: Int = 1, escaping: Escaping,
        role: TemplateRole = .message, strictness: Strictness = .strict2
    ) throws(TemplateError) -> CompiledTemplate {
        let source = TemplateText(text, file: file, firstLine: firstLine, firstColumn: firstColumn)
        var parser = LiquidParser(
            text: source, tokens: try TemplateTokenizer.tokens(of: source), role: role,
            strictness: strictness)
        let nodes = try parser.parseTemplate()
        var emitter = LuaEmitter(
            escaping: escaping, names: parser.names, role: role, file: file, firstLine: firstLine)
        emitter.emit(template: nodes)
        return CompiledTemplate(
            luaSource: emitter.chunk, chunkName: "=" + file, variables: emitter.variables,
            layout: parser.layout)
    }
}
