package dev.selvage.kernel;

import graphql.language.ObjectTypeDefinition;
import graphql.schema.DataFetcher;
import graphql.schema.TypeResolver;
import graphql.schema.idl.FieldWiringEnvironment;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.WiringFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
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
            List<Wiring> domains, Database database, Cursors cursors, @Value("${gateway.currency}") String currency) {
        fields = new Fields(database, cursors);
        fields.foundations(currency);
        domains.forEach(domain -> domain.wire(fields));
    }

    /** The wiring of the whole schema. */
    public RuntimeWiring runtimeWiring() {
        var builder = RuntimeWiring.newRuntimeWiring().wiringFactory(new Factory());
        Scalars.ALL.forEach(builder::scalar);
        return builder.build();
    }

    /** The method behind a field without a line of its own, for checks of names and nullness. */
    public @Nullable Method method(String type, String field) {
        return fields.method(type, field);
    }

    private final class Factory implements WiringFactory {
        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        /** Records are named as their types. */
        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return env -> env.getSchema()
                    .getObjectType(Objects.requireNonNull(env.<Object>getObject())
                            .getClass()
                            .getSimpleName());
        }

        @Override
        public boolean providesDataFetcher(FieldWiringEnvironment environment) {
            return environment.getParentType() instanceof ObjectTypeDefinition;
        }

        @Override
        public DataFetcher<?> getDataFetcher(FieldWiringEnvironment environment) {
            var type = environment.getParentType().getName();
            var field = environment.getFieldDefinition().getName();
            if (type.endsWith("Connection")) {
                fields.connection(type);
            } else if (type.endsWith("Edge")) {
                fields.edge(type);
            }
            var fetcher = fields.fetcher(type, field);
            if (fetcher == null) {
                throw new IllegalStateException("Nothing answers " + type + "." + field);
            }
            return fetcher;
        }
    }
}
