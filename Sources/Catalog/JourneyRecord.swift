/// What a run did with the customers of one person, in the order of doing: enough to replay each of their journeys to the
/// same point.
public struct JourneyRecord: Sendable, Equatable {
    /// The customers, the lowest first.
    public var customers: [Int64]
    /// What happened.
    public var entries: [Entry]

    /// A record from its parts.
    public init(customers: [Int64], entries: [Entry] = []) {
        self.customers = customers
        self.entries = entries
    }

    /// Something that happened at an instant.
    public struct Entry: Sendable, Equatable {
        /// When, Unix seconds.
        public var time: Int64
        /// What.
        public var what: What

        /// An entry from its parts.
        public init(at time: Int64, _ what: What) {
            self.time = time
            self.what = what
        }
    }

    /// What can happen. Journeys have numbers from 0 on, in the order of their beginnings.
    public enum What: Sendable, Equatable {
        /// A customer enters a campaign.
        case begin(customer: Int64, campaign: String, variant: String?, event: Event?)
        /// A journey goes on with an answer; it goes on without one where it asked for something that is just done.
        case answer(journey: Int, Answer)
        /// A journey has gone on, and asks for something.
        case step(journey: Int, Step)
        /// A journey is over, or still waits at the end of the run: a word as in ``RunFlow/word``.
        case end(journey: Int, String)
        /// Something is simulated of a customer.
        case change(customer: Int64, Change)
    }

    /// What a journey is answered with.
    public enum Answer: Sendable, Equatable {
        /// Whether a message was sent.
        case sent(Bool)
        /// What happened; nil where the time was over first.
        case event(Event?)
    }

    /// Something that happened to a customer.
    public struct Event: Sendable, Equatable {
        /// What it is called.
        public var name: String
        /// When, Unix seconds.
        public var time: Int64
        /// What is known of it.
        public var details: [Detail]

        /// An event from its parts.
        public init(_ name: String, at time: Int64, _ details: [Detail]) {
            self.name = name
            self.time = time
            self.details = details
        }
    }

    /// A value of an event.
    public struct Detail: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its value as it is stored.
        public var value: Value
        /// Its type.
        public var type: ValueType

        /// A detail from its parts.
        public init(_ name: String, _ value: Value, _ type: ValueType) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// What a journey asks for.
    public struct Step: Sendable, Equatable {
        /// Script and line: `scripts/win-back.lua:18`.
        public var location: String
        /// The word.
        public var word: String
        /// What stands behind it, times as seconds from now on.
        public var arguments: [Argument]

        /// A step from its parts.
        public init(_ word: String, at location: String, _ arguments: [Argument]) {
            self.word = word
            self.location = location
            self.arguments = arguments
        }
    }

    /// An argument of a step.
    public enum Argument: Sendable, Hashable {
        /// The value itself.
        case value(Value)
        /// ``Basics/StableHash`` of a long text.
        case hash(UInt64)
    }

    /// What a simulation adds to what is stored.
    public enum Change: Sendable, Equatable {
        /// A row of a relation, with its number and its values by name, in the order of names.
        case row(relation: String, id: Int64, values: [Field])
        /// An event of a message.
        case messageEvent(String, message: Int64)
        /// Points.
        case points(Int64)
        /// A field has another value.
        case field(Field)
        /// A tag is given or taken.
        case tag(String, isGiven: Bool)

        /// A name and its value.
        public struct Field: Sendable, Equatable {
            /// The name.
            public var name: String
            /// The value as it is stored.
            public var value: Value

            /// A field from its parts.
            public init(_ name: String, _ value: Value) {
                self.name = name
                self.value = value
            }
        }
    }
}
