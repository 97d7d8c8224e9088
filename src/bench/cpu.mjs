// Processor time of whole programs, from /proc.
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of /proc are hundredths of a second on every Linux. */
const TICK_MILLISECONDS = 10

function stat(pid) {
    try {
        const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
        // The name in brackets may hold spaces.
        const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
        return { parent: fields[1], own: fields[11] + fields[12], ofEndedChildren: fields[13] + fields[14] }
    } catch {
        return null
    }
}

function childrenOf(pid) {
    return readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(name => [Number(name), stat(name)])
        .filter(([, found]) => found?.parent === pid)
}

/**
 * Milliseconds that a process and its children have used since they began. A child that has ended is counted by its parent,
 * so that none is lost between two readings.
 */
export function processorTime(pid) {
    const own = stat(pid)
    if (!own) throw new Error(`Process ${pid} has ended.`)
    const living = childrenOf(pid).reduce((sum, [, child]) => sum + child.own + child.ofEndedChildren, 0)
    return (own.own + own.ofEndedChildren + living) * TICK_MILLISECONDS
}

/** Resident memory of a process and its children, in MiB. */
export function residentMemory(pid) {
    const of = one => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${one}/status`, 'utf8'))?.[1] ?? 0) / 1024
    return of(pid) + childrenOf(pid).reduce((sum, [child]) => sum + of(child), 0)
}

/** What programs that this process ran to their end have used: wrk and pgbench. */
export const endedChildrenTime = () => stat(process.pid).ofEndedChildren * TICK_MILLISECONDS

/** What all processes of the machine have used. */
export function machineTime() {
    const [user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1).map(Number)
    return (user + nice + system + irq + softirq) * TICK_MILLISECONDS
}
