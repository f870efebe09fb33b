@testable import Templates
import Testing

@Suite("What the reference says of filters and tags")
struct LiquidEntryTests {
    @Test("every filter and every tag has its sentence, once")
    func complete() {
        #expect(filterDocs.map(\.name) == FilterSpec.known.keys.sorted())
        #expect(tagDocs.map(\.name) == TagTable.opening)
    }

    @Test("every example prints what stands beside it", .enabled(if: LuaProgram.isInstalled))
    func examples() throws {
        let entries = (filterDocs + tagDocs).filter { $0.output != nil }
        let scope = """
            { products = { { name = "Tea", price = 5, sold_out = true }, { name = "Pot", price = 20 } } }
            """
        let rendered = try LuaProgram.render(entries.map { try LuaProgram.Job($0.example, scope) })
        for (entry, found) in zip(entries, rendered) {
            #expect(found.output == entry.output && found.error == nil, "\(entry.name): \(found)")
        }
    }
}
