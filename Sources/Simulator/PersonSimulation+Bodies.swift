internal import Catalog
internal import Rules

extension PersonSimulation {
    /// Keeps the messages of the decisions; a message that was held may have been written in other ways before.
    func keepBodies() {
        for decision in records.flatMap(\.decisions) {
            guard let hash = decision.bodyHash, outcome.bodies[hash] == nil, let message = written[hash]
            else { continue }
            outcome.bodies[hash] = RunBody(
                hash: hash, subject: message.subject, preheader: message.preheader,
                fromName: message.fromName, replyTo: message.replyTo, body: message.html ?? message.text,
                text: message.html == nil ? nil : message.text)
        }
    }
}
