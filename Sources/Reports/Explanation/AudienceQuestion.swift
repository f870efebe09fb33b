internal import Diagnostics
package import Rules

/// What is explained: a segment, a campaign's audience, or an expression.
package struct AudienceQuestion {
    /// What is asked about: `segment dormant`.
    package let title: String
    /// The sentence that its definition says of it; empty where there is none.
    package let description: String
    /// The audience.
    package let expression: SegmentExpression

    /// Whether a question is Lua, and no name.
    package static func isLua(_ text: String) -> Bool {
        ["segment.", "segment[", "function"].contains(where: text.contains)
    }

    /// A segment, a combination of segments, or what a person calls `text`.
    ///
    /// - Throws: an error with the nearest name where there is no segment of that name.
    package init(_ expression: SegmentExpression, as text: String? = nil, _ host: RuleHost) throws {
        guard case .named(let name, _) = expression else {
            (title, description, self.expression) = (text ?? expression.text, "", expression)
            return
        }
        let segment = try host.segment(name)
        title = "segment \(name)"
        (description, self.expression) = (segment.description, segment.members)
    }

    /// A segment or a campaign by name, or Lua.
    ///
    /// - Throws: an error with the nearest name where there is neither a segment nor a campaign of that name.
    package init(_ text: String, _ host: RuleHost) throws {
        if Self.isLua(text) {
            (title, description, expression) = (text, "", try host.expression(text))
        } else if host.segments[text] == nil, let campaign = host.campaigns.first(where: { $0.name == text })
        {
            guard let audience = campaign.audience else {
                throw Diagnostic(
                    "the follow-up '\(text)' has no audience", at: campaign.location,
                    hint: "it is for every customer of whom its event is told")
            }
            title = "the audience of campaign \(text): \(audience.text)"
            (description, expression) = (campaign.description, audience)
        } else {
            self = try AudienceQuestion(.named(text, nil), host)
        }
    }
}
