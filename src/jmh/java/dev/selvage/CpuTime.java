package dev.selvage;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time of a call, that of the compiler and the garbage collector in it: what others lose by it, and hardly longer on
 * a busy machine than on an idle one.
 */
public final class CpuTime implements InternalProfiler {
    private static final OperatingSystemMXBean process =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long before;

    @Override
    public String getDescription() {
        return "Processor time of the whole process for each call";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = process.getProcessCpuTime();
    }

    @Override
    public List<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long took = process.getProcessCpuTime() - before;
        long calls = result.getMetadata().getAllOps();
        return List.of(new ScalarResult("cpu", took / 1e6 / calls, "ms/op", AggregationPolicy.AVG));
    }
}
