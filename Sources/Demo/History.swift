/// What a customer did and what was done for them: the rows of every table, in the order of time.
struct History {
    var orders: [Order] = []
    var events: [Event] = []
    var messages: [Message] = []
    var consents: [Consent] = []
    var suppressions: [Suppression] = []
    var tags: [(name: String, at: Int64)] = []
    var interests: [Interest] = []
    var interactions: [Interaction] = []
    var feedback: [Feedback] = []
    var tasks: [Job] = []
    var tickets: [Job] = []
    var points: [(points: Int64, reason: String, at: Int64)] = []
    var shoeSize: Int64?
    var newsletterTopic: String?
    var contractEnd: String?
    var level = "普通"

    /// A row of `orders` with its items.
    struct Order {
        let placedAt: Int64
        let status: String
        let source: String
        let coupon: String?
        var items: [(product: Int, quantity: Int, amount: Int64)] = []

        var isPurchase: Bool { status != "pending" && status != "cancelled" && status != "refunded" }
        var amount: Int64 { items.reduce(0) { $0 + $1.amount } }
        var itemCount: Int { items.reduce(0) { $0 + $1.quantity } }
    }

    /// A row of `events`.
    struct Event {
        let type: String
        let at: Int64
        var product: Int?
        var url: String?
    }

    /// A row of `messages` with its events.
    struct Message {
        let campaign: String
        let step: String
        let channel: String
        let address: String
        let subject: String
        let sentAt: Int64
        var events: [(type: String, at: Int64, url: String?)] = []
    }

    /// A row of `consents`.
    struct Consent {
        let channel: String
        let isGranted: Bool
        let at: Int64
        let source: String
    }

    /// A row of `suppressions`.
    struct Suppression {
        let channel: String
        let address: String
        let reason: String
        let at: Int64
    }

    /// A row of `interests`; the category is an index of ``Shop/categories``.
    struct Interest {
        let category: Int
        let weight: Double
        let at: Int64
    }

    /// A row of `interactions`.
    struct Interaction {
        let type: String
        let at: Int64
        let subject: String
        let notes: String?
    }

    /// A row of `feedback`.
    struct Feedback {
        let survey: String
        let score: Double
        let comment: String?
        let at: Int64
    }

    /// A row of `tasks` or `tickets`.
    struct Job {
        let title: String
        let at: Int64
        let dueAt: Int64?
        let status: String
    }

    /// The history of a customer. Of one who was erased only the orders are left, for the books.
    init(of person: Person, in world: World) {
        makeInterests(person, world)
        makeOrders(person, world)
        guard person.erasedAt == nil else {
            interests = []
            return
        }
        makeEvents(person, world)
        makeConsents(person, world)
        makeMessages(person, world)
        makeService(person, world)
        makeProfile(person, world)
    }

    /// Whether the channel may be used at an instant, by the consents so far.
    func mayUse(_ channel: String, at instant: Int64) -> Bool {
        consents.last { $0.channel == channel && $0.at <= instant }?.isGranted ?? false
    }
}
