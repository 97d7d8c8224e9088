import { useSyncExternalStore } from 'react'

// Who asks. A token lives in this module's memory and nowhere else: a reload forgets it.

export const anonymous = { name: 'Anonymous', about: 'No token' }
export const admin = { name: 'Admin', about: 'Sees and changes everything', source: '/dev/token?as=admin' }
export const personas = [
  anonymous,
  admin,
  { name: 'Consignor', about: 'Hands items in', source: '/dev/token?as=consignor' },
  { name: 'Customer', about: 'Buys', source: '/dev/token?as=customer' },
  {
    name: 'Integrator',
    about: 'A partner’s system with the scopes read:consignors and read:inventory',
    source: '/dev/token?as=integrator&scope=read:consignors%20read:inventory',
  },
]
const bearer = { name: 'the bearer of your token' }

let viewer = { persona: anonymous, token: Promise.resolve(null), waiting: false, problem: null }
const listeners = new Set()

export function currentViewer() {
  return viewer
}

export function useViewer() {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentViewer)
}

export function become(persona) {
  const asked = { persona, token: tokenFor(persona), waiting: true, problem: null }
  // A slow answer must not overtake a later choice.
  const settle = (problem) => viewer === asked && show({ ...asked, waiting: false, problem })
  show(asked)
  asked.token.then(() => settle(null), ({ message }) => settle(message))
}

export function present(text) {
  const token = text.trim().replace(/^bearer\s+/i, '') || null
  show({ persona: token ? bearer : anonymous, token: Promise.resolve(token), waiting: false, problem: null })
}

/** Replaces a token that was refused; false where no other is to be had. */
export async function renew(refused) {
  const { persona, token } = viewer
  if (!persona.source) {
    show({ ...viewer, problem: 'The gateway refused this token; paste a fresh one.' })
    return false
  }
  // Of several requests refused at once only the first asks.
  if ((await token) === refused) become(persona)
  return true
}

async function tokenFor({ name, source }) {
  if (!source) return null
  const answer = await fetch(source, { cache: 'no-store' }).catch(() => null)
  if (!answer?.ok) {
    throw new Error(`No token for ${name}: the gateway ${answer ? `said ${answer.status}` : 'did not answer'}.`)
  }
  return (await answer.text()).trim()
}

function show(next) {
  viewer = next
  listeners.forEach((listener) => listener())
}
