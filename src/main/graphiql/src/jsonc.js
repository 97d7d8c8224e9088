// Stands in for GraphiQL's own, which formats JSON with Prettier's JavaScript parser: half a megabyte more.
import { applyEdits, format, parse, printParseErrorCode } from 'jsonc-parser'

export async function formatJSONC(text) {
  return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }))
}

export function parseJSONC(text) {
  const faults = []
  const value = parse(text, faults, { allowTrailingComma: true, allowEmptyContent: true })
  if (faults.length === 0) return value
  const { error, offset } = faults[0]
  const lines = text.slice(0, offset).split('\n')
  throw new SyntaxError(`${printParseErrorCode(error)} at line ${lines.length}, column ${lines.at(-1).length + 1}`)
}

/** GraphiQL puts “Variables” or “Request headers” before these messages. */
export function tryParseJSONC(text = '') {
  let value
  try {
    value = parseJSONC(text)
  } catch ({ message }) {
    throw new Error(`are invalid JSON: ${message}.`)
  }
  if (value === undefined) return undefined
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new TypeError('are not a JSON object.')
  return value
}
