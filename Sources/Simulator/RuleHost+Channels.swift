internal import Catalog
internal import Rules

extension RuleHost {
    /// The channels that a message may take: the one the script names; else those with a template of that name which the
    /// campaign and the workspace (`channels`) allow, the customer's preferred one first.
    func allowedChannels(
        _ request: SendRequest, _ campaign: Campaign, _ contact: Contact, of channels: [Channel]
    ) -> [Channel] {
        if let channel = request.channel { return [channel] }
        let written = self.channels(ofTemplate: request.template)
        let allowed = (campaign.channels ?? channels).filter { channel in
            written.contains(channel) && channels.contains(channel)
        }
        guard let preferred = contact.preferred, allowed.contains(preferred) else { return allowed }
        return [preferred] + allowed.filter { $0 != preferred }
    }
}
