internal import Catalog
internal import Rules

extension RuleHost {
    /// Whether a plugin says what messages cost on some channel.
    var countsCost: Bool { Channel.allCases.contains { channelRules($0)?.countsCost == true } }

    /// The channels that a message may take: the one the script names; else those with a template of that name which the
    /// campaign and the workspace (`channels`) allow, in the order of the campaign, or else the workspace.
    func allowedChannels(
        _ request: SendRequest, _ campaign: Campaign, of channels: [Channel]
    ) -> [Channel] {
        if let channel = request.channel { return [channel] }
        let written = self.channels(ofTemplate: request.template)
        return (campaign.channels ?? channels).filter { channel in
            written.contains(channel) && channels.contains(channel)
        }
    }
}
