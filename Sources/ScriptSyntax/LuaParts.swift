extension LuaChunk {
    /// Every name that stands behind a point or a colon, and every text, which may be a name in brackets: no function of
    /// the script reads another part of anything, but by a name that it puts together.
    ///
    /// Cost: one pass over the text.
    public var partNames: Set<String> {
        var names: Set<String> = []
        var isBehindSign = false
        for lexeme in LuaLexer(source).lexemes {
            switch lexeme.kind {
            case .name(let name) where isBehindSign: names.insert(name)
            case .string(let bytes): names.insert(String(decoding: bytes, as: UTF8.self))
            default: break
            }
            isBehindSign = lexeme.kind == .word(.dot) || lexeme.kind == .word(.colon)
        }
        return names
    }
}
