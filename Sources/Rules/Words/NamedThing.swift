/// What a text in a script may name, so that completion can offer the names that there are.
///
/// A parameter or a setting that is called as one of these names such a thing; any other says so with
/// ``HostWord/naming(_:_:)``.
public enum NamedThing: Sendable, Hashable {
    /// A segment, a campaign, a message template.
    case segment, campaign, template
    /// A tag or an interest that customers have.
    case tag, interest
    /// A channel, an event that journeys wait for, a property of products that customers favour.
    case channel, event, property
    /// A field: of customers, or of the rows that the word is asked of.
    case field
    /// The same, of those that can be added up.
    case quantity
    /// The same, of those that are times or dates.
    case moment
    /// The same, as the keys of a table whose values are compared.
    case fields
    /// A customer by name or address.
    case customer
    /// A script or template of the workspace by its path, a run by its name.
    case script, run
    /// Anything that help knows.
    case topic
    /// A segment, or fields as ``fields``: who is meant.
    case condition
    /// One of these words.
    case oneOf([String])

    /// What a parameter or a setting of that name names; nil where that says nothing.
    init?(_ parameter: String) {
        switch parameter {
        case "segment": self = .segment
        case "campaign", "campaigns": self = .campaign
        case "template": self = .template
        case "tag", "tags": self = .tag
        case "interest", "interests": self = .interest
        case "channel", "channels": self = .channel
        case "event", "on": self = .event
        case "property": self = .property
        case "field", "fields", "column", "columns", "rows": self = .field
        case "customer": self = .customer
        case "script", "path": self = .script
        case "run": self = .run
        case "topic": self = .topic
        case "condition", "who": self = .condition
        default: return nil
        }
    }
}
