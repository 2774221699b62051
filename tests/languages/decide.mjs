// Approves each request it is told of, while another process is told the same: answers what came of it.
import { createInterface } from 'node:readline'
import { Handfast, HandfastError } from '../../bindings/node/index.js'

const [url, login, company] = process.argv.slice(2)
const actor = { as: 'staff', login, company }
const hf = await Handfast.open(url)
console.log('ready')
for await (const request of createInterface({ input: process.stdin })) {
  try {
    await hf.requests.approve(actor, request)
    console.log('approved')
  } catch (error) {
    if (!(error instanceof HandfastError)) throw error
    console.log(error.code)
  }
}
let customers = 0
for await (const _ of hf.customers.list(actor, { limit: 7 })) customers += 1
console.log(customers)
hf.close()
