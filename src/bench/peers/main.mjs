// node main.mjs <peer> <port> <processes>: one process, or several behind one port.
import cluster from 'node:cluster'

const [, , peer, port, processes] = process.argv

if (Number(processes) > 1 && cluster.isPrimary) {
    for (let i = 0; i < Number(processes); i++) cluster.fork()
    cluster.on('exit', () => process.exit(1))
    process.on('SIGTERM', () => {
        for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGKILL')
        process.exit(0)
    })
} else {
    const { listen } = await import(`./${peer}.mjs`)
    await listen(Number(port))
    // An exit of its own accord, so that `node --cpu-prof` writes its profile.
    process.on('SIGTERM', () => process.exit(0))
}
