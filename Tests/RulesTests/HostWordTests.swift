import Catalog
import LuaRuntime
import Testing

@testable import Rules

@Suite("Host words describe themselves")
struct HostWordTests {
    @Test("every word has a signature that begins with it, one sentence and an example that uses it")
    func entries() {
        for word in hostWords {
            #expect(word.signature.hasPrefix(word.name), "\(word.name)")
            #expect(word.doc.hasSuffix("."), "\(word.name)")
            #expect(word.example.contains(word.name), "\(word.name)")
        }
        let names = hostWords.map(\.name)
        #expect(Set(names).count == names.count)
    }

    private static let all =
        hostWords + customerMethods + relationMethods + expectationMethods + storyMethods

    @Test(
        "every example compiles as Lua",
        arguments: Self.all.map(\.signature))
    func examples(_ signature: String) throws {
        let words = Self.all
        let word = try #require(words.first { $0.signature == signature })
        #expect(word.example.contains(word.name))
        let state = try LuaState()
        let asStatement = Result { try state.load(word.example, name: "example") }
        let asExpression = Result {
            try state.load("return function(c) return \(word.example) end", name: "example")
        }
        #expect((try? asStatement.get()) != nil || (try? asExpression.get()) != nil)
    }

    @Test("every method of a customer has a signature with a colon and one sentence")
    func methods() {
        for method in customerMethods {
            #expect(method.signature.hasPrefix("c:\(method.name)("), "\(method.name)")
            #expect(method.doc.hasSuffix("."), "\(method.name)")
        }
    }

    @Test("scripts find the words of the host and the allowed ones of Lua, and no others")
    func allWords() throws {
        let host = try RuleHost(clock: Workshop().clock)
        #expect(
            host.state.words == [
                "assert", "at", "award", "campaign", "customer_like", "date", "days", "days_ago", "error",
                "exit", "expect", "follow_up", "getmetatable", "hours", "ipairs", "load", "math", "minutes",
                "model", "next", "note", "now",
                "pairs", "pause", "pcall", "rawequal", "rawget", "rawlen", "rawset", "recommend",
                "require", "response", "segment", "select", "send", "set", "setmetatable", "simulate",
                "string", "table",
                "tag",
                "task", "test", "ticket", "today", "tonumber", "tostring", "trait", "type", "untag", "utf8",
                "wait", "wait_for", "wait_until", "xpcall",
            ])
    }

    @Test("the catalog reserves the names of a customer's methods")
    func methodNames() {
        #expect(customerMethodNames.sorted() == customerMethods.map(\.name).sorted())
    }
}
