package dev.selvage.kernel;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/** Turns a method without parameters into a resolver once, so that no field is read by reflection. */
final class Accessor {
    private Accessor() {}

    static Resolver.OfRecord of(Method method) {
        try {
            var lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
            var handle = lookup.unreflect(method);
            return (Resolver.OfRecord) LambdaMetafactory.metafactory(
                            lookup,
                            "of",
                            methodType(Resolver.OfRecord.class),
                            methodType(Object.class, Object.class),
                            handle,
                            handle.type().wrap())
                    .getTarget()
                    .invoke();
        } catch (Throwable unreadable) {
            throw new IllegalStateException("Cannot read " + method, unreadable);
        }
    }
}
