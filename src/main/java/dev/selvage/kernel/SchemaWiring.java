package dev.selvage.kernel;

import graphql.schema.TypeResolver;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.WiringFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Joins the schema with the domains' {@link Wiring}. A field that nothing answers stops the start: the schema served
 * contains only what works.
 */
@Component
public final class SchemaWiring {
    private final Fields fields;

    /** @param currency ISO 4217, the one currency of this deployment */
    SchemaWiring(
            List<Wiring> domains,
            List<Mutation<?>> mutations,
            IdempotencyRepository keys,
            List<BatchMutation<?>> batches,
            Database database,
            WordFrequencies frequencies,
            Cursors cursors,
            @Value("${gateway.currency}") String currency) {
        fields = new Fields(database, frequencies, cursors);
        fields.foundations(currency);
        domains.forEach(domain -> domain.wire(fields));
        mutations.forEach(mutation -> fields.mutation(mutation, keys));
        batches.forEach(batch -> fields.batch(batch, keys));
    }

    /** Constraints of the tables that mean something to callers. */
    public Set<String> constraints() {
        return fields.constraints().names();
    }

    /** What the schema needs beside its text: scalars. Its fields are answered by {@link #resolver}. */
    public static RuntimeWiring runtimeWiring() {
        var builder = RuntimeWiring.newRuntimeWiring().wiringFactory(new NothingElse());
        Scalars.ALL.forEach(builder::scalar);
        return builder.build();
    }

    /**
     * How a field of an object type is answered.
     *
     * @throws IllegalStateException if nothing answers it
     */
    public Resolver resolver(String type, String field) {
        if (type.endsWith("Connection")) {
            fields.connection(type);
        } else if (type.endsWith("Edge")) {
            fields.edge(type);
        } else if (type.endsWith("Payload")) {
            fields.payload(type, field);
        }
        var resolver = fields.resolver(type, field);
        if (resolver == null) {
            throw new IllegalStateException("Nothing answers " + type + "." + field);
        }
        return resolver;
    }

    /** Takes who may use a field, for what is told of it before it is tried. */
    public void allow(String type, String field, @Nullable AccessRule rule) {
        if (type.equals("Mutation") && rule != null) {
            fields.allow(field, rule);
        }
    }

    /** The method behind a field without a line of its own, for checks of names and nullness. */
    public @Nullable Method method(String type, String field) {
        return fields.method(type, field);
    }

    /** The schema wants types resolved and fields fetched, neither of which it is ever asked for. */
    private static final class NothingElse implements WiringFactory {
        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return _ -> {
                throw new IllegalStateException("Types are known by their records");
            };
        }
    }
}
