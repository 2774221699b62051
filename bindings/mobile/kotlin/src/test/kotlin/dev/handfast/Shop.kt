package dev.handfast

import java.nio.file.Path
import java.time.Instant
import java.util.concurrent.CopyOnWriteArrayList

/** The root of the workspace. */
internal val workspace: Path = Path.of(System.getProperty("workspace")).normalize()

internal val STARTS: Instant = Instant.parse("2026-11-22T10:00:00Z")

/** A company on a store of its own, with a clock that stands still and mails that are kept. */
internal class Shop(
    val handfast: Handfast,
    val clock: ManualClock,
    val ada: Actor,
    val slug: String,
) : AutoCloseable by handfast {
    val mails = CopyOnWriteArrayList<Message>()

    val post = Mailer { mails.add(it) }

    /** The business of a visitor whose address is verified, filed. */
    suspend fun file(
        email: String,
        business: BusinessInput = business("Rosas del Valle"),
    ): RequestView = handfast.invites.submit(pass(email), business)

    /** What only a visitor with a verified address holds. */
    suspend fun pass(email: String): Secret {
        val started = handfast.invites.start(slug, email)
        handfast.mails.deliver(post, 1_000u)
        val code =
            mails
                .last { it.to == email }
                .text.value
                .lines()
                .first { Regex("\\s*\\d{8}").matches(it) }
                .trim()
        return handfast.invites.verify(started.visit, Secret(code)).visitPass
    }

    /** A customer that can order. */
    suspend fun customer(email: String): CustomerId {
        val customer = handfast.requests.approve(ada, file(email).id).customer
        return handfast.customers.activate(ada, customer.id).id
    }

    /** What was mailed to someone who is to choose a password. */
    suspend fun temporaryPassword(email: String): Secret {
        handfast.mails.deliver(post, 1_000u)
        val lines =
            mails
                .last { it.to == email }
                .text.value
                .lines()
        return Secret(lines.first { Regex("\\s*\\w{5}(-\\w{5}){3}\\s*").matches(it) }.trim())
    }

    companion object {
        suspend fun open(
            url: String = "memory:",
            policy: PolicyInput? = null,
            logger: Logger? = null,
        ): Shop {
            val clock = ManualClock(STARTS)
            val settings = Settings(policy = policy, hashing = Hashing.INSECURE_FOR_TESTS)
            val handfast = Handfast.open(url, settings, clock, logger)
            val signedUp = handfast.companies.signUp(FLORA)
            val ada = Actor.Staff(signedUp.admin.login, signedUp.company.id)
            return Shop(handfast, clock, ada, handfast.invites.link(ada).slug)
        }
    }
}

internal val FLORA =
    SignUp(
        name = "Flora Export",
        country = "EC",
        locale = "en",
        timeZone = "America/Guayaquil",
        adminName = "Ada Flores",
        adminEmail = "ada@flora.example",
        adminPassword = Secret("correct horse battery staple"),
    )

internal fun business(legalName: String): BusinessInput =
    BusinessInput(
        legalName = legalName,
        contact = "Bea Rosas",
        phone = "+593 2 600 1122",
        billing = PostalAddressInput(line1 = "Av. Amazonas 12", city = "Quito", country = "EC"),
    )
