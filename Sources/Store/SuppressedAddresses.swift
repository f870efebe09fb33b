internal import Basics
internal import Catalog

/// What is known to suppress nothing, so that SQL is not asked about each message of a run.
///
/// Holds hashes of the addresses, and of the customers with messages without one, that a suppression, a hard bounce or a
/// complaint names at any time: few of all, eight bytes each.
final class SuppressedAddresses {
    enum Subject {
        case address(String)
        case customer(Int64)
    }

    /// So many questions come from a run, which pays for going through all.
    private static let patience = 200

    private var questions = 0
    private var hashes: Set<UInt64>?

    /// Whether something may suppress the address or the customer on the channel; true until it is worth knowing.
    func mayHold(
        _ address: String, _ channel: Channel, _ customer: Int64,
        gather: ((Channel, Subject) -> Void) throws -> Void
    ) rethrows -> Bool {
        if let hashes {
            return hashes.contains(Self.hash(channel, .address(address)))
                || hashes.contains(Self.hash(channel, .customer(customer)))
        }
        questions += 1
        guard questions > Self.patience else { return true }
        var gathered: Set<UInt64> = []
        try gather { channel, subject in gathered.insert(Self.hash(channel, subject)) }
        hashes = gathered
        return try mayHold(address, channel, customer, gather: gather)
    }

    private static func hash(_ channel: Channel, _ subject: Subject) -> UInt64 {
        var hash = StableHash(channel.rawValue)
        switch subject {
        case .address(let address): hash.combine(address)
        case .customer(let customer): hash.combine(customer)
        }
        return hash.value
    }
}
