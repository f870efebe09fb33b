import Foundation
import TestSupport
import Testing

@Suite("The plugin data-quality")
struct DataQualityTests {
    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.write(
            """
            id,name,email,phone,city,birthday
            1,Ann Lee,ann.lee@example.org,13812345678,London,1990-01-02
            2,Ann  Lee,AnnLee+shop@example.org,+86 138 1234 5678,london,1970-01-01
            3,王小明,info@example.org,13800000003,上海,1880-01-01
            4,Bob,bob@gmial.com,999,Cork,
            5,Eve,eve@example.org,,Cork,1985-05-05

            """, to: "customers.csv")
        try shop.importFiles("customers")
        try shop.copyPlugin("data-quality")
        return shop
    }

    @Test("its own tests pass")
    func own() throws {
        let outcome = try shop().run("plugins", "test", "data-quality")
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    }

    @Test("check counts broken data and likely duplicates, and shows no value of a customer")
    func check() throws {
        let shop = try shop()
        try shop.write("Dear TODO,\n", to: "templates/hello.sms.liquid")
        let outcome = try shop.run("check", "--strict")
        #expect(
            outcome.output.split(separator: "\n").filter { $0.hasSuffix("]") } == [
                "note: no campaign sends 'hello' [unused-template]",
                "warning: 'todo' goes out as it is [data-quality/placeholder]",
                "warning: customer 4: e-mail has a mistyped domain: gmail.com was meant [data-quality/broken-email]",
                "warning: customer 4: phone has fewer than 7 digits [data-quality/broken-phone]",
                "note: customer 3: e-mail is a role account [data-quality/role-account]",
                "warning: customer 2: birthday is what programs write where they know none [data-quality/impossible-birthday]",
                "warning: customer 3: birthday is more than 110 years ago [data-quality/impossible-birthday]",
                "note: 2 customers: the same phone number, so probably one person, such as customers 1 and 2 [data-quality/same-phone]",
                "note: 2 customers: the same name in the same city, so perhaps one person, such as customers 1 and 2 [data-quality/same-name]",
                "note: 2 customers: e-mail addresses alike but for case, points and what stands behind a +, so probably one person, such as customers 1 and 2 [data-quality/same-email]",
            ], "\(outcome.output) \(outcome.errors)")
        #expect(outcome.status == 1)
    }

    @Test("customers who are probably there twice are a segment, with how many share what")
    func duplicates() throws {
        let outcome = try shop().run(
            "segment", "likely duplicates", "--show", "same_phone,same_name,same_email")
        #expect(
            outcome.output == """
                id  same_phone  same_name  same_email
                 1           2          2           2
                 2           2          2           2

                """, "\(outcome.output) \(outcome.errors)")
    }
}
