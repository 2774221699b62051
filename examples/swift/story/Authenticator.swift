import Foundation

/// What Carla's authenticator app shows: six digits, new every 30 seconds (RFC 6238).
func shown(secret: String, at time: Date) -> String {
    let step = UInt64(time.timeIntervalSince1970 / 30)
    let hash = SHA1.authentication(of: bytes(of: step), key: base32(secret))
    let place = Int(hash[19] & 0xf)
    let number = hash[place..<place + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
    return String(format: "%06d", number % 1_000_000)
}

/// The bytes of a text in base 32 (RFC 4648), without padding.
private func base32(_ text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (bytes, held, bits) = ([UInt8](), 0 as UInt32, 0)
    for letter in text {
        guard let value = alphabet.firstIndex(of: letter) else { continue }
        (held, bits) = (held << 5 | UInt32(value), bits + 5)
        if bits >= 8 {
            bits -= 8
            bytes.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
        }
    }
    return bytes
}

/// The bytes of a number, the greatest first.
private func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian, Array.init)
}

/// SHA-1 (RFC 3174), which Foundation does not have everywhere.
enum SHA1 {
    /// The authentication code of a message under a key of at most 64 bytes (RFC 2104).
    static func authentication(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        let key = key + [UInt8](repeating: 0, count: 64 - key.count)
        return hash(key.map { $0 ^ 0x5c } + hash(key.map { $0 ^ 0x36 } + message))
    }

    static func hash(_ message: [UInt8]) -> [UInt8] {
        let gap = [UInt8](repeating: 0, count: (119 - message.count % 64) % 64)
        let padded = message + [0x80] + gap + bytes(of: UInt64(message.count) * 8)
        var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
        for start in stride(from: 0, to: padded.count, by: 64) {
            let block = rounds(padded[start..<start + 64], from: state)
            state = zip(state, block).map { $0 &+ $1 }
        }
        return state.flatMap { bytes(of: $0) }
    }

    private static func rounds(_ block: ArraySlice<UInt8>, from state: [UInt32]) -> [UInt32] {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in
            block[at..<at + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        }
        for at in 16..<80 {
            words.append(rotated(words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16], by: 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (at, word) in words.enumerated() {
            let (mixed, constant) = mix(at, b, c, d)
            let next = rotated(a, by: 5) &+ mixed &+ e &+ constant &+ word
            (a, b, c, d, e) = (next, a, rotated(b, by: 30), c, d)
        }
        return [a, b, c, d, e]
    }

    private static func mix(_ round: Int, _ b: UInt32, _ c: UInt32, _ d: UInt32) -> (UInt32, UInt32) {
        switch round {
        case ..<20: (b & c | ~b & d, 0x5a82_7999)
        case ..<40: (b ^ c ^ d, 0x6ed9_eba1)
        case ..<60: (b & c | b & d | c & d, 0x8f1b_bcdc)
        default: (b ^ c ^ d, 0xca62_c1d6)
        }
    }

    private static func rotated(_ word: UInt32, by bits: UInt32) -> UInt32 {
        word << bits | word >> (32 - bits)
    }
}
