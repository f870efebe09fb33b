import Catalog
import Foundation
import LuaRuntime
import Rules
import TestSupport
import Testing

@Suite("Types for editors")
struct TypesTests {
    private static let file = "demo/.luatypes/moonletter.lua"

    /// A small demo with its types.
    private func demo() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        #expect(
            try Program.run(["init", "demo", "--demo", "--customers", "300"], in: folder.url).status == 0)
        let outcome = try Program.run(["types", "--luarc"], in: folder.url.appending(path: "demo"))
        #expect(outcome.output == "wrote .luatypes/moonletter.lua\nwrote .luarc.json\n")
        return folder
    }

    @Test("the types of the demo are these, and are Lua")
    func golden() throws {
        let folder = try demo()
        try expectGolden(try folder.read(Self.file), "types.lua")
        let check = try Program.run(["check", "--syntax-only", Self.file], in: folder.url)
        #expect(check.status == 0, "\(check.output)")
    }

    @Test("every type that is named is declared, and every function takes what it says")
    func declared() throws {
        let types = Annotations(try demo().read(Self.file))
        #expect(types.undeclared == [])
        #expect(types.mismatches == [])
    }

    @Test("every field, method, word and setting of the program is there")
    func complete() throws {
        let types = Annotations(try demo().read(Self.file))
        func expect(_ names: [String], in type: String) {
            let fields = types.classes[type] ?? [:]
            #expect(names.filter { fields[$0] == nil } == [], "\(type)")
        }
        expect((customerColumns + factFields).map(\.name) + relations.map(\.name), in: "Customer")
        for relation in relations {
            expect(relation.fields.map(\.name), in: relation.rowName)
            expect((relation.fields + relation.matches).map(\.name), in: relation.rowName + "Fields")
            let list = relation.name.prefix(1).uppercased() + relation.name.dropFirst()
            for method in relationMethods.map(\.name) + relation.states.map(\.name) {
                // Where nothing is a number, nothing can be added up.
                let hasSum = ["orders", "feedback"].contains(relation.name)
                #expect(
                    (types.functions["\(list):\(method)"] != nil) == (method != "sum" || hasSum),
                    "\(list):\(method)")
            }
        }
        expect(orderItemFields.map(\.name), in: "Item")
        expect(storyFields.map(\.name), in: "Story")
        let methods =
            customerMethods.map { "Customer:\($0.name)" } + storyMethods.map { "Story:\($0.name)" }
            + expectationMethods.map { "Expectation.\($0.name)" }
        #expect((methods + hostWords.map(\.name)).filter { types.functions[$0] == nil } == ["segment"])
        for word in hostWords where !word.settings.isEmpty && word.name != "customer_like" {
            let name = word.name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
            expect(word.settings, in: name.joined() + "Settings")
        }
        let like = hostWords.first { $0.name == "customer_like" }
        expect(like?.settings ?? [], in: "CustomerLike")
    }

    @Test("every name of a customer and every method in scripts and examples is among the types")
    func scripts() throws {
        let types = Annotations(try demo().read(Self.file))
        let folder = checkout.appending(path: "scripts")
        var texts = hostWords.map(\.example) + customerMethods.map(\.example) + relationMethods.map(\.example)
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where name.hasSuffix(".lua") {
            texts.append(try String(contentsOf: folder.appending(path: name), encoding: .utf8))
        }
        let fields = types.classes["Customer"] ?? [:]
        let traits = texts.flatMap { $0.matches(of: #/trait "(\w+)"/#).map { String($0.1) } }
        let methods = Set(
            types.functions.keys.flatMap { $0.split(whereSeparator: { ":.".contains($0) }).suffix(1) })
        var unknown: Set<String> = []
        for text in texts {
            for name in text.matches(of: #/\bc\.(\w+)/#).map({ String($0.1) })
            where fields[name] == nil && !traits.contains(name) {
                unknown.insert("c.\(name)")
            }
            for name in text.matches(of: #/[\w)]:([a-z_]+)/#).map(\.1) where !methods.contains(name) {
                // Methods of texts are Lua's own.
                if try !LuaState().names(inLibrary: "string").contains(String(name)) {
                    unknown.insert(":\(name)")
                }
            }
        }
        #expect(unknown == [])
    }

    @Test("attributes, traits, segments and words of plugins are those of the workspace")
    func workspace() throws {
        let folder = try demo()
        try folder.write(
            "trait \"stage\" { doc = \"Where the customer stands\", of = function(c) return \"lead\" end }\n"
                + "trait \"tier\" { type = \"text\", values = { \"gold\", \"tin\" }, of = function(c) return \"tin\" end }\n"
                + "trait \"span\" { type = \"number\", of = function(c) return now() - c.last_order_at end }\n"
                + "segment \"in two words\" { description = \"Everybody\", where = function(c) return true end }\n",
            to: "demo/scripts/own.lua")
        #expect(
            try Program.run(["types", "-o", "own.lua", "--workspace", "demo"], in: folder.url).status == 0)
        let text = try folder.read("own.lua")
        #expect(text.contains("\n---@field shoe_size? integer Shoe size, European.\n"))
        #expect(text.contains("\n---@field stage? (string|number|boolean) Where the customer stands\n"))
        #expect(text.contains("\n---@field tier? (\"gold\"|\"tin\")\n"))
        #expect(text.contains("\n---@field span? number\n"))
        #expect(text.contains("\n---@field [\"in two words\"] Segment Everybody\n"))
        #expect(text.contains("\n---| \"win-back\" # email, sms\n"))
    }

    @Test("settings of an editor that are there already stay as they are")
    func kept() throws {
        let folder = try demo()
        try folder.write("{}\n", to: "demo/.luarc.json")
        let outcome = try Program.run(["types", "--luarc"], in: folder.url.appending(path: "demo"))
        #expect(
            outcome.output.hasPrefix("wrote .luatypes/moonletter.lua\nkept .luarc.json: it is there already"))
        #expect(try folder.read("demo/.luarc.json") == "{}\n")
    }

    @Test(
        "a language server finds nothing in the sample scripts, and the mistakes in others",
        .enabled(if: LuaServer.path != nil, "emmylua_ls is not installed"))
    func server() throws {
        let folder = try demo()
        try folder.write(
            """
            segment "x" { where = function(c) return c.ordr_count > 0 end }
            segment "y" { wher = function(c) return c.order_count > 0 end }
            campaign "z" {
              audience = segment.vip - segment["left a cart"],
              kind = "marketting",
              journey = function(c)
                wait("3 days")
                local e = wait_for("click", days(3))
                if e and e.scoer then tag(5) end
                local total = c.orders:since(days_ago(3)):summ "amount"
                c.orders:sum "status"
                c:has_tg "VIP"
              end,
            }
            test("q", function() expect(customer_like { city = "Cork" }.city).iss(3) end)
            """, to: "demo/scripts/wrong.lua")
        let root = folder.url.appending(path: "demo").resolvingSymlinksInPath()
        let server = try LuaServer(root)
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: "scripts").path)
        let files =
            names.filter { $0.hasSuffix(".lua") }.sorted().map { "scripts/\($0)" } + [
                ".luatypes/moonletter.lua"
            ]
        for file in files { try server.open(file) }
        let expected = [
            "1: undefined-field", "2: missing-fields", "2: param-type-mismatch", "5: assign-type-mismatch",
            "7: param-type-mismatch", "9: param-type-mismatch", "9: undefined-field", "10: undefined-field",
            "11: param-type-mismatch", "12: undefined-field", "15: undefined-field",
        ]
        // Until it has read the whole folder it finds less.
        var wrong: [String] = []
        for _ in 0..<600 where wrong != expected {
            wrong = try server.findings(in: "scripts/wrong.lua")
            if wrong != expected { Thread.sleep(forTimeInterval: 0.1) }
        }
        #expect(wrong == expected)
        for file in files where file != "scripts/wrong.lua" {
            #expect(try server.findings(in: file) == [], "\(file)")
        }
    }
}
