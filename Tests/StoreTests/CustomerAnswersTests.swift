import Catalog
import GRDB
import Store
import TestSupport
import Testing

@Suite("How one customer responded")
struct CustomerAnswersTests {
    /// A store in which customer 1 got six messages at 100, 110, … and did these things with them.
    private func store(_ folder: TemporaryFolder) throws -> Store {
        let store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customers (id) VALUES (1), (2);
                    INSERT INTO messages (id, customer_id, channel, kind, sent_at) VALUES
                        (1, 1, 'email', 'marketing', 100), (2, 1, 'email', 'transactional', 110),
                        (3, 1, 'sms', 'marketing', 120), (4, 1, 'email', 'marketing', 130),
                        (5, 1, 'wecom', 'marketing', 140), (6, 1, 'sms', 'marketing', 900), (7, 2, 'email', 'marketing', 100);
                    INSERT INTO message_events (message_id, customer_id, type, occurred_at) VALUES
                        (1, 1, 'open', 105), (1, 1, 'open', 300), (1, 1, 'click', 106), (2, 1, 'delivered', 111),
                        (3, 1, 'click', 125), (4, 1, 'open', 901), (7, 2, 'open', 101);
                    """)
        }
        return store
    }

    @Test("a message is answered once it was opened or clicked, however often")
    func answers() throws {
        let folder = try TemporaryFolder()
        let store = try store(folder)
        #expect(
            try store.read(asOf: 500) { try $0.answers(of: 1) } == [
                .email: ChannelAnswers(messages: 3, answered: 1),
                .sms: ChannelAnswers(messages: 1, answered: 1),
                .wecom: ChannelAnswers(messages: 1, answered: 0),
            ])
        #expect(
            try store.read(asOf: 901) { try $0.answers(of: 1) }[.email]
                == ChannelAnswers(messages: 3, answered: 2))
        #expect(try store.read(asOf: 500) { try $0.answers(of: 3) } == [:])
    }

    @Test("opens are known with their times, each for itself, up to the instant")
    func opens() throws {
        let folder = try TemporaryFolder()
        let store = try store(folder)
        #expect(try store.read(asOf: 500) { try $0.opens(of: 1) } == [105, 300])
        #expect(try store.read(asOf: 901) { try $0.opens(of: 1) } == [105, 300, 901])
        #expect(try store.read(asOf: 500) { try $0.opens(of: 3) } == [])
    }
}
