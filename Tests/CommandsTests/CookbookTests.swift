import Foundation
import TestSupport
import Testing

/// The recipes of docs/cookbook/, and the page that is made of them.
@Suite("The cookbook")
struct CookbookTests {
    /// A demo with the recipes in place of its own scripts and templates, made once.
    nonisolated(unsafe) private static let kitchen = Result {
        let folder = try TemporaryFolder()
        _ = try Program.run(["init", "demo", "--demo", "--customers", "1500"], in: folder.url)
        let files = FileManager.default
        let demo = folder.url.appending(path: "demo")
        for room in ["scripts", "templates"] { try files.removeItem(at: demo.appending(path: room)) }
        let book = checkout.appending(path: "docs/cookbook")
        try files.copyItem(at: book.appending(path: "templates"), to: demo.appending(path: "templates"))
        for recipe in try Recipe.all {
            try folder.write(recipe.text, to: "demo/scripts/\(recipe.name).lua")
        }
        return folder
    }

    @Test("docs/cookbook.md is what the recipes make of it")
    func page() throws {
        let recipes = try Recipe.all
        #expect(recipes.count == 30)
        try expectFile(Recipe.page(recipes), "docs/cookbook.md")
    }

    @Test("check finds no mistake in the recipes, and their tests pass")
    func checked() throws {
        let demo = try Self.kitchen.get().url.appending(path: "demo")
        let check = try Program.run(["check"], in: demo)
        #expect(check.status == 0 && !check.output.contains("warning: "), "\(check.output)")
        let tests = try Program.run(["test"], in: demo)
        #expect(tests.status == 0 && tests.output.hasSuffix(", all passed\n"), "\(tests.output)")
        for recipe in try Recipe.all { #expect(recipe.text.contains("\ntest(\""), "\(recipe.name)") }
    }

    @Test("each recipe does something in the demo", arguments: try Recipe.all)
    func reaches(recipe: Recipe) throws {
        let demo = try Self.kitchen.get().url.appending(path: "demo")
        guard !recipe.campaigns.isEmpty else {
            for segment in recipe.names(of: "segment") {
                let count = try Program.run(["segment", segment], in: demo)
                #expect(count.output != "0\n", "nobody is in \(segment): \(count.errors)")
            }
            return
        }
        let outcome = try Program.run(
            ["dry-run"] + recipe.campaigns + ["--assume", "open=0.3,click=0.2,buy=0.03", "--format", "json"],
            in: demo)
        let run = try JSONDecoder().decode(Run.self, from: Data(outcome.output.utf8))
        for campaign in run.campaigns {
            #expect(
                campaign.sent + campaign.work.count > 0,
                "\(campaign.name) sends nothing and gives nobody anything to do: \(outcome.errors)")
        }
    }

    /// What a dry run tells of its campaigns, as far as it matters here.
    private struct Run: Decodable {
        struct Campaign: Decodable {
            let name: String
            let sent: Int
            let work: [Work]
        }

        struct Work: Decodable {}

        let campaigns: [Campaign]
    }
}
