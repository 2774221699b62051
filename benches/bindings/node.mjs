// What a call costs from Node: does what the plan says, prints the figures as JSON.
import { readFileSync, readSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { Handfast } from '../../bindings/node/index.js'

const plan = JSON.parse(readFileSync(process.argv.at(-1), 'utf8'))
const { legal_name: legalName, tax_id: taxId, ...rest } = plan.business
const business = { legalName, taxId, ...rest }
const actor = { as: 'staff', login: plan.login, company: plan.company }
const ids = plan.customers
const id = (at) => ids[at % ids.length]

/** Microseconds of each of `count` calls. */
async function each(count, call) {
  const begin = performance.now()
  for (let at = 0; at < count; at += 1) await call(at)
  return ((performance.now() - begin) * 1000) / count
}

/** The same for calls that give no promise. */
function eachSync(count, call) {
  const begin = performance.now()
  for (let at = 0; at < count; at += 1) call(at)
  return ((performance.now() - begin) * 1000) / count
}

/** Calls for every item, at most `width` of them under way. */
async function together(width, items, call) {
  let next = 0
  const caller = async () => {
    while (next < items.length) await call(items[next++])
  }
  const begin = performance.now()
  await Promise.all(Array.from({ length: width }, caller))
  return items.length / ((performance.now() - begin) / 1000)
}

const quantile = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * part)]
const quantiles = (figures, part) =>
  Object.fromEntries(Object.entries(figures).map(([name, numbers]) => [name, quantile(numbers, part)]))
const resident = () => (globalThis.gc?.(), process.memoryUsage().rss / 1024 / 1024)

const hf = await Handfast.open(plan.url, { rootKey: plan.root_key })
const call = (at) => hf.customers.canOrderSync(actor, id(at))
const promise = (at) => hf.customers.canOrder(actor, id(at))
const token = (at) => plan.tokens[at % plan.tokens.length]
const slices = { can_order: [], can_order_sync: [], resolve: [], resolve_sync: [], page: [] }
const rounds = { submit: [], submits_together: [] }
for (let round = 0; round < plan.rounds; round += 1) {
  readSync(0, Buffer.alloc(1))
  for (let slice = 0; slice < plan.slices; slice += 1) {
    slices.can_order.push(await each(plan.calls, promise))
    slices.can_order_sync.push(eachSync(plan.calls, call))
    slices.resolve.push(await each(plan.calls, (at) => hf.sessions.resolve(token(at))))
    slices.resolve_sync.push(eachSync(plan.calls, (at) => hf.sessions.resolveSync(token(at))))
    slices.page.push(await each(plan.pages, () => hf.customers.list(actor, { limit: 100 })))
  }
  const alone = plan.alone[round]
  rounds.submit.push(await each(alone.length, (at) => hf.invites.submit(alone[at], business)))
  const file = (visitPass) => hf.invites.submit(visitPass, business)
  rounds.submits_together.push(await together(plan.callers, plan.together[round], file))
  console.log()
}
/** Calls of which every tenth gives a promise: they cost more, and forget no more. */
async function many(count) {
  await each(count / 10, promise)
  eachSync((count * 9) / 10, call)
}
await many(plan.memory_calls / 10)
const early = resident()
await many((plan.memory_calls * 9) / 10)
console.log(JSON.stringify({ ...quantiles(slices, 1 / 4), ...quantiles(rounds, 1 / 2), memory: [early, resident()] }))
hf.close()
