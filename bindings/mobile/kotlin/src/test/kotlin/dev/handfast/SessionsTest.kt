package dev.handfast

import dev.handfast.scenario.shown
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds

/** What each PNG picture begins with. */
private val PNG = byteArrayOf(0x89.toByte(), 'P'.code.toByte(), 'N'.code.toByte(), 'G'.code.toByte())

class SessionsTest {
    /** A device on which Ada has signed in. */
    private suspend fun Shop.ada(device: String): Held {
        val signIn = SignIn(name = FLORA.adminEmail, password = FLORA.adminPassword, device = device)
        return assertNotNull(handfast.sessions.signIn(signIn).held)
    }

    @Test
    fun `who has signed in acts by the session, until it is ended from another device`() =
        runBlocking {
            Shop.open().use { shop ->
                val sessions = shop.handfast.sessions
                val (phone, desk) = shop.ada("phone") to shop.ada("desk")
                val resolved = sessions.resolve(phone.token)
                assertEquals(ContextKind.STAFF to Role.ADMIN, resolved.context.kind to resolved.role)
                val actor = assertIs<Actor.Session>(resolved.actor)
                assertEquals(phone.session, actor.session)
                assertEquals(
                    "Boat",
                    shop.handfast.carriers
                        .add(actor, "Boat")
                        .name,
                )
                sessions.end(desk.token, phone.session)
                val refused = assertFailsWith<HandfastException.Unauthenticated> { shop.handfast.companies.get(actor) }
                assertEquals("not_signed_in", refused.code)
                assertFailsWith<HandfastException.Unauthenticated> { sessions.resolve(phone.token) }
                assertEquals(Role.ADMIN, sessions.resolve(desk.token).role)
            }
        }

    @Test
    fun `a buyer whose association is revoked is refused at the next call`() =
        runBlocking {
            Shop.open().use { shop ->
                val (users, customer) = shop.handfast.users to shop.customer("bea@rosas.example")
                val uma = users.add(shop.ada, UserInput(customer, "uma@rosas.example", "Uma Uva"))
                val chosen = Secret("seven green bottles fall")
                users.choosePassword(FirstPassword(uma.email, shop.temporaryPassword(uma.email), chosen))
                val token =
                    shop.handfast.sessions
                        .signIn(SignIn(uma.email, chosen))
                        .held!!
                        .token
                val resolved = shop.handfast.sessions.resolve(token)
                assertEquals(Context(ContextKind.USER, uma.company, customer, uma.id), resolved.context)
                assertNull(resolved.actor)
                assertEquals(listOf(uma.id), users.mineAll(token).map { it.id }.toList())
                users.revoke(shop.ada, uma.id)
                val refused = assertFailsWith<HandfastException> { shop.handfast.sessions.resolve(token) }
                assertEquals("access_ended", refused.code)
                assertEquals(listOf(AssociationState.REVOKED), users.mineAll(token).map { it.state }.toList())
            }
        }

    @Test
    fun `all sessions flow by, page by page`() =
        runBlocking {
            Shop.open().use { shop ->
                val held = List(5) { shop.ada("device $it") }
                val sessions =
                    shop.handfast.sessions
                        .listAll(held[3].token, pageSize = 2u)
                        .toList()
                assertEquals(held.map { it.session }, sessions.map { it.id })
                assertEquals(List(5) { "device $it" }, sessions.map { it.device })
                assertEquals(listOf(3), sessions.indices.filter { sessions[it].current })
            }
        }

    @Test
    fun `an app is enrolled and confirmed, and from then on its code finishes a sign-in`() =
        runBlocking {
            Shop.open().use { shop ->
                val (sessions, twoFactor) = shop.handfast.sessions to shop.handfast.twoFactor
                val token = shop.ada("desk").token
                val app = twoFactor.enrol(token, FLORA.adminPassword)
                assertEquals(PNG.toList(), app.qrPng.take(PNG.size))
                assertTrue(app.secret.value !in app.toString(), app.toString())
                val code = { Secret(shown(app.secret.value, shop.clock.now())) }
                val recovery = twoFactor.confirm(token, code())
                assertEquals(10, recovery.toSet().size)
                assertTrue(recovery.none { it.value in recovery.toString() }, recovery.toString())
                shop.clock.advance(30.seconds)

                for (answer in listOf(code(), recovery.first())) {
                    val signedIn = sessions.signIn(SignIn(FLORA.adminEmail, FLORA.adminPassword))
                    val waiting = assertNotNull(signedIn.held)
                    assertEquals(SignInStep.SECOND_FACTOR, signedIn.step)
                    assertEquals("second_factor_needed", refusal { sessions.resolve(waiting.token) }.code)
                    assertEquals("wrong_code", refusal { sessions.finish(waiting.token, Secret("000000")) }.code)
                    val held = sessions.finish(waiting.token, answer)
                    assertTrue(sessions.resolve(held.token).twoFactor)
                }
                assertEquals(9, twoFactor.status(token).recoveryCodes)
            }
        }

    @Test
    fun `an app shows what RFC 6238 says`() {
        // appendix B: `12345678901234567890` in base 32; the last six of eight digits
        val secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        val codes = listOf(59L, 1_111_111_109, 20_000_000_000).map { shown(secret, Instant.ofEpochSecond(it)) }
        assertEquals(listOf("287082", "081804", "353130"), codes)
    }

    private suspend fun refusal(call: suspend () -> Unit) =
        assertFailsWith<HandfastException.Unauthenticated> { call() }
}
