package dev.handfast

import dev.handfast.scenario.shown
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue

private const val CARLA = "carla@camino.example"

class PartnersTest {
    /** What a device holds on which a person has signed in. */
    private suspend fun Shop.token(email: String): Secret =
        assertNotNull(handfast.sessions.signIn(SignIn(email, FLORA.adminPassword)).held).token

    /** Carla's partner account. */
    private suspend fun Shop.partner(): PartnerView {
        val asked = PartnerSignUp("Camino Consulting", "en", "Carla", CARLA, FLORA.adminPassword)
        return handfast.partners.signUp(asked).partner
    }

    /** Carla's token, once she has a second factor and is in Flora's account. */
    private suspend fun Shop.entered(reason: String? = null): Secret {
        val (partners, number) = handfast.partners to partner().grouped
        val designated = partners.designate(token(FLORA.adminEmail), number, FLORA.adminPassword)
        assertEquals(number to LinkOrigin.MANUAL, designated.grouped to designated.origin)
        val token = token(CARLA)
        val obstacles = listOf(LoginObstacle.TWO_FACTOR_OFF, LoginObstacle.SESSION_NOT_VERIFIED)
        assertEquals(CanLogIn(false, obstacles), partners.canLogIn(token, company()))
        val secret = handfast.twoFactor.enrol(token, FLORA.adminPassword).secret
        handfast.twoFactor.confirm(token, Secret(shown(secret.value, clock.now())))
        partners.logIn(token, company(), reason)
        return token
    }

    private fun Shop.company(): CompanyId = assertIs<Actor.Staff>(ada).company

    @Test
    fun `a partner who enters a client's account acts as such`() =
        runBlocking {
            Shop.open().use { shop ->
                val (handfast, token) = shop.handfast to shop.entered("set the carriers up")
                val who = handfast.sessions.resolve(token)
                val (partner, delegation) = assertNotNull(who.context.partner) to assertNotNull(who.context.delegation)
                assertEquals(ContextKind.DELEGATED, who.context.kind)
                assertNull(who.role)
                val actor = assertIs<Actor.Partner>(who.actor)
                val ids = Actor.Partner(who.session, who.identity, who.login, partner, delegation, shop.company())
                assertEquals(ids, actor)

                val carrier = handfast.carriers.add(actor, "Boat")
                val event = handfast.events.list(shop.ada).items.first()
                assertEquals(Doer.PARTNER to partner, event.doer to event.partner)
                assertEquals(who.login to carrier.id.value, event.login to event.subject.value)
                val visit = handfast.partners.visitsAll(shop.ada).toList().single()
                assertEquals(delegation to "set the carriers up", visit.id to visit.reason)

                val max = StaffInput("max@flora.example", "Max", Role.STAFF)
                val refused = assertFailsWith<HandfastException.Forbidden> { handfast.staff.invite(actor, max) }
                assertEquals("delegated", refused.code)
                handfast.partners.endVisit(shop.ada, visit.id)
                val ended = assertFailsWith<HandfastException.Forbidden> { handfast.companies.get(actor) }
                assertEquals("access_ended", ended.code)
            }
        }

    @Test
    fun `a client's account is no place to go to without a visit`() =
        runBlocking {
            Shop.open().use { shop ->
                val (sessions, token) = shop.handfast.sessions to shop.entered()
                val visit = sessions.resolve(token).context
                val own = sessions.identities(token).single { it.context.kind == ContextKind.PARTNER }
                assertEquals("Camino Consulting" to null, own.partnerName to own.companyName)
                sessions.switchTo(token, own.id)
                val filter = ClientFilter(search = "flor")
                val client =
                    shop.handfast.partners
                        .clientsAll(token, filter)
                        .toList()
                        .single()
                assertEquals("Flora Export" to CanLogIn(true, emptyList()), client.name to client.login)
                val refused = assertFailsWith<HandfastException.Forbidden> { sessions.enter(token, visit) }
                assertEquals("access_ended", refused.code)
            }
        }

    @Test
    fun `many signals tell how far they have come`() =
        runBlocking {
            Shop.open().use { shop ->
                val (courses, partner) = shop.handfast.courses to shop.partner().id
                val fields =
                    listOf(
                        SignalField("room", text = "north"),
                        SignalField("seats", number = Long.MIN_VALUE),
                        SignalField("online", flag = false),
                    )
                val signals =
                    List(300) {
                        when (it) {
                            1 -> SignalInput("Webinar", "wrong", company = shop.company())
                            else -> SignalInput("webinar.attended", "seat $it", partner = partner, fields = fields)
                        }
                    }
                val heard = CopyOnWriteArrayList<Pair<UInt, UInt>>()
                val rows =
                    courses.signalMany(signals) { done, total ->
                        assertEquals("Flora Export", shop.handfast.companies.get(shop.ada).name)
                        heard.add(done to total)
                    }
                assertEquals(listOf(250u to 300u, 300u to 300u), heard)
                val refused = rows.single { it.code != null }
                assertEquals(Triple(2u, "invalid_input", "name"), refused.run { Triple(row, code, faults.single().field) })
                assertEquals(rows, courses.signalMany(signals))
                assertTrue(courses.signal(signals.first()).completed.isEmpty())
            }
        }

    @Test
    fun `a detail of a signal is exactly one value`() =
        runBlocking {
            Shop.open().use { shop ->
                val fields = listOf(SignalField("none"), SignalField("two", text = "yes", flag = true))
                val signal = SignalInput("seen", "1", partner = shop.partner().id, fields = fields)
                val refused = assertFailsWith<HandfastException.Invalid> { shop.handfast.courses.signal(signal) }
                val faults = refused.faults.map { it.field to it.code }
                assertEquals(listOf("fields.0" to "required", "fields.1" to "unknown_field"), faults)
            }
        }
}
