import { useGraphiQL, useGraphiQLActions } from '@graphiql/react'
import { useEffect, useState } from 'react'
import { Operations } from './Operations.jsx'
import { become, personas, present, useViewer } from './viewer.js'

/** Who asks, what they could ask, and one sentence when something could not be loaded. */
export function Bar({ settings }) {
  const viewer = useViewer()
  const incomplete = useIncompletePage()
  const unknownSchema = useSchema(viewer)
  const problem = incomplete ?? settings.problem ?? viewer.problem ?? unknownSchema
  return (
    <header className="bar">
      <h1>
        <Mark />
        <span>Selvage</span>
      </h1>
      {settings.personas ? <Personas viewer={viewer} /> : <Token />}
      <p className="spoken" role="status">{`Requests are sent as ${viewer.persona.name}.`}</p>
      {settings.operations.length > 0 && <Operations operations={settings.operations} />}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </header>
  )
}

function Personas({ viewer }) {
  return (
    <fieldset className="personas" aria-busy={viewer.waiting}>
      <legend>Ask as</legend>
      {personas.map((persona) => (
        <label key={persona.name} title={persona.about}>
          <input
            type="radio"
            name="persona"
            checked={viewer.persona === persona}
            readOnly
            // A click on the one that is active already gets it a fresh token; the arrow keys click too.
            onClick={() => become(persona)}
          />
          <span>{persona.name}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** Where the gateway issues no tokens itself. Hidden as a password is: a token is one. */
function Token() {
  return (
    <input
      className="token"
      type="password"
      autoComplete="off"
      aria-label="Bearer token"
      placeholder="Paste a bearer token"
      onChange={(event) => present(event.currentTarget.value)}
    />
  )
}

/** A selvage: the edge that keeps the weft of a fabric from running out. */
function Mark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path className="edge" d="M2 1h3v14H2z" />
      <path className="weft" d="M5 3h7a1.5 1.5 0 0 1 0 3.3H5m0 0h7a1.5 1.5 0 0 1 0 3.4H5m0 0h7a1.5 1.5 0 0 1 0 3.3H5" />
    </svg>
  )
}

function useIncompletePage() {
  const [problem, setProblem] = useState(null)
  useEffect(() => {
    const say = () => setProblem('A part of the console could not be loaded; load the page again.')
    addEventListener('vite:preloadError', say)
    return () => removeEventListener('vite:preloadError', say)
  }, [])
  return problem
}

/** The schema is the same for everybody, but not everybody may ask for it: whoever comes next tries again. */
function useSchema({ persona }) {
  const refused = useGraphiQL((state) => state.fetchError !== null)
  const { introspect } = useGraphiQLActions()
  useEffect(() => {
    if (refused) introspect()
  }, [persona])
  return refused ? 'The schema could not be loaded; the result pane says why.' : null
}
