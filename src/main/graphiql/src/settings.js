const none = { personas: false, operations: [] }

/** What the gateway says about this page: whether it issues tokens to personas, and its saved operations. */
export async function loadSettings() {
  const answer = await fetch(`${import.meta.env.BASE_URL}settings.json`, { cache: 'no-cache' }).catch(() => null)
  const settings = answer?.ok ? await answer.json().catch(() => null) : null
  if (settings) return { ...none, ...settings }
  const problem = 'The console’s settings could not be loaded, so its personas and saved operations are missing.'
  return { ...none, problem }
}
