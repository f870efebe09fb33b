public import Diagnostics

/// What a template reads and names, in the order of its text, found without running it.
public struct TemplateOutline: Sendable {
    /// The paths that it reads, but those of `forloop` and of names that are values.
    public internal(set) var reads: [Read] = []
    /// The names by which filters such as `map` and `sort` ask for a field of every item.
    public internal(set) var properties: [Property] = []
    /// What each name gets by `assign`, `capture`, `increment` and `decrement`, wherever that stands.
    public internal(set) var assignments: [String: [Source]] = [:]
    /// Its `render` and `include` tags.
    public internal(set) var partials: [Partial] = []
    /// What its `layout` tag names; nil where there is none, or it says `none`.
    public internal(set) var layout: TemplateFile.Mention?
    /// Its comments.
    public internal(set) var comments: [Comment] = []
    /// Where its text begins in the file.
    public let start: SourceLocation

    /// A path where it is read.
    public struct Read: Sendable {
        /// As written: `customer.name`, `order.items[0].title`.
        public let path: String
        /// Where it begins.
        public let location: SourceLocation
        /// What its first name stands for.
        public let root: Root
        /// What follows the first name.
        public let steps: [Step]
    }

    /// What the first name of a path stands for.
    public enum Root: Sendable {
        /// A name of the scope, or one that the template gives a value to.
        case name(String)
        /// The variable of a loop over these values.
        case element(of: Source)
    }

    /// A step of a path.
    public struct Step: Sendable {
        /// How it goes on.
        public enum Kind: Sendable {
            /// `.name` or `["name"]`.
            case name(String)
            /// `.size`, `.first` or `.last`.
            case command(String)
            /// `[value]`
            case item
        }

        /// How it goes on.
        public let kind: Kind
        /// So many characters of the path stand before its name.
        public let offset: Int
    }

    /// Where a value comes from.
    public struct Source: Sendable {
        /// The path, as an index of ``TemplateOutline/reads``; nil where it is none.
        public let read: Int?
        /// The filters that it goes through.
        public let filters: [String]

        /// No path.
        static let other = Source(read: nil, filters: [])
    }

    /// A field that a filter asks for: `| map: "name"`.
    public struct Property: Sendable {
        /// As written.
        public let name: String
        /// Where the name begins.
        public let location: SourceLocation
        /// The items.
        public let items: Source
    }

    /// A `render` or `include` tag.
    public struct Partial: Sendable {
        /// Nil where the name is a value.
        public let name: String?
        /// Where the name begins; where it is a value, the tag.
        public let location: SourceLocation
        /// `include`: the partial sees and gives the names of the template.
        public let isShared: Bool
        /// The named arguments.
        public let arguments: [String: Source]
        /// What stands after `with` or `for`.
        public let value: Source?
        /// `for`: the partial gets the items one by one.
        public let isRepeated: Bool
        /// What the value is called in the partial; nil where not even that can be seen.
        public let variable: String?
        /// The variables of the loops around it.
        public let loops: [String: Source]
    }

    /// A comment.
    public struct Comment: Sendable {
        /// What it says, without surrounding blanks.
        public let text: String
        /// Where its tags stand, in bytes of the text.
        public let range: Range<Int>
    }
}
