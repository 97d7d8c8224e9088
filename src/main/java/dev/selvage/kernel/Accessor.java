package dev.selvage.kernel;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.function.Function;

/** Turns a method without parameters into a function once, so that no field is read by reflection. */
final class Accessor {
    private Accessor() {}

    @SuppressWarnings("unchecked")
    static Function<Object, Object> of(Method method) {
        try {
            var lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(), MethodHandles.lookup());
            var handle = lookup.unreflect(method);
            return (Function<Object, Object>) LambdaMetafactory.metafactory(
                            lookup,
                            "apply",
                            methodType(Function.class),
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
