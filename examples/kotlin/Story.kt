package dev.handfast.examples

import dev.handfast.Actor
import dev.handfast.BulkDecision
import dev.handfast.BusinessInput
import dev.handfast.Customer
import dev.handfast.CustomerId
import dev.handfast.Decision
import dev.handfast.EventFilter
import dev.handfast.Handfast
import dev.handfast.HandfastException
import dev.handfast.Message
import dev.handfast.PostalAddressInput
import dev.handfast.PricingInput
import dev.handfast.RecordId
import dev.handfast.RequestState
import dev.handfast.RequestView
import dev.handfast.Role
import dev.handfast.Secret
import dev.handfast.ServiceDay
import dev.handfast.SignUp
import dev.handfast.StaffInput
import dev.handfast.Verdict
import dev.handfast.Weekday
import dev.handfast.decideMany
import dev.handfast.deliver
import dev.handfast.listAll
import dev.handfast.searchAll
import kotlinx.coroutines.flow.toList
import java.math.BigDecimal
import java.nio.file.Path
import kotlin.io.path.readText

/**
 * From a company's invite link to a customer that can order and a partner who is certified, on the database at the
 * first argument, with the course in the file at the second.
 */
suspend fun main(arguments: Array<String>) {
    val course = Path.of(arguments.getOrNull(1) ?: "examples/courses/certified-partner.toml").readText()
    Handfast.open(arguments.firstOrNull() ?: "memory:").use { Story(it, course).tell() }
}

class Story(
    private val hf: Handfast,
    private val course: String,
    private val say: (String) -> Unit = ::println,
) {
    private val post = mutableListOf<Message>()

    suspend fun tell() {
        val partnerChapter = PartnerChapter(hf, PASSWORD, say)
        partnerChapter.publish(course)
        val ada = signUp()
        val pedro = invite(ada, "Pedro Paz", "pedro@flora.example", Role.PROCUREMENT_MANAGER)
        val sara = invite(ada, "Sara Sol", "sara@flora.example", Role.SALES_MANAGER)
        val slug = hf.invites.link(pedro).slug
        val request = becomeACustomer(slug)
        val customer = hf.requests.approve(pedro, request.id, Decision(note = "Met them at the fair.")).customer
        say("Pedro approves ${customer.legalName}.")
        activate(ada, sara, customer.id)
        decideMany(pedro, slug)
        lookBack(ada, customer)
        partnerChapter.tell(ada, ADA, customer.id)
    }

    private suspend fun signUp(): Actor {
        val signedUp =
            hf.companies.signUp(
                SignUp(
                    name = "Flora Export",
                    country = "EC",
                    locale = "en",
                    timeZone = "America/Guayaquil",
                    adminName = "Ada Flores",
                    adminEmail = ADA,
                    adminPassword = PASSWORD,
                ),
            )
        say("Ada signs ${signedUp.company.name} up.")
        return Actor.Staff(signedUp.admin.login, signedUp.company.id)
    }

    private suspend fun invite(
        ada: Actor,
        name: String,
        email: String,
        role: Role,
    ): Actor {
        hf.staff.invite(ada, StaffInput(email = email, name = name, role = role))
        val token = Secret(mailed(email).lines().first { it.startsWith("http") }.substringAfter('#'))
        val joined = hf.staff.accept(token, Secret("four words are a password"))
        say("$name joins as ${role.name.lowercase().replace('_', ' ')}.")
        return Actor.Staff(joined.login, joined.company)
    }

    /** What a visitor does: open the link, prove the address, say who the business is. */
    private suspend fun becomeACustomer(slug: String): RequestView {
        say("Bea opens the link: \"Become a customer of ${hf.invites.open(slug).company}\".")
        val pass = prove(slug, "bea@rosas.example")
        val rosas = business("Rosas del Valle", "Bea Rosas")
        try {
            hf.invites.submit(pass, rosas.copy(phone = "call me", website = "our site"))
        } catch (refused: HandfastException.Invalid) {
            say("Some of it is wrong: " + refused.faults.joinToString { "${it.field} ${it.message}" } + ".")
        }
        return hf.invites.submit(pass, rosas).also { say("She corrects it: the request is ${it.state.name.lowercase()}.") }
    }

    private suspend fun prove(
        slug: String,
        email: String,
    ): Secret {
        val started = hf.invites.start(slug, email, locale = "en")
        val code = mailed(email).lines().map(String::trim).first { Regex("\\d{8}").matches(it) }
        return hf.invites.verify(started.visit, Secret(code)).visitPass
    }

    /** The three steps, in any order. */
    private suspend fun activate(
        ada: Actor,
        sara: Actor,
        customer: CustomerId,
    ) {
        val (retail, truck) = hf.priceTypes.add(ada, "Retail") to hf.carriers.add(ada, "Night truck")
        say("Still missing: ${hf.customers.canOrder(sara, customer).missing.joinToString { it.name.lowercase() }}.")
        hf.customers.activate(sara, customer)
        hf.customers.setPricing(sara, customer, PricingInput(retail.id, markup = BigDecimal("7.5")))
        hf.customers.setService(sara, customer, listOf(ServiceDay(Weekday.MONDAY, truck.id)))
        say("Sara sets the customer up. Can it order? ${if (hf.customers.canOrder(sara, customer).yes) "Yes" else "No"}.")
    }

    private suspend fun decideMany(
        pedro: Actor,
        slug: String,
    ) {
        for (number in 1..3) hf.invites.submit(prove(slug, "shop$number@example.com"), business("Shop $number", "Sam"))
        val waiting = hf.requests.listAll(pedro, RequestState.PENDING).toList()
        val decisions = BulkDecision(waiting.map { it.id }, Verdict.APPROVE)
        hf.requests.decideMany(pedro, "monday's pile", decisions) { done, total -> say("Decided $done of $total.") }
    }

    private suspend fun lookBack(
        ada: Actor,
        customer: Customer,
    ) {
        val found = hf.customers.searchAll(ada, "ros val").toList()
        say("A search for \"ros val\" finds ${found.joinToString { it.legalName }}.")
        hf.events.listAll(ada, EventFilter(subject = RecordId(customer.id.value))).collect {
            say("${it.at}  ${it.what.name.lowercase().replace('_', ' ')}")
        }
    }

    /** Delivers what is in the outbox; gives the newest mail to an address. A real host hands mails to its server here. */
    private suspend fun mailed(email: String): String {
        hf.mails.deliver({ post.add(it) }, limit = 100u)
        return post.last { it.to == email }.text.value
    }
}

private const val ADA = "ada@flora.example"
private val PASSWORD = Secret("correct horse battery staple")

private fun business(
    name: String,
    contact: String,
) = BusinessInput(
    legalName = name,
    contact = contact,
    phone = "+593 2 600 1122",
    billing = PostalAddressInput(line1 = "Av. Amazonas 12", city = "Quito", country = "EC"),
)
