import Commands
import Simulator
import Store
import TestSupport
import Testing

@Suite("Customers who share addresses")
struct PersonSharingTests {
    @Test("who is one person with a customer is found from the customer's addresses as from all")
    func people() throws {
        let folder = try TemporaryFolder()
        let made = try Program.run(["init", "shop", "--demo", "--customers", "1500"], in: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        let store = try Store(opening: folder.path("shop/crm.sqlite"))
        let shared = try store.read(asOf: .max) { snapshot in
            let all = try People(snapshot)
            return try (1...Int64(1500)).filter { customer in
                let lowest = all.lowest(of: customer)
                let found = try People(around: customer, snapshot).lowest(of: customer)
                #expect(found == lowest)
                return lowest != customer
            }
        }
        #expect(!shared.isEmpty)
    }
}
