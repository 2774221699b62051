package dev.handfast.scenario

import java.nio.ByteBuffer
import java.time.Instant
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

private const val ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

/** What the authenticator app with this secret shows: six digits, new every 30 seconds (RFC 6238). */
internal fun shown(
    secret: String,
    at: Instant,
): String {
    val hmac = Mac.getInstance("HmacSHA1").apply { init(SecretKeySpec(base32(secret), "HmacSHA1")) }
    val hash = hmac.doFinal(ByteBuffer.allocate(Long.SIZE_BYTES).putLong(at.epochSecond / 30).array())
    val place = hash.last().toInt() and 0xf
    val number = ByteBuffer.wrap(hash).getInt(place) and Int.MAX_VALUE
    return "%06d".format(number % 1_000_000)
}

/** The bytes of a text in base 32 (RFC 4648), without padding. */
private fun base32(text: String): ByteArray {
    val bits =
        text.map { letter ->
            val value = ALPHABET.indexOf(letter).takeIf { it >= 0 } ?: throw Wrong("`$APP` is not in base 32")
            value.toString(2).padStart(5, '0')
        }
    return bits
        .joinToString("")
        .chunked(8)
        .filter { it.length == 8 }
        .map { it.toInt(2).toByte() }
        .toByteArray()
}

/** The key of an object that stands for what an app shows. */
internal const val APP = "\$app"
