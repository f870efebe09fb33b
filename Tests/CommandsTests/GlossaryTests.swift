import Foundation
import TestSupport
import Testing

@Suite("The glossary")
struct GlossaryTests {
    private static let bars = CharacterSet(charactersIn: "| ")

    /// The rows of the table: term, Chinese, meaning, name in Moonletter.
    private func rows() throws -> [[String]] {
        let page = try String(contentsOf: checkout.appending(path: "docs/glossary.md"), encoding: .utf8)
        return page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst()
            .map { $0.split(separator: " | ").map { $0.trimmingCharacters(in: Self.bars) } }
    }

    @Test("terms are sorted, each stands once, and each is explained in both languages")
    func terms() throws {
        let rows = try rows()
        #expect(rows.count >= 70)
        for row in rows {
            #expect(row.count == 4 && row[2].components(separatedBy: "<br>").count == 2, "\(row)")
        }
        let terms = rows.map { $0[0].lowercased() }
        #expect(terms == Set(terms).sorted())
    }

    @Test("each name in Moonletter is one that another page knows")
    func names() throws {
        let pages = try Self.pages()
        for row in try rows() {
            let name = row[3].replacing("`", with: "")
            // What stands in brackets or quotes, or is compared with, is an example's own.
            let own = name.hasPrefix("moonletter ") ? name[...] : name.prefix { !" (\"".contains($0) }
            for part in own.split(whereSeparator: { ".:".contains($0) }) where part != "c" {
                #expect(pages.contains { $0.contains(part) }, "\(row[0]): \(name)")
            }
        }
    }

    /// The text of every page but the glossary.
    private static func pages() throws -> [String] {
        let docs = checkout.appending(path: "docs")
        let names = FileManager.default.enumerator(atPath: docs.path)?.compactMap { $0 as? String } ?? []
        let pages = names.filter { $0.hasSuffix(".md") && $0 != "glossary.md" }
        let files = pages.map { docs.appending(path: $0) } + [checkout.appending(path: "README.md")]
        return try files.map { try String(contentsOf: $0, encoding: .utf8) }
    }
}
