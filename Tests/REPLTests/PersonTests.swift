import Foundation
import TestSupport
import Testing

@Suite("Customers at the prompt")
struct PersonTests {
    @Test("a customer is a card: who, value, orders, messages, consents, and what campaigns would do")
    func card() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "customer(1)", "customer \"lee@example.com\"", "customer(4)", "find \"王芳\"",
            ]), "repl/cards.txt")
    }

    @Test("a card for a program has every field, and addresses masked")
    func json() throws {
        let shop = try Shop.ofPeople()
        let said = try shop.say("customer(1)", options: ["--format", "json"])
        #expect(said.errors == "")
        let object = try JSONSerialization.jsonObject(with: Data(said.output.utf8))
        let text = try JSONSerialization.data(
            withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        try expectGolden(String(decoding: text, as: UTF8.self) + "\n", "repl/card.json")
    }

    @Test("find gives customers by a part of a name, an address or a number, who can be asked further")
    func find() throws {
        let shop = try Shop.ofPeople()
        try expectGolden(
            try shop.sessions([
                "find \"王\"", "find(\"王\")[2].name", "#find \"王\"", "find(\"example\", 2)",
                "find(\"example\", 2).total", "find(\"lee\"):customers():count()", "find \"zebra\"",
            ]), "repl/find.txt")
        let json = try shop.say("find \"138 0000\"", options: ["--format", "json"])
        #expect(json.errors == "")
        #expect(json.output.hasPrefix("{\"total\":2,\"customers\":[{\"id\":1,\"name\":\"王小明\","))
    }

    @Test("a customer is named by number, e-mail address, phone number, external id or whole name")
    func names() throws {
        let shop = try Shop.ofPeople()
        let said = try shop.say(
            "customer(1).id", "customer(\"Ming@Example.com\").id", "customer(\"13800000005\").id",
            "customer(\"王小明\").id", "customer(customer(2)).id", "customer(1) == customer \"王小明\"")
        #expect(said.output == "1\n1\n5\n1\n2\ntrue\n")
        #expect(said.errors == "")
    }

    @Test("who is not there, or is there more than once, is an error with the next step")
    func errors() throws {
        let shop = try Shop.ofPeople()
        func error(_ line: String) throws -> String {
            let said = try shop.say(line)
            #expect(said.status == 1 && said.output == "")
            return said.errors
        }
        #expect(
            try error("customer(77)") == """
                error: there is no customer 77
                 --> input 1:1
                  |
                1 | customer(77)
                  = numbers go from 1 to 5; find "…" looks for names

                """)
        #expect(
            try error("customer \"Ann Lee\"") == """
                error: 2 customers are 'Ann Lee'
                 --> input 1:1:11
                  |
                1 | customer "Ann Lee"
                  |           ^^^^^^^
                  = take one by number: customer(2) Ann Lee, London; customer(3) Ann Lee, Paris

                """)
        #expect(
            try error("customer \"Bob\"") == """
                error: no customer has the address, the id or the name 'Bob'
                 --> input 1:1:11
                  |
                1 | customer "Bob"
                  |           ^^^
                  = find "Bob" looks for a part of it

                """)
        #expect(
            try error("customer(1.5)").hasPrefix(
                "error: customer takes a customer, a number or an address as argument 1, got the number 1.5\n"
            ))
        #expect(try error("find \" \"").hasPrefix("error: there is nothing to look for\n"))
        #expect(
            try error("find(\"a\", 0)").hasPrefix(
                "error: the limit of find is a whole number from 1 to 100,000\n"))
    }
}
