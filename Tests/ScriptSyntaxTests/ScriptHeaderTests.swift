import ScriptSyntax
import Testing

@Suite("Headers of scripts")
struct ScriptHeaderTests {
    private func header(_ text: String) -> ScriptHeader {
        ScriptHeader(LuaChunk(parsing: text, path: "scripts/x.lua"))
    }

    @Test("a header has a title, and tags that may run over lines")
    func whole() {
        let header = header(
            """
            --- Wake customers who have gone quiet.
            ---
            --- @author 王蕾
            ---@description A voucher by e-mail,
            ---   then one reminder.
            ---
            ---   Nobody gets two.
            --- @tags win-back,  voucher ,
            --- @needs plugin rfm >= 1.0
            --- @needs plugin lifecycle
            --- @needs field loyalty_card
            --- @license MIT
            local x = 1
            --- @tags of no header
            """)
        #expect(header.title == "Wake customers who have gone quiet.")
        #expect(header.author == "王蕾")
        #expect(header.description == "A voucher by e-mail, then one reminder. Nobody gets two.")
        #expect(header.tags == ["win-back", "voucher"])
        #expect(
            header.needs == [
                .plugin("rfm", version: "1.0"), .plugin("lifecycle", version: nil), .field("loyalty_card"),
            ])
        #expect(
            header.needs.map(\.description) == [
                "plugin rfm >= 1.0", "plugin lifecycle", "field loyalty_card",
            ])
        #expect(header.license == "MIT")
        #expect(header.problems == [])
    }

    @Test("a comment of two dashes, one further down, and one behind an empty line are no header")
    func none() {
        for text in ["-- Wake.\n--- @tags a", "\n--- Wake.", "local a --- Wake.", "--[[- Wake. ]]", ""] {
            #expect(header(text).title == "")
            #expect(header(text).tags == [])
        }
    }

    @Test("without tags, what follows the title is a comment as any other")
    func comment() {
        let header = header("--- Wake.\n--- And more.\n")
        #expect(header.title == "Wake.")
        #expect(header.description == "")
        #expect(header.problems == [])
    }

    @Test("what nobody understands is told with the next step, and the rest is read")
    func problems() {
        let text = """
            --- Wake.
            --- They get a voucher.
            --- @tag voucher
            --- @author A
            --- @author B
            --- @license
            --- @needs rfm 1.0
            --- @needs plugin rfm > 1.0
            --- @needs field the card
            --- @needs plugin rfm >= v1
            --- @tags voucher
            """
        let header = header(text)
        #expect(
            header.problems.map { "\($0.message): \($0.hint)" } == [
                "a title has one line: put what follows behind @description",
                "a header has no '@tag': did you mean 'tags'?",
                "a header has one '@author': put both into one",
                "'@license' says nothing: remove it",
                "'rfm 1.0' is no need: write @needs plugin NAME >= 1.0, or @needs field NAME",
                "'plugin rfm > 1.0' is no need: write @needs plugin NAME >= 1.0, or @needs field NAME",
                "'field the card' is no need: write @needs plugin NAME >= 1.0, or @needs field NAME",
                "'plugin rfm >= v1' is no need: write @needs plugin NAME >= 1.0, or @needs field NAME",
            ])
        #expect(header.author == "A")
        #expect(header.tags == ["voucher"])
    }
}
