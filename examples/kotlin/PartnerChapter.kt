package dev.handfast.examples

import dev.handfast.Actor
import dev.handfast.CompanyId
import dev.handfast.CompanyInput
import dev.handfast.ContextKind
import dev.handfast.CourseFormat
import dev.handfast.CustomerId
import dev.handfast.Handfast
import dev.handfast.HandfastException
import dev.handfast.PartnerSignUp
import dev.handfast.PartnerView
import dev.handfast.Secret
import dev.handfast.SignIn
import dev.handfast.SignalInput
import dev.handfast.TaskState
import dev.handfast.UserInput
import dev.handfast.clientsAll
import dev.handfast.visitsAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import java.nio.ByteBuffer
import java.time.Instant
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec

/** Flora Export gets a Certified Partner, and the partner its certificate. */
class PartnerChapter(
    private val hf: Handfast,
    private val password: Secret,
    private val say: (String) -> Unit,
) {
    /** What the host does once: from then on, whatever happens counts. */
    suspend fun publish(course: String) {
        val published = hf.courses.publish(course, CourseFormat.TOML)
        say("The e-course has ${published.partnerTasks} tasks of partners, ${published.commerceTasks} of clients.")
    }

    suspend fun tell(
        ada: Actor,
        adaEmail: String,
        customer: CustomerId,
    ) {
        val partner = signUp()
        link(signedIn(adaEmail), partner)
        val carla = signedIn(EMAIL)
        val client = hf.partners.clientsAll(carla).first()
        hf.courses.enable(carla, client.company)
        say("${client.name} works on the e-course in tandem with ${partner.name}. Left to do: ${toDo(carla)}.")
        setUp(ada, customer)
        // a fact that only the host knows; the course of today does not ask for it, one of tomorrow may
        hf.courses.signal(SignalInput("webinar_attended", "webinar 7, Carla", partner = partner.id))
        say("Ada does her part. Left to do: ${toDo(carla)}.")
        oneClick(carla, ada, client.company)
        val number = hf.courses.certificate(carla).number
        val verified = hf.courses.verify(number)
        say("That was the last task. Anyone can verify $number: ${verified.name}, ${verified.course}.")
        leave(carla, ada, client.company)
    }

    /** A session's token; a host keeps it in a cookie. */
    private suspend fun signedIn(name: String): Secret =
        checkNotNull(hf.sessions.signIn(SignIn(name, password)).held) { "$name was not signed in" }.token

    private suspend fun signUp(): PartnerView {
        val input = PartnerSignUp("Camino Consulting", "en", "Carla Camino", EMAIL, password)
        return hf.partners.signUp(input).partner.also { say("Carla signs ${it.name} up. Its number: ${it.grouped}.") }
    }

    private suspend fun link(
        admin: Secret,
        partner: PartnerView,
    ) {
        val wrong = partner.grouped.dropLast(1) + if (partner.grouped.endsWith('0')) '1' else '0'
        refused("Ada mistypes a digit") { hf.partners.designate(admin, wrong, password) }
        say("${hf.partners.designate(admin, partner.grouped, password).name} is the partner of Flora Export now.")
    }

    private suspend fun toDo(carla: Secret): Int =
        hf.courses
            .page(carla)
            .sections
            .flatMap { it.directives }
            .count { it.state == TaskState.TASK }

    /** What the course asks for that Ada has not done before. */
    private suspend fun setUp(
        ada: Actor,
        customer: CustomerId,
    ) {
        val own = hf.companies.get(ada)
        hf.companies.update(ada, CompanyInput(own.name, own.country, "es-EC", own.timeZone))
        hf.priceTypes.add(ada, "Wholesale")
        hf.invites.share(ada)
        hf.users.add(ada, UserInput(customer, "rita@rosas.example", "Rita Rosas"))
    }

    private suspend fun oneClick(
        carla: Secret,
        ada: Actor,
        company: CompanyId,
    ) {
        say("Carla cannot enter yet: ${hf.partners.canLogIn(carla, company).obstacles.joinToString { it.name.lowercase() }}.")
        val secret = hf.twoFactor.enrol(carla, password).secret
        hf.twoFactor.confirm(carla, Secret(shown(secret.value)))
        hf.partners.logIn(carla, company, reason = "setting the shop up")
        val visit = hf.partners.visitsAll(ada).first()
        say("Now one click is enough, and Ada sees ${visit.person} of ${visit.partnerName}: ${visit.reason}.")
        switchBack(carla)
    }

    private suspend fun switchBack(carla: Secret) {
        val own = hf.sessions.identities(carla).first { it.context.kind == ContextKind.PARTNER }
        hf.sessions.switchTo(carla, own.id)
    }

    private suspend fun leave(
        carla: Secret,
        ada: Actor,
        company: CompanyId,
    ) {
        hf.partners.logIn(carla, company)
        hf.partners.clear(ada)
        refused("Ada takes the number out again. Carla's next call") { hf.sessions.resolve(carla) }
        switchBack(carla)
        val clients = hf.partners.clientsAll(carla).toList()
        say("Carla has ${clients.size} clients, and stays ${hf.partners.get(carla).state.name.lowercase()}.")
    }

    private suspend fun refused(
        what: String,
        call: suspend () -> Unit,
    ) {
        try {
            call()
        } catch (refused: HandfastException) {
            say("$what: ${refused.message} (${refused.code}).")
        }
    }

    private companion object {
        const val EMAIL = "carla@camino.example"
    }
}

/** What Carla's authenticator app shows (RFC 6238). */
private fun shown(secret: String): String {
    val letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    val bits = secret.map { letters.indexOf(it).toString(2).padStart(5, '0') }.joinToString("")
    val bytes = bits.chunked(8).filter { it.length == 8 }.map { it.toInt(2).toByte() }
    val hmac = Mac.getInstance("HmacSHA1").apply { init(SecretKeySpec(bytes.toByteArray(), "HmacSHA1")) }
    val hash = hmac.doFinal(ByteBuffer.allocate(Long.SIZE_BYTES).putLong(Instant.now().epochSecond / 30).array())
    val number = ByteBuffer.wrap(hash).getInt(hash.last().toInt() and 0xf) and Int.MAX_VALUE
    return "%06d".format(number % 1_000_000)
}
