// Approves every request of a plan, as fast as another process does the same: prints how many were its own.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Handfast, HandfastError } from '../../bindings/node/index.js'

const [url, planFile] = process.argv.slice(2)
const plan = JSON.parse(readFileSync(planFile, 'utf8'))
const actor = { as: 'staff', login: plan.login, company: plan.company }
const hf = await Handfast.open(url)
console.log('ready')
await once(process.stdin, 'data')
process.stdin.destroy()
let approved = 0
let refused = 0
for (const request of plan.requests) {
  try {
    await hf.requests.approve(actor, request)
    approved += 1
  } catch (error) {
    if (!(error instanceof HandfastError) || error.code !== 'already_decided') throw error
    refused += 1
  }
}
let customers = 0
for await (const _ of hf.customers.list(actor, { limit: 7 })) customers += 1
hf.close()
console.log(JSON.stringify({ approved, refused, customers }))
